"""A second reader's word on a file: does poppler show what pdfium shows?

Files can be made so that programs read them differently: which of two objects of one number counts, where a stream
ends, which of two equal keys. Who signs what pdfium shows here must not be told otherwise by another program later.
"""

from __future__ import annotations

import shutil
from dataclasses import dataclass

from signing.documents.child import MIB, Limits, Run, run_limited
from signing.documents.errors import ReadersDisagree

LIMITS = Limits(seconds=60, cpu=50, memory=2048 * MIB)


@dataclass(frozen=True, slots=True)
class Poppler:
    """The paths of its two programs."""

    text: str
    pictures: str


def find_poppler() -> Poppler | None:
    """Poppler's programs, if this machine has them."""
    text, pictures = shutil.which("pdftotext"), shutil.which("pdftoppm")
    return Poppler(text, pictures) if text and pictures else None


def require_agreement(original: bytes, made: bytes, *, redrawn: bool = False, run: Run = run_limited) -> bool:
    """See that poppler and pdfium show and read the original as pdfium does what was made of it; False without poppler.

    `redrawn`: fields or annotations were flattened, which each program draws in its own way, so both look at what was
    made. Raises ReadersDisagree and other Refused.
    """
    poppler = find_poppler()
    if poppler is None:
        return False
    seen = made if redrawn else original
    args = {"split": len(seen), "text": poppler.text, "pictures": poppler.pictures}
    limits = Limits(LIMITS.seconds, LIMITS.cpu, LIMITS.memory, program=poppler.pictures)
    answer, _ = run("signing.documents.comparing:compare", seen + made, args, limits)
    if answer["page"] is not None:
        raise ReadersDisagree(page=int(answer["page"]), how=answer["how"])
    return True

"""What may come in: a PDF that shows the same to everyone and does nothing, or the reason why not."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import Any

from signing.documents import errors
from signing.documents.child import Limits, Run, run_limited
from signing.documents.geometry import PageView
from signing.documents.kind import PICTURES, WORD, Kind, kind_of
from signing.documents.readers import require_agreement


@dataclass(frozen=True, slots=True)
class Rules:
    """What the installation takes. Pixels are counted at `dpi`, the resolution of a page's picture."""

    max_bytes: int = 20_000_000
    max_pages: int = 200
    max_pixels: int = 20_000_000
    dpi: int = 100
    limits: Limits = field(default_factory=Limits)


@dataclass(frozen=True, slots=True)
class Accepted:
    """A document that came in.

    `pdf` is what everyone sees from now on: a new file of the pages alone, without annotations, fields, links,
    bookmarks, tags and metadata. `flattened` names what a reader of the original could miss or find turned
    into plain page content: "form-fields", "annotations" (both are content now), "links" (taken off).
    """

    pdf: bytes
    views: tuple[PageView, ...]
    flattened: tuple[str, ...]

    @property
    def redrawn(self) -> bool:
        """Whether something is page content now that each program drew in its own way before."""
        return bool(set(self.flattened) - {"links"})

    @property
    def pages(self) -> int:
        """How many pages."""
        return len(self.views)

    @property
    def sizes(self) -> tuple[tuple[float, float], ...]:
        """Width and height of each page as displayed, in millimetres."""
        return tuple(view.size_mm for view in self.views)


def inspect(data: bytes, name: str = "", *, rules: Rules | None = None, run: Run = run_limited) -> Accepted:
    """Let a PDF in. What `name` says of the kind counts for nothing.

    Raises a Refused of `signing.documents.errors` that names the reason.
    """
    rules = rules or Rules()
    if len(data) > rules.max_bytes:
        raise errors.TooLarge(bytes=len(data), limit=rules.max_bytes)
    _refuse_other_kinds(kind_of(data))
    args = {"max_pages": rules.max_pages, "max_pixels": rules.max_pixels, "dpi": rules.dpi}
    answer, pdf = run("signing.documents.gate:admit", data, args, rules.limits)
    views = tuple(PageView.from_json(page) for page in answer["pages"])
    return Accepted(pdf, views, tuple(answer["flattened"]))


def as_report(
    data: bytes, name: str = "", *, rules: Rules | None = None, run: Run = run_limited
) -> dict[str, Any]:
    """For the command line: {"accepted", "reason", "flattened", "pages"}; `reason` is a code or None."""
    try:
        accepted = inspect(data, name, rules=rules, run=run)
        require_agreement(data, accepted.pdf, redrawn=accepted.redrawn, run=run)
    except errors.Refused as refused:
        return {"accepted": False, "reason": refused.code, "flattened": [], "pages": 0}
    return {"accepted": True, "reason": None, "flattened": list(accepted.flattened), "pages": accepted.pages}


def _refuse_other_kinds(kind: Kind) -> None:
    if kind == "pdf":
        return
    if kind == "empty":
        raise errors.Empty()
    if kind == "heic":
        raise errors.Heic()
    if kind in PICTURES:
        raise errors.APicture(kind=kind)
    if kind in WORD:
        raise errors.WordFile(kind=kind)
    raise errors.NotAPdf()

"""Opening to write: what was appended before is read quickly, and just as pyHanko reads it."""

from __future__ import annotations

from functools import cache
from io import BytesIO

import pytest
from pyhanko.pdf_utils.generic import Reference
from pyhanko.pdf_utils.reader import PdfFileReader

from signing.pdf.errors import PdfUnreadable
from signing.pdf.opening import QuickReader
from signing.pdf.revision import open_revision
from tests.signing.pdf import world
from tests.signing.pdf.baseline import contract


@cache
def files() -> dict[str, bytes]:
    return {f"contract-{seed}": contract(seed)[0] for seed in range(3)} | {
        "plain": world.document(),
        "object-streams": world.with_object_streams(),
    }


@pytest.mark.parametrize("name", ["contract-0", "contract-1", "contract-2", "plain", "object-streams"])
def test_every_object_is_where_pyhanko_finds_it(name: str) -> None:
    file = files()[name]
    quick, slow = QuickReader(file), PdfFileReader(BytesIO(file))
    assert quick.xrefs.total_revisions == slow.xrefs.total_revisions
    for number in range(slow.xrefs.total_revisions):
        assert quick.xrefs.explicit_refs_in_revision(number) == slow.xrefs.explicit_refs_in_revision(number)
        assert quick.xrefs.get_startxref_for_revision(number) == slow.xrefs.get_startxref_for_revision(number)
    for number in range(1, int(slow.trailer["/Size"])):
        assert quick.xrefs[Reference(number, 0, quick)] == slow.xrefs[Reference(number, 0, slow)]


def test_the_newest_trailer_is_the_trailer() -> None:
    file = files()["contract-1"]
    quick, slow = QuickReader(file), PdfFileReader(BytesIO(file))
    assert quick.trailer.flatten() == slow.trailer.flatten()


def test_a_section_that_names_more_objects_than_there_are_is_refused_as_ever() -> None:
    file = files()["contract-1"]
    size = file.rindex(b"/Size ", 0, file.rindex(b"/Prev ", 0, file.rindex(b"/Prev ")))
    broken = (
        file[: size + 6]
        + b"9"
        + b" " * (file.index(b"\n", size) - size - 7)
        + file[file.index(b"\n", size) :]
    )
    with pytest.raises(PdfUnreadable):
        open_revision(broken)

"""A LibreOffice that is up already: the second conversion does not wait for it, and none sees two documents."""

from __future__ import annotations

from pathlib import Path

import pytest

from signing.documents import errors, word
from signing.documents.child import Children, Limits
from signing.documents.fence import PIPES
from signing.documents.warm import WarmOffice

from .makers import plain
from .word_files import docx

needs_libreoffice = pytest.mark.skipif(word.find_soffice() is None, reason="needs LibreOffice")


def sockets() -> set[str]:
    return {path.name for path in Path(PIPES).glob("OSL_PIPE_*_sealbot*")}


@needs_libreoffice
@pytest.mark.slow
def test_the_second_conversion_finds_one_that_was_started_ahead(children: Children) -> None:
    before = sockets()
    with WarmOffice(children) as office:
        assert word.as_pdf(docx(), run=office).startswith(b"%PDF-")
        assert office._spare is not None and office._spare.child.is_alive()
        first = office._spare.folder.name
        assert word.as_pdf(docx(), run=office).startswith(b"%PDF-")
        assert not Path(first).exists()
        assert office._spare is not None and office._spare.folder.name != first
        second = office._spare.folder.name
    assert not Path(second).exists()
    assert sockets() <= before


@needs_libreoffice
@pytest.mark.slow
def test_one_that_died_in_waiting_costs_nothing_but_time(children: Children) -> None:
    with WarmOffice(children) as office:
        office.prepare()
        assert office._spare is not None
        office._spare.child._job.kill()
        assert word.as_pdf(docx(), run=office).startswith(b"%PDF-")


@needs_libreoffice
@pytest.mark.slow
def test_a_hostile_file_is_refused_by_the_one_that_waits_too(children: Children) -> None:
    with WarmOffice(children) as office:
        office.prepare()
        with pytest.raises(errors.Macros):
            word.as_pdf(docx({"word/vbaProject.bin": b"x"}), run=office)


def test_everything_else_goes_to_the_children(children: Children) -> None:
    with WarmOffice(children) as office:
        answer, _ = office("signing.documents.drawing:views", plain(2), {}, Limits())
        assert len(answer["views"]) == 2
        assert office._spare is None

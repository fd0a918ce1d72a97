"""The children's functions called in this very process answer the same: what a child adds is safety, not meaning."""

from __future__ import annotations

import importlib
from typing import Any

import pytest

from signing.documents import intake, photos, preview, word
from signing.documents.anchors import fallback, propose
from signing.documents.child import Limits
from signing.documents.errors import Malformed, Refused
from signing.errors import SigningError

from . import hostile_word
from .contracts import FORMS
from .makers import changed, plain
from .test_intake import HOSTILE
from .test_photos import BAD, picture


def here(function: str, payload: bytes, args: dict[str, Any], limits: Limits) -> tuple[dict[str, Any], bytes]:
    module, _, name = function.partition(":")
    try:
        return getattr(importlib.import_module(module), name)(payload, args)
    except SigningError:
        raise
    except Exception as error:
        raise Malformed(error=type(error).__name__) from error


@pytest.mark.parametrize("form", FORMS)
def test_proposals_are_the_same(form, children):
    pdf = FORMS[form]().bytes()
    assert propose(pdf, run=here) == propose(pdf, run=children.run)
    assert fallback(pdf, 3, run=here) == fallback(pdf, 3, run=children.run)


@pytest.mark.parametrize("case", HOSTILE)
def test_refusals_of_pdfs_are_the_same(case, children):
    data = changed(HOSTILE[case][0])
    assert intake.as_report(data, run=here) == intake.as_report(data, run=children.run)


@pytest.mark.parametrize("case", [name for name in hostile_word.FILES if "gigabyte" not in name])
def test_refusals_of_word_files_are_the_same(case):
    make, reason = hostile_word.FILES[case]
    with pytest.raises(Refused) as refused:
        word.as_pdf(make(9), soffice="/bin/false", run=here)
    assert refused.value.code == f"document.{reason}"


@pytest.mark.parametrize("case", BAD)
def test_refusals_of_pictures_are_the_same(case):
    data, reason = BAD[case]
    with pytest.raises(reason):
        photos.as_pdf([data], run=here)


def test_accepted_files_and_pictures_are_the_same(children):
    data = changed(lambda pdf: None, FORMS["label_grid"]().bytes())
    assert intake.inspect(data, run=here) == intake.inspect(data, run=children.run)
    marks = [preview.Mark(0, (100, 100, 200, 200), "甲方 1")]
    assert preview.render_page(data, 0, 80, marks, run=here) == preview.render_page(
        data, 0, 80, marks, run=children.run
    )
    assert preview.contact_sheet(plain(7), run=here) == preview.contact_sheet(plain(7), run=children.run)
    assert photos.as_pdf([picture()], run=here) == photos.as_pdf([picture()], run=children.run)

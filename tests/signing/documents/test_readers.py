"""A second reader: what two programs show differently is refused; what only looks different to a computer is not."""

from __future__ import annotations

import os
from collections.abc import Callable
from pathlib import Path

import pikepdf
import pytest

from signing.documents import readers
from signing.documents.child import Children
from signing.documents.comparing import texts_differ
from signing.documents.errors import Malformed, ReadersDisagree
from signing.documents.intake import inspect
from signing.documents.readers import find_poppler, require_agreement
from signing.documents.reporting import heard_by
from tests.signing.documents import makers
from tests.signing.documents.differing import ALIKE, CHEAP, DEAR, DIFFERENT, showing
from tests.signing.pdf import world

pytestmark = pytest.mark.skipif(find_poppler() is None, reason="poppler is not on this machine")
FOLDER = Path(os.environ.get("SEALBOT_CONTRACTS", "/nowhere"))


def look(pdf: bytes, children: Children) -> bool:
    accepted = inspect(pdf, run=children.run)
    return require_agreement(pdf, accepted.pdf, redrawn=accepted.redrawn, run=children.run)


@pytest.mark.parametrize("what", DIFFERENT)
def test_what_programs_show_differently_is_refused(what: str, children: Children) -> None:
    with pytest.raises((ReadersDisagree, Malformed)):
        look(DIFFERENT[what], children)


@pytest.mark.parametrize("what", ALIKE)
def test_what_they_show_alike_comes_in(what: str, children: Children) -> None:
    assert look(ALIKE[what], children)


@pytest.mark.parametrize(
    "document", [world.document(), world.with_object_streams(), world.turned(0, 90, 270)]
)
def test_chinese_and_turned_pages_come_in(document: bytes, children: Children) -> None:
    assert look(document, children)


@pytest.mark.parametrize(
    "made", [lambda pdf: makers.with_field(pdf), lambda pdf: makers.annotated(pdf, "/Square")]
)
def test_flattened_fields_and_notes_come_in(
    made: Callable[[pikepdf.Pdf], object], children: Children
) -> None:
    assert look(makers.changed(made), children)


def test_one_digit_is_found(children: Children) -> None:
    with pytest.raises(ReadersDisagree) as refused:
        require_agreement(showing(DEAR), showing(CHEAP), run=children.run)
    assert refused.value.details == {"page": 1, "how": "text"}


def test_what_has_no_letters_is_found_by_its_ink(children: Children) -> None:
    blackened = showing(CHEAP + "0 0 0 rg 72 600 60 9 re f\n")
    with pytest.raises(ReadersDisagree) as refused:
        require_agreement(showing(CHEAP), blackened, run=children.run)
    assert refused.value.details == {"page": 1, "how": "look"}


def test_without_poppler_nothing_is_compared(children: Children, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(readers.shutil, "which", lambda name: None)
    assert look(next(iter(DIFFERENT.values())), children) is False


def test_a_text_that_one_program_can_not_read_at_all_is_left_to_the_pictures() -> None:
    assert texts_differ("Price 100000 yuan for tea and cups", "Price 900000 yuan for tea and cups")
    assert not texts_differ("Price 100000 yuan for tea", "\ue001\ue002 \ue003\ue004")


@pytest.mark.skipif(not FOLDER.exists(), reason="needs SEALBOT_CONTRACTS")
@pytest.mark.parametrize("path", sorted(FOLDER.glob("*.pdf")), ids=lambda path: path.name)
def test_real_contracts_come_in(path: Path, children: Children) -> None:
    assert look(path.read_bytes(), children)


def test_it_is_said_at_which_page_the_second_reader_is(children: Children) -> None:
    heard: list[tuple[int, int]] = []
    with heard_by(lambda page, pages: heard.append((page, pages))):
        assert look(world.turned(0, 90, 270), children)
    assert heard == [(1, 3), (2, 3), (3, 3)]

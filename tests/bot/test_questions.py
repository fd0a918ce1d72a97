"""What may answer an open question, and what typed words stand for."""

from __future__ import annotations

import pytest

from bot.events import Fetched, Shared, Text
from bot.questions import Open
from handlers.message import Contact, Upload

CARD = Open("draft.card", (("seal", "Start and seal"), ("start", "Start only"), ("parties", "Parties")))
YES_NO = Open("draft.discard", (("discard", "Discard"), ("keep", "Keep it")))


@pytest.mark.parametrize(
    ("typed", "choice"),
    [
        ("Start and seal", "seal"),
        ("  start ONLY ", "start"),
        ("ｓｔａｒｔ ｏｎｌｙ", "start"),
        ("parties", "parties"),
        ("2", "start"),
        ("start it", None),
        ("7", None),
    ],
)
def test_a_label_its_number_or_its_value_counts_as_the_tap(typed: str, choice: str | None) -> None:
    assert CARD.chosen(typed) == choice


@pytest.mark.parametrize(
    ("typed", "choice"), [("yes", "discard"), ("好", "discard"), ("不", "keep"), ("No", "keep")]
)
def test_yes_and_no_choose_between_two(typed: str, choice: str) -> None:
    assert YES_NO.chosen(typed) == choice


def test_a_number_is_text_where_text_is_asked_for() -> None:
    assert Open("draft.places", (("swap", "Swap"), ("back", "Back")), text=True).chosen("2") is None


def test_a_question_takes_what_it_asks_for_and_nothing_else() -> None:
    phone = Open("register.consent", text=True, contact=True)
    assert phone.takes(Text("138")) and phone.takes(Shared(Contact("+86", True)))
    assert not phone.takes(Fetched(Upload("", "", "", 0)))
    assert not CARD.takes(Shared(Contact("+86", True)))
    assert not phone.takes(Text(" \u3000\t"))


def test_a_question_reads_as_it_was_written() -> None:
    assert Open.read(CARD.written()) == CARD

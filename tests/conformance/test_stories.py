"""The same small stories at every messenger: whoever adds one makes these pass."""

from __future__ import annotations

import pytest

from bot.demo.people import NotOnCard, Person, Stage
from tests.conformance.conftest import disappeared
from tests.story.acts import LIN_ID, contract_pdf, draft_for_kiln, register, register_with_company
from tests.telegram.stage import FRAMEWORKS


async def test_registering_takes_a_word_a_tap_and_a_message_that_disappears(
    stage: Stage, lin: Person
) -> None:
    await register(lin, "林海清", LIN_ID)
    assert any("林海清" in line.said and "0025" in line.said for line in lin.lines if line.message)
    assert disappeared(stage) == 1
    kept = stage.app.store.read(lambda tx: tx.find("all_inbox"))
    assert not any(LIN_ID in row["payload"] for row in kept)


async def test_the_label_typed_is_the_button_tapped(stage: Stage, lin: Person) -> None:
    await lin.write("/start")
    await lin.write("中文")
    assert "您好" in lin.last.text


async def test_a_number_typed_is_as_good_as_the_button(stage: Stage, lin: Person) -> None:
    await lin.write("/start")
    await lin.write("138 0013 4417")
    assert "8-digit code" in lin.last.text
    await lin.type_code()
    assert "ID number" in lin.last.text


async def test_a_file_becomes_a_draft_with_its_page_and_its_buttons(stage: Stage, lin: Person) -> None:
    await draft_for_kiln(lin)
    assert lin.last.attachments[0].is_picture
    assert "page 6" in lin.last.attachments[0].caption.lower() + lin.last.text
    assert {button.label for button in lin.last.buttons} >= {"Start and seal", "Discard draft"}


async def test_a_tap_edits_its_card_and_an_old_card_loses_its_buttons(stage: Stage, lin: Person) -> None:
    await draft_for_kiln(lin)
    before = len(lin.cards)
    await lin.tap("Deadline")
    assert len(lin.cards) == before
    await lin.write("in 12 days")
    old, new = list(lin.cards.values())[-2:]
    assert (old.buttons, bool(new.buttons)) == ((), True)


async def test_a_file_name_is_only_ever_words(stage: Stage, lin: Person) -> None:
    await register_with_company(lin)
    await lin.send(contract_pdf(), "</b><a href=x>&[[x|y]].pdf", "application/pdf")
    assert "&lt;/b&gt;" in lin.last.text
    assert not any(button.label == "y" for button in lin.last.buttons)


async def test_cancel_stops_what_is_going_on(stage: Stage, lin: Person) -> None:
    await lin.write("/start")
    await lin.write("/cancel")
    with pytest.raises(NotOnCard):
        lin.button("share my number")


async def test_who_leaves_is_told_nothing_until_they_come_back(stage: Stage, lin: Person) -> None:
    await lin.write("/start")
    seen = len(lin.lines)
    await stage.receive("lin", "en", {"left": "yes"})
    assert (len(lin.lines), state(stage)) == (seen, "left")


@pytest.mark.parametrize("stage", FRAMEWORKS, indirect=True)
async def test_who_comes_back_is_talked_to_again(stage: Stage, lin: Person) -> None:
    """At the web chat a pane that was left is gone for good."""
    await lin.write("/start")
    await stage.receive("lin", "en", {"left": "yes"})
    await lin.write("/home")
    assert state(stage) == "open"
    assert any(button.contact for button in lin.last.buttons)


def state(stage: Stage) -> str:
    """The state of the newest chat."""
    return str(stage.app.store.read(lambda tx: tx.find("newest_chat"))[0]["state"])

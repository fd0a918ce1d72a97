"""The queue: a board, a lease of ten minutes, the next case by itself, reminders, nobody decides on themself."""

from __future__ import annotations

import pytest

from bot.demo.people import Person, Stage
from bot.demo.story import KILN
from signing.identity.case import CaseTaken
from tests.clock import ManualClock
from tests.story.papers import letter_photo
from tests.story.review.acts import JPEG, actor_of, case_of, passport_sent, submitted, told


async def test_one_operator_takes_a_case_and_the_others_see_it_taken(
    chen: Person, ops: Person, ben: Person, stage: Stage
) -> None:
    await submitted(chen)
    await ops.tap("Take case 1")
    assert any("With script:ops" in card.text for card in ben.cards.values())
    await stage.receive(ben.address, "en", {"tap": f">review:{case_of(stage)}", "message": ""})
    assert "took case 1" in ben.last.text


async def test_a_case_that_nobody_decides_goes_back_after_ten_minutes(
    chen: Person, ops: Person, ben: Person, stage: Stage, clock: ManualClock
) -> None:
    await submitted(chen)
    await ops.tap("Take case 1")
    clock.advance(minutes=11)
    await stage.settle()
    await ben.tap("Take case 1")
    with pytest.raises(CaseTaken):
        case = case_of(stage)
        stage.app.store.write(stage.app.services.cases.decide, actor_of(stage, "ops"), case, "approve", "")


async def test_an_operator_does_not_decide_on_themself(chen: Person, ops: Person, stage: Stage) -> None:
    await submitted(chen)
    store = stage.app.store
    person, chat = actor_of(stage, "chen").person, actor_of(stage, "ops").chat
    store.write(lambda tx: tx.change("chats", chat, {"person": person}))
    await ops.tap("Take case 1")
    assert "someone else must decide" in ops.last.text


async def test_nobody_becomes_an_operator_in_chat(chen: Person, stage: Stage) -> None:
    await submitted(chen)
    for tap in (">queue", f">review:{case_of(stage)}"):
        await stage.receive(chen.address, "en", {"tap": tap, "message": ""})
        assert "Only operators" in chen.last.text


async def test_the_queue_says_what_waits_and_how_long(
    chen: Person, ops: Person, stage: Stage, clock: ManualClock
) -> None:
    assert "No reviews wait" in ops.last.text
    await submitted(chen)
    clock.advance(minutes=12)
    await ops.write("/queue")
    assert "Reviews: 1 waiting, oldest 12 min" in ops.last.text
    await ops.tap("Take case 1")
    await ops.tap("Approve")
    await told(stage, clock)
    await ops.write("/queue")
    assert "Median today 12 min" in ops.last.text


async def test_a_case_that_waits_for_long_is_said_again(
    chen: Person, ops: Person, stage: Stage, clock: ManualClock
) -> None:
    await submitted(chen)
    clock.advance(minutes=121)
    await stage.settle()
    assert "has waited 121 min" in ops.last.text


async def test_who_comes_too_late_for_a_case_is_offered_the_next(
    chen: Person, wei: Person, ops: Person, ben: Person, stage: Stage
) -> None:
    await submitted(chen)
    await passport_sent(wei)
    await ops.tap("Take case 1")
    await stage.receive(ben.address, "en", {"tap": f">review:{case_of(stage)}", "message": ""})
    await ben.tap("Take next")
    assert "Case 2" in ben.last.text


async def test_after_a_decision_the_next_case_comes_by_itself(
    chen: Person, wei: Person, ops: Person, stage: Stage
) -> None:
    await submitted(chen)
    await passport_sent(wei)
    await ops.tap("Take case 1")
    before = ops.actions
    await ops.tap("Approve")
    assert "Case 2" in ops.last.text and "passport ending 5678" in ops.last.text
    await ops.tap("Approve")
    assert ops.actions - before == 2


async def test_where_nothing_else_waits_a_decision_is_the_end_of_it(chen: Person, ops: Person) -> None:
    await submitted(chen)
    await ops.tap("Take case 1")
    await ops.tap("Approve")
    assert [line.said for line in ops.lines if "is told in 60 s" in line.said]
    assert not any("No reviews wait" in line.said for line in ops.lines[5:])


async def test_a_decision_taken_back_comes_before_the_case_that_came_by_itself(
    chen: Person, wei: Person, ops: Person, stage: Stage, clock: ManualClock
) -> None:
    await submitted(chen)
    await passport_sent(wei)
    await ops.tap("Take case 1")
    await ops.tap("Approve")
    await ops.tap("Undo")
    assert "Case 1" in ops.last.text
    await ops.tap("Approve")
    assert "Back to where we were" in ops.last.text and "Case 2" in ops.last.text


async def test_a_board_counts_what_waits_and_takes_the_next(
    chen: Person, wei: Person, ops: Person, ben: Person, stage: Stage, clock: ManualClock
) -> None:
    await submitted(chen)
    board = next(key for key, card in ben.cards.items() if "Reviews: 1 waiting" in card.text)
    clock.advance(minutes=6)
    await stage.settle()
    assert "oldest 6 min" in ben.cards[board].text
    await passport_sent(wei)
    assert "Reviews: 2 waiting" in ben.cards[board].text
    await stage.receive(ben.address, "en", {"tap": ">next", "message": board})
    assert "<b>Case 1</b>" in ben.last.text
    assert any("Reviews: 1 waiting" in card.text for card in ops.cards.values())
    await ops.tap("Take next")
    assert "Case 2" in ops.last.text


async def test_a_board_that_was_done_with_comes_anew_below(
    chen: Person, wei: Person, ops: Person, stage: Stage, clock: ManualClock
) -> None:
    await submitted(chen)
    await ops.tap("Take case 1")
    await ops.tap("Approve")
    await told(stage, clock)
    done = [key for key, card in ops.cards.items() if "Reviews: none waiting. Median today" in card.text]
    await passport_sent(wei)
    boards = [key for key, card in ops.cards.items() if "Reviews: 1 waiting" in card.text]
    assert len(done) == len(boards) == 1 and done != boards


async def test_history_stands_in_the_place_of_the_card_and_leads_back(
    chen: Person, ops: Person, stage: Stage
) -> None:
    await submitted(chen)
    await ops.tap("Take case 1")
    card = next(key for key, each in ops.cards.items() if "<b>Case 1</b>" in each.text)
    await ops.tap("History")
    assert "sent in" in ops.cards[card].text and "taken by script:ops" in ops.cards[card].text
    assert len(ops.cards[card].attachments) == 2
    await ops.tap("Back to the case")
    assert "<b>Case 1</b>" in ops.cards[card].text


async def test_a_case_that_was_sent_in_again_is_said_again_once(
    chen: Person, ops: Person, stage: Stage, clock: ManualClock
) -> None:
    await submitted(chen)
    clock.advance(minutes=60)
    await ops.tap("Take case 1")
    await ops.tap("Reject")
    await ops.tap("No seal")
    await told(stage, clock)
    await chen.tap("Send the sealed letter")
    await chen.send(letter_photo(KILN), "letter.jpg", JPEG)
    for _ in range(4):
        clock.advance(minutes=35)
        await stage.settle()
    assert sum("has waited" in line.said for line in ops.lines) == 1

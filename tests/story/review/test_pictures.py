"""Pictures of papers: sealed where they lie, gone from operators' chats after the decision, gone altogether soon after."""

from __future__ import annotations

import json

from bot.demo.people import Person, Stage
from tests.clock import ManualClock
from tests.story.review.acts import CHEN_ID, operator, passport_sent, shown_to, submitted, told


async def test_papers_are_kept_sealed_and_not_as_they_were_sent(chen: Person, stage: Stage) -> None:
    await submitted(chen)
    blobs = [path.read_bytes() for path in stage.app.settings.data.glob("blobs/??/??/*")]
    assert not any(each.startswith(b"\xff\xd8\xff") for each in blobs)
    journaled = json.dumps(stage.app.store.read(lambda tx: tx.find("all_journal")))
    assert CHEN_ID not in journaled


async def test_papers_are_gone_two_days_after_the_decision(
    chen: Person, ops: Person, stage: Stage, clock: ManualClock
) -> None:
    await submitted(chen)
    await ops.tap("Take case 1")
    await ops.tap("Approve")
    await told(stage, clock)
    store = stage.app.store
    person = store.read(lambda tx: tx.find("person_of_phone", phone=chen.phone))[0]["id"]
    assert len(store.read(lambda tx: tx.find("proofs_of_person", person=person))) == 2
    clock.advance(days=4)
    await stage.settle()
    assert store.read(lambda tx: tx.find("proofs_of_person", person=person)) == []


async def test_somebody_without_a_resident_id_is_checked_by_their_passport(
    wei: Person, ops: Person, stage: Stage, clock: ManualClock
) -> None:
    await passport_sent(wei)
    await ops.tap("Take case 1")
    assert "passport ending 5678" in ops.last.text
    await ops.tap("Approve")
    await told(stage, clock)
    assert "It is you, Wei Chen" in wei.last.text
    assert stage.app.store.forget_overwritten()
    kept = b"".join(each.read_bytes() for each in stage.app.settings.data.rglob("*") if each.is_file())
    assert b"E12345678" not in kept


async def test_pictures_leave_the_operators_chat_when_the_applicant_is_told(
    chen: Person, ops: Person, stage: Stage, clock: ManualClock
) -> None:
    await submitted(chen)
    await ops.tap("Take case 1")
    assert len(shown_to(ops)) == 2
    await ops.tap("Approve")
    assert len(shown_to(ops)) == 2
    await told(stage, clock)
    assert shown_to(ops) == []
    cleared = [each for each in stage.messenger.delivered if each.op == "clear"]
    assert [each.address for each in cleared] == ["ops"]


async def test_pictures_of_a_case_that_nobody_decides_are_gone_within_two_days(
    chen: Person, ops: Person, stage: Stage, clock: ManualClock
) -> None:
    await submitted(chen)
    await ops.tap("Take case 1")
    clock.advance(hours=47, minutes=1)
    await stage.settle()
    assert shown_to(ops) == []
    await ops.tap("Take case 1")
    assert len(shown_to(ops)) == 2


async def test_pictures_of_somebody_who_is_erased_leave_the_operators_chat_at_once(
    chen: Person, ops: Person, stage: Stage
) -> None:
    await submitted(chen)
    await ops.tap("Take case 1")
    await chen.write("/privacy")
    await chen.tap("Erase my data")
    await chen.tap("Erase everything")
    assert shown_to(ops) == []


async def test_pictures_leave_the_chat_of_somebody_who_is_no_operator_any_more(
    chen: Person, stage: Stage, clock: ManualClock
) -> None:
    operators, store = stage.app.services.operators, stage.app.store
    eve = await operator(stage, "eve")
    store.write(operators.add, "script:eve", "Eve")
    await submitted(chen)
    await eve.tap("Take case 1")
    assert len(shown_to(eve)) == 2
    store.write(operators.remove, "script:eve")
    clock.advance(hours=47, minutes=1)
    await stage.settle()
    assert shown_to(eve) == []

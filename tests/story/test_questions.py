"""Questions to the sender, more time, and a contract that ended once more."""

from __future__ import annotations

from datetime import UTC, datetime

from bot.app import App
from bot.demo.people import Person, Stage
from signing.contracts.contract import read_contract
from tests.clock import ManualClock
from tests.story.acts import open_invitation, start_and_seal

ASKED, ANSWERED = "第三页的单价含税吗？", "Yes, 13 % included."


async def asked(lin: Person, su: Person) -> None:
    await start_and_seal(lin)
    await open_invitation(su)
    await su.tap("联系发起方")
    await su.write(ASKED)


async def expired(stage: Stage, lin: Person, su: Person, clock: ManualClock) -> None:
    await start_and_seal(lin)
    await open_invitation(su)
    clock.moment = datetime(2026, 12, 1, tzinfo=UTC)
    await stage.settle()


async def test_a_question_reaches_the_sender_and_the_answer_comes_back(lin: Person, su: Person) -> None:
    await asked(lin, su)
    assert ASKED in lin.last.text and "苏青窑" in lin.last.text
    await lin.tap("Answer")
    await lin.write(ANSWERED)
    answer = next(line.said for line in reversed(su.lines) if ANSWERED in line.said)
    assert ASKED in answer
    await su.tap("查看并签署")
    await su.tap("盖章签署" if any("盖章" in each.label for each in su.last.buttons) else "签署")
    await su.type_code()
    assert "签署完成" in su.last.text


async def test_both_are_kept_with_the_contract_and_sealed(app: App, lin: Person, su: Person) -> None:
    await asked(lin, su)
    await lin.tap("Answer")
    await lin.write(ANSWERED)
    for person in (lin, su):
        await person.write("/contracts")
        if person is lin:
            await lin.tap("For others")
        await person.tap("Supply-2027")
        assert any(
            ASKED in line.said and ANSWERED in line.said and "Supply-2027" in line.said
            for line in person.lines[-2:]
        )
    contract = app.store.read(lambda tx: tx.find("last_contract"))[0]["id"]
    rows = app.store.read(lambda tx: tx.find("questions_of_contract", contract=contract))
    assert ASKED.encode() not in rows[0]["asked"] and ANSWERED.encode() not in rows[0]["answer"]
    trail = str(app.store.read(lambda tx: tx.find("events_of_contract", contract=contract)))
    assert ASKED not in trail and "'asked'" in trail and "'answered'" in trail


async def test_a_question_is_answered_once(lin: Person, su: Person, stage: Stage) -> None:
    await asked(lin, su)
    button = lin.button("Answer")[1].data
    await lin.tap("Answer")
    await lin.write(ANSWERED)
    await stage.receive("lin", "en", {"tap": button, "message": ""})
    assert "has its answer already" in lin.last.text


async def test_a_signer_asks_for_more_time_and_the_sender_gives_it(lin: Person, su: Person) -> None:
    await start_and_seal(lin)
    await open_invitation(su)
    await su.tap("请求延期")
    assert "asks for more time" in lin.last.text
    await lin.tap("Give more time")
    await lin.write("11 December")
    assert "2026年12月11日（周五）18:00" in su.last.text


async def test_more_time_is_asked_for_once_a_day(lin: Person, su: Person, stage: Stage) -> None:
    await start_and_seal(lin)
    await open_invitation(su)
    button = su.button("请求延期")[1].data
    await su.tap("请求延期")
    await stage.receive("su", "zh", {"tap": button, "message": ""})
    assert any("一天之内" in line.said for line in su.lines)
    assert sum("asks for more time" in line.said for line in lin.lines) == 1


async def test_after_the_deadline_the_contract_can_be_asked_for_once_more(
    app: App, stage: Stage, lin: Person, su: Person, clock: ManualClock
) -> None:
    await expired(stage, lin, su, clock)
    before = app.store.read(lambda tx: tx.find("last_contract"))[0]["id"]
    await su.tap("请发起方延期")
    assert "What is closed stays closed" in lin.last.text
    await lin.tap("Prepare it once more")
    assert "Draft, nobody has seen it yet" in lin.last.text and "蓝窑陶瓷" in lin.last.text
    after = app.store.read(lambda tx: tx.find("last_contract"))[0]["id"]
    old, new = (app.store.read(read_contract, each) for each in (before, after))
    assert old.state == "expired" and new.deadline > old.deadline and new.document == old.document
    assert [each.phone for each in new.parties] == [each.phone for each in old.parties]
    assert [(each.kind, each.box) for each in new.areas] == [(each.kind, each.box) for each in old.areas]
    await lin.tap("Start and seal")
    await lin.type_code()
    await su.tap("盖章签署")
    await su.tap("制作印章")
    await su.type_code()
    assert "签署完成" in su.last.text

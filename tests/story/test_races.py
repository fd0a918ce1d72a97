"""In chat: what a person reads who was overtaken by the other side or by the clock."""

from __future__ import annotations

from bot.app import App
from bot.demo.people import Person, Stage
from signing.contracts.contract import State
from signing.store.times import moment
from tests.clock import ManualClock
from tests.story.acts import contract_pdf, open_invitation, start_and_seal


def contract_row(app: App) -> dict[str, object]:
    return app.store.read(lambda tx: tx.find("last_contract"))[0]


async def test_a_code_typed_after_the_deadline_signs_nothing_and_both_hear_the_end(
    app: App, stage: Stage, lin: Person, su: Person, clock: ManualClock
) -> None:
    await start_and_seal(lin)
    await open_invitation(su)
    deadline = moment(app.store.read(lambda tx: tx.find("last_contract"))[0]["deadline"])
    clock.advance(seconds=(deadline - clock.moment).total_seconds() - 60)
    await su.tap("签署")
    clock.advance(minutes=2)
    await su.type_code()
    assert contract_row(app)["state"] == State.EXPIRED
    assert any("已过截止时间" in line.said or "已过期" in line.said for line in su.lines)
    assert "closed at its deadline" in lin.last.text


async def test_somebody_invited_by_text_alone_is_told_of_the_withdrawal_by_text(
    lin: Person, su: Person
) -> None:
    await start_and_seal(lin)
    await lin.tap("Withdraw")
    await lin.write("wrong price")
    await lin.tap("Withdraw")
    assert "已撤回" in su.texts()[-1]


async def test_somebody_invited_by_text_alone_is_told_of_the_deadline_by_text(
    stage: Stage, lin: Person, su: Person, clock: ManualClock
) -> None:
    await start_and_seal(lin)
    clock.advance(days=8)
    await stage.settle()
    assert "已过签署期限" in su.texts()[-1]


async def test_a_refusal_by_reason_button_reaches_the_sender_in_their_language(
    lin: Person, su: Person
) -> None:
    await start_and_seal(lin)
    await open_invitation(su)
    await su.tap("拒签")
    await su.tap("条款有异议")
    await su.tap("确认拒签")
    assert "“Terms”" in lin.last.text and "蓝窑陶瓷" in lin.last.text


async def test_a_code_of_one_contract_typed_at_another_is_wrong(lin: Person, stage: Stage) -> None:
    await start_and_seal(lin)
    await lin.send(contract_pdf(), "Supply-2028.pdf", "application/pdf")
    await lin.tap("蓝窑陶瓷")
    old = lin.code()
    await lin.tap("Start and seal")
    await lin.write(old)
    assert "not the code" in lin.last.text

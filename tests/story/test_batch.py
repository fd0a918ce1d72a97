"""Several contracts, one code."""

from __future__ import annotations

from bot.app import App
from bot.demo.people import Person, Stage
from signing.actor import Actor
from tests.clock import ManualClock
from tests.story.acts import contract_pdf, sign, start_and_seal


async def three_wait(lin: Person, su: Person, clock: ManualClock) -> None:
    """Su has signed once, so everything about her is known; three more wait for her."""
    await start_and_seal(lin)
    await sign(su)
    for number in (1, 2, 3):
        clock.advance(minutes=10)
        await lin.send(contract_pdf(), f"Order {number}.pdf", "application/pdf")
        await lin.tap("蓝窑陶瓷")
        await lin.tap("Start and seal")
        await lin.type_code()
    await su.write("/home")


def completed(person: Person) -> list[str]:
    return [
        f"Order {n}"
        for n in (1, 2, 3)
        if any(f"Order {n}》</b>签署完成" in line.said for line in person.lines)
    ]


async def test_three_contracts_are_signed_in_three_actions(
    lin: Person, su: Person, clock: ManualClock
) -> None:
    await three_wait(lin, su, clock)
    before = su.actions
    await su.tap("一次签署这3份")
    assert len(su.last.attachments) == 3
    await su.tap("签署全部3份")
    assert all(f"Order {number}" in su.texts()[-1] for number in (1, 2, 3))
    await su.type_code()
    assert su.actions - before == 3
    assert completed(su) == ["Order 1", "Order 2", "Order 3"]


async def test_one_that_is_withdrawn_while_the_code_is_out_drops_out_by_name(
    app: App, lin: Person, su: Person, clock: ManualClock
) -> None:
    await three_wait(lin, su, clock)
    await su.tap("一次签署这3份")
    await su.tap("签署全部3份")
    newest = app.store.read(lambda tx: tx.find("last_contract"))[0]
    sender = app.store.read(lambda tx: tx.find("actor_of_address", address="lin"))[0]
    app.store.write(
        app.services.endings.withdraw, Actor(sender["id"], sender["person"]), newest["id"], "wrong price"
    )
    await su.type_code()
    assert completed(su) == ["Order 1", "Order 2"]
    done = next(line.said for line in su.lines if "有变动，未签署" in line.said)
    assert done.partition("未签署")[2].count("Order") == 1 and "Order 3" in done.partition("未签署")[2]


async def test_one_can_be_left_out(lin: Person, su: Person, clock: ManualClock) -> None:
    await three_wait(lin, su, clock)
    await su.tap("一次签署这3份")
    await su.tap("不签Order 2")
    await su.tap("签署全部2份")
    await su.type_code()
    assert completed(su) == ["Order 1", "Order 3"]


async def test_the_code_of_a_batch_signs_nothing_else_and_nothing_twice(
    app: App, lin: Person, su: Person, clock: ManualClock
) -> None:
    await three_wait(lin, su, clock)
    await su.tap("一次签署这3份")
    await su.tap("不签Order 2")
    await su.tap("签署全部2份")
    code = su.code()
    await su.type_code()
    await su.write("/home")
    await su.tap("Order 2")
    clock.advance(minutes=2)
    await su.tap("盖章签署")
    await su.write(code)
    assert "验证码不正确" in su.last.text
    assert completed(su) == ["Order 1", "Order 3"]


async def test_a_grouped_reminder_leads_to_the_batch(
    stage: Stage, lin: Person, su: Person, clock: ManualClock
) -> None:
    await three_wait(lin, su, clock)
    for _ in range(5 * 24):
        clock.advance(hours=1)
        await stage.settle()
    assert "有3份合同等您签署" in su.last.text
    await su.tap("一次签署这3份")
    await su.tap("签署全部3份")
    await su.type_code()
    assert len(completed(su)) == 3

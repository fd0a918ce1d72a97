"""Who finds their company here already asks to be let in, and its admin answers."""

from __future__ import annotations

from bot.app import App
from bot.demo.people import Person
from bot.demo.story import KILN, KILN_CODE, TEA, TEA_CODE
from tests.clock import ManualClock
from tests.story.acts import (
    CHEN_ID,
    contract_pdf,
    register,
    role,
)


async def test_a_second_registration_becomes_a_request_that_the_admin_answers(
    app: App, boss: Person, chen: Person
) -> None:
    await register(chen, "陈晓舟", CHEN_ID)
    await chen.write("/company")
    await chen.write(f"{TEA}, {TEA_CODE}")
    assert "registered here already" in chen.last.text
    await chen.tap("Ask to join")
    await boss.tap("Decide")
    await boss.tap("Let them in")
    assert "You are a member of 海港茶业有限公司" in chen.last.text
    assert role(app, chen) == "member"


async def test_who_was_declined_can_not_ask_again_the_same_day(
    app: App, boss: Person, chen: Person, clock: ManualClock
) -> None:
    await register(chen, "陈晓舟", CHEN_ID)
    await ask(chen)
    await boss.tap("Decide")
    await boss.tap("Decline")
    assert "did not let you in" in chen.last.text and role(app, chen) is None
    await chen.write("/company")
    await chen.write(f"{TEA}, {TEA_CODE}")
    assert "within the last day" in chen.last.text
    clock.advance(hours=25)
    await ask(chen)
    assert "asks to join" in boss.last.text


async def ask(person: Person) -> None:
    await person.write("/company")
    await person.write(f"{TEA}, {TEA_CODE}")
    await person.tap("Ask to join")


async def test_a_signer_who_does_not_belong_to_the_company_asks_to_join_it(
    app: App, boss: Person, su: Person, chen: Person
) -> None:
    await register(su, "苏青窑", "310105198807210049")
    await su.write("/company")
    await su.write(f"{KILN}, {KILN_CODE}")
    await su.tap("制作合同专用章")
    await boss.send(contract_pdf(), "Supply.pdf", "application/pdf")
    await boss.write(f"{KILN} {KILN_CODE}, 陈晓舟 13700132356")
    await boss.tap("Start and seal")
    await boss.type_code()
    await chen.write(f"/start {chen.link()}")
    await chen.tap("share my number")
    await chen.write(CHEN_ID)
    await chen.tap("Ask to join")
    await su.tap("处理申请")
    await su.tap("同意加入")
    await chen.tap("What waits for me")
    await chen.tap("Read and sign")
    assert "isn't granted to you" in chen.last.text

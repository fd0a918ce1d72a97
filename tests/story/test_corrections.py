"""The ID says another name than the sender wrote: both learn what differs, nobody signs until it is corrected."""

from __future__ import annotations

from bot.demo.people import Person
from bot.demo.story import KILN, KILN_CODE
from tests.story.acts import contract_pdf, register_with_company

MISSPELT = f"{KILN} {KILN_CODE}, 苏清窑 139 0013 8820"


async def started_for_a_misspelt_name(lin: Person) -> None:
    await register_with_company(lin)
    await lin.send(contract_pdf(), "Supply-2027.pdf", "application/pdf")
    await lin.write(MISSPELT)
    await lin.tap("Start and seal")
    await lin.type_code()


async def invited(su: Person) -> None:
    """Their own name, since the register knows nobody of the other one."""
    await su.write(f"/start {su.link()}")
    await su.tap("提供手机号")
    await su.write("苏青窑，310105198807210049")


async def test_a_slip_of_the_pen_is_corrected_without_starting_again(lin: Person, su: Person) -> None:
    await started_for_a_misspelt_name(lin)
    await invited(su)
    assert "苏清窑" in su.last.text and "证件姓名是“苏青窑”" in su.last.text
    await su.tap("更正")
    assert "you wrote 苏清窑, the checked ID says 苏青窑" in lin.last.text
    await lin.tap("Look at it")
    await lin.tap("It is 苏青窑")
    assert "苏青窑 signs" in lin.last.text
    await su.tap("查看并签署")
    await su.tap("签署")
    await su.type_code()
    assert "签署完成" in su.last.text


async def test_who_is_somebody_else_leaves_it_and_the_sender_hears_no_name(lin: Person, su: Person) -> None:
    await started_for_a_misspelt_name(lin)
    await invited(su)
    heard = len(lin.lines)
    await su.tap("与我无关")
    assert len(lin.lines) == heard and "没有签署" in su.last.text


async def test_a_sender_who_keeps_the_name_keeps_signing_shut(lin: Person, su: Person) -> None:
    await started_for_a_misspelt_name(lin)
    await invited(su)
    await su.tap("更正")
    await lin.tap("Look at it")
    await lin.tap("Keep 苏清窑")
    await su.write(f"/start {su.link()}")
    assert "暂未开放签署" in su.last.text

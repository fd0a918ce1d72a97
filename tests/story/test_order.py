"""An order of signing, chosen on the draft and kept."""

from __future__ import annotations

from bot.demo.people import Person
from tests.story.acts import SU_ID, draft_for_kiln


async def sender_last(lin: Person) -> None:
    await draft_for_kiln(lin)
    await lin.tap("Parties")
    await lin.tap("Order of signing")
    await lin.tap("last")


async def test_the_sender_can_sign_last(lin: Person, su: Person) -> None:
    await sender_last(lin)
    assert "Order: 蓝窑陶瓷有限公司, then 海港茶业有限公司" in lin.last.text
    assert not any("Start and seal" in each.label for each in lin.last.buttons)
    await lin.tap("Start")
    await lin.type_code()
    assert "Next: 蓝窑陶瓷有限公司, 苏青窑" in lin.last.text
    await su.write(f"/start {su.link()}")
    await su.tap("提供手机号")
    await su.write(SU_ID)
    await su.tap("签署")
    await su.type_code()
    assert "It is your turn: everyone before 海港茶业有限公司 has signed" in lin.last.text
    await lin.tap("Seal and sign")
    await lin.type_code()
    assert "is complete" in lin.last.text and "签署完成" in su.last.text


async def test_who_taps_before_their_turn_is_told_whom_it_waits_for(lin: Person, su: Person) -> None:
    await sender_last(lin)
    await lin.tap("Start")
    await lin.type_code()
    party = lin.stage.app.store.read(lambda tx: tx.find("last_contract"))[0]["id"]
    first = lin.stage.app.store.read(lambda tx: tx.find("parties_of_contract", contract=party))[0]["id"]
    await lin.stage.receive("lin", "en", {"tap": f">sign:{first}", "message": ""})
    assert "蓝窑陶瓷有限公司 comes first" in lin.last.text
    assert su.texts()[-1].count("邀请您签署") == 1


async def test_an_order_that_can_not_be_read_is_asked_again(lin: Person) -> None:
    await draft_for_kiln(lin)
    await lin.tap("Parties")
    await lin.tap("Order of signing")
    await lin.write("2 and then 7")
    assert "In which order" in lin.last.text
    await lin.write("2, 1")
    assert "Order: 蓝窑陶瓷有限公司, then 海港茶业有限公司" in lin.last.text

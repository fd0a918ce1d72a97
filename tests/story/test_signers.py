"""Another signer, in chat."""

from __future__ import annotations

from bot.demo.people import Person, Stage
from tests.story.acts import open_invitation, start_and_seal


async def test_the_sender_changes_the_signer_and_both_hear_of_it(
    lin: Person, su: Person, stage: Stage
) -> None:
    chen = stage.person("chen", "陈晓舟", "+8613700132356")
    await start_and_seal(lin)
    await open_invitation(su)
    await lin.tap("See status")
    await lin.tap("Change signer")
    await lin.write("陈晓舟 13700132356")
    assert "陈晓舟" in lin.last.text and "is invited" in lin.last.text
    assert "改由陈晓舟" in su.last.text
    assert chen.link()
    await su.tap("签署")
    assert "由其他人签署" in su.last.text or "别人" in su.last.text or "其他人" in su.last.text


async def test_a_signer_without_colleagues_goes_back_to_the_card(lin: Person, su: Person) -> None:
    await start_and_seal(lin)
    await open_invitation(su)
    await su.tap("转给同事")
    assert "还没有其他成员" in su.last.text
    await su.tap("返回")
    assert "您代表蓝窑陶瓷有限公司签署" in su.last.text

"""A colleague joins the sender's company by a link, has no seal, asks for it, and signs once the admin has allowed it."""

from __future__ import annotations

from bot.demo.clock import Movable
from bot.demo.paper import draw_contract
from bot.demo.people import Person, Stage
from bot.demo.story import KILN, TEA, TEA_CODE, Told

TITLE = "补充协议"
NAME, PHONE, NUMBER = "王一帆", "+8613600131007", "440304199511231017"


async def lend_once(stage: Stage, told: Told, clock: Movable) -> Person:
    """Go on where both companies are known; the colleague."""
    lin, wang = told.sender, stage.person("wang", NAME, PHONE)
    clock.advance(minutes=10)
    with told.journey("invite", lin):
        await lin.write("/members")
        await lin.tap("邀请同事")
        await lin.write(f"{NAME} 13600131007")
    with told.journey("join", wang):
        await wang.write(f"/start {wang.link()}", "/start ••••••")
        await wang.tap("加入海港茶业")
        await wang.tap("同意并提供手机号")
        await wang.write(NUMBER, "••••••••••••••1017")
    await send_to_colleague(told.signer, clock)
    await wang.tap("查看全部页面")
    await wang.tap("申请本次用印")
    with told.journey("lend", lin):
        await lin.tap("处理申请")
        await lin.tap("允许本次用印")
    await wang.tap("查看并签署")
    await wang.tap("盖章签署")
    await wang.type_code()
    return wang


async def send_to_colleague(signer: Person, clock: Movable) -> None:
    """The other company's turn to send: to the colleague, by name and phone."""
    clock.advance(minutes=10)
    await signer.send(draw_contract(TITLE, KILN, TEA), f"{TITLE}.pdf", "application/pdf")
    await signer.write(f"{TEA} {TEA_CODE}，{NAME} 13600131007")
    await signer.tap("发起并盖章")
    await signer.type_code()

"""What comes after the first contract: a refusal, a withdrawal, a reminder by the clock, three signed with one code."""

from __future__ import annotations

from datetime import timedelta

from bot.demo.clock import Movable
from bot.demo.paper import draw_contract
from bot.demo.people import Person, Stage
from bot.demo.story import KILN, TEA, Told
from signing.store.times import moment

ORDERS = ("春季订单", "夏季订单", "秋季订单")
FIRST_REMINDER = timedelta(days=3)


async def afterwards(stage: Stage, told: Told, clock: Movable) -> None:
    """Go on where the story ended: both sides are known now."""
    lin, signer = told.sender, told.signer
    await send(lin, clock, "2028年供货合同")
    with told.journey("sign_one", signer):
        await signer.tap("盖章签署")
        await signer.type_code()
    await send(lin, clock, "促销协议")
    await signer.tap("拒签")
    await signer.write("返利比例与上次商定的不一致")
    await signer.tap("确认拒签")
    await send(lin, clock, "寄售协议")
    await lin.tap("撤回")
    await lin.write("价格填错了")
    await lin.tap("撤回这份合同")
    for order in ORDERS:
        await send(lin, clock, order)
    await until_reminded(stage, clock)
    with told.journey("sign_three", signer):
        await signer.tap("一次签署这3份")
        await signer.tap("签署全部3份")
        await signer.type_code()


async def send(lin: Person, clock: Movable, title: str) -> None:
    """Another contract with the same party, sealed and started ten minutes after the last one."""
    clock.advance(minutes=10)
    pdf = draw_contract(title, TEA, KILN)
    await lin.send(pdf, f"{title}.pdf", "application/pdf")
    await lin.tap("蓝窑陶瓷")
    await lin.tap("发起并盖章")
    await lin.type_code()


async def until_reminded(stage: Stage, clock: Movable) -> None:
    """Move the clock to a minute after the first reminder before the newest contract's deadline."""
    newest = stage.app.store.read(lambda tx: tx.find("last_contract"))[0]
    due = moment(newest["deadline"]) - FIRST_REMINDER + timedelta(minutes=1)
    clock.advance(seconds=(due - clock()).total_seconds())
    await stage.settle()

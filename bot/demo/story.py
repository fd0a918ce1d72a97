"""The story of the demo: two companies sign a supply contract, from the first word to the signed PDF."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from datetime import timedelta

from bot.demo.paper import draw_contract
from bot.demo.people import Person, Stage
from bot.demo.photo import photograph_seal
from bot.demo.photographs import draw_letter, draw_licence
from bot.installation import utc_now

TITLE = "2027年供货合同"
TEA, TEA_CODE = "海港茶业有限公司", "91310105MA1K3X2T52"
KILN, KILN_CODE = "蓝窑陶瓷有限公司", "91360202MA35H8QK2R"
KILN_HEAD = "苏青窑"
LICENCE, LETTER, JPEG = "营业执照.jpg", "授权委托书.jpg", "image/jpeg"


@dataclass(slots=True)
class Told:
    """What the story leaves: its people, and how many actions each journey took."""

    sender: Person
    signer: Person
    operator: Person
    colleagues: list[Person] = field(default_factory=list)
    actions: dict[str, int] = field(default_factory=dict)

    @contextmanager
    def journey(self, name: str, person: Person) -> Iterator[None]:
        """Count what a person does; a journey that goes on after a wait is one."""
        before = person.actions
        yield
        self.actions[name] = self.actions.get(name, 0) + person.actions - before


async def tell(stage: Stage) -> Told:
    """Play the whole story."""
    lin = stage.person("lin", "林海清", "+8613800134417")
    chen = stage.person("chen", "陈晓舟", "+8613700132356")
    told = Told(lin, chen, await named_operator(stage))
    await send_contract(told, lin)
    await open_link(told, chen)
    await act_by_letter(told, stage, chen)
    with told.journey("new_signer", chen):
        await chen.tap("签署")
        await chen.tap("签署")
        await chen.type_code()
    return told


async def named_operator(stage: Stage) -> Person:
    """Somebody who reviews: named on the command line, never in chat."""
    person = stage.person("ops", "审核员何", "")
    await person.write("/queue")
    app = stage.app
    chat = app.store.read(lambda tx: tx.find("newest_chat"))[0]
    app.store.write(app.services.operators.add, f"{chat['messenger']}:{chat['address']}", person.name)
    return person


async def send_contract(told: Told, lin: Person) -> None:
    """The sender, from the first word to a contract that waits for the other side."""
    with told.journey("register", lin):
        await lin.write("/start")
        await lin.tap("同意并提供手机号")
        await lin.write("林海清，110101198503120025", "林海清，••••••••••••••0025")
    with told.journey("enterprise", lin):
        await lin.write("/company")
        await lin.write(f"{TEA}\n{TEA_CODE}")
        await lin.send(photograph_seal(TEA), "印章.jpg", JPEG)
        await lin.tap("使用这枚印章")
    deadline = f"{(utc_now() + timedelta(days=10)):%-m月%-d日}前"
    with told.journey("send", lin):
        pdf = draw_contract(f"{TITLE} Supply Contract", TEA, KILN)
        await lin.send(pdf, f"{TITLE}.pdf", "application/pdf", deadline)
        await lin.write(f"{KILN} {KILN_CODE}，陈晓舟 13700132356")
        await lin.tap("发起并盖章")
        await lin.type_code()


async def open_link(told: Told, chen: Person) -> None:
    """The signer of the other side, who is not its legal representative."""
    with told.journey("new_signer", chen):
        await chen.write(f"/start {chen.link()}", "/start ••••••")
        await chen.tap("同意并提供手机号")
        await chen.write("360202199001012342", "••••••••••••••2342")


async def act_by_letter(told: Told, stage: Stage, chen: Person) -> None:
    """Licence and sealed letter; the first photo is too blurred, the second one passes."""
    with told.journey("attorney", chen):
        await chen.tap("同意并获取委托书")
        await chen.send(draw_licence(KILN, KILN_CODE, KILN_HEAD), LICENCE, JPEG)
        if "法定代表人是谁" in chen.last.text:
            await chen.write(KILN_HEAD)
        await chen.send(draw_letter(KILN, chen.name, blur=7), LETTER, JPEG)
        await chen.tap("就用这张")
    with told.journey("review_rejected", told.operator):
        await told.operator.tap("领取案件")
        await told.operator.tap("驳回")
        await told.operator.tap("看不清")
    await a_minute_later(stage)
    with told.journey("better_photo", chen):
        await chen.tap("重发盖章委托书")
        await chen.send(draw_letter(KILN, chen.name), LETTER, JPEG)
    with told.journey("review", told.operator):
        await told.operator.tap("领取案件")
        await told.operator.tap("通过")
    await a_minute_later(stage)


async def a_minute_later(stage: Stage) -> None:
    """Nobody waits for the minute in which an operator may take a decision back: its timer is set to now."""
    stage.app.store.write(lambda tx: tx.run("hurry_decisions", now=tx.now))
    await stage.settle()

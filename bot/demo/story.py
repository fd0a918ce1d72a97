"""The story of the demo: two companies sign a supply contract, from the first word to the signed PDF."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from datetime import timedelta

from bot.app import utc_now
from bot.demo.paper import draw_contract
from bot.demo.people import Person, Stage

TITLE = "2027年供货合同"
TEA, TEA_CODE = "海港茶业有限公司", "91310105MA1K3X2T52"
KILN, KILN_CODE = "蓝窑陶瓷有限公司", "91360202MA35H8QK2R"


@dataclass(slots=True)
class Told:
    """What the story leaves: its people, and how many actions each journey took."""

    sender: Person
    signer: Person
    actions: dict[str, int] = field(default_factory=dict)

    @contextmanager
    def journey(self, name: str, person: Person) -> Iterator[None]:
        before = person.actions
        yield
        self.actions[name] = person.actions - before


async def tell(stage: Stage) -> Told:
    """Play the whole story."""
    lin = stage.person("lin", "林海清", "+8613800134417")
    su = stage.person("su", "苏青窑", "+8613900138820")
    told = Told(lin, su)
    with told.journey("register", lin):
        await lin.write("/start")
        await lin.tap("同意并提供手机号")
        await lin.write("林海清，110101198503120025", "林海清，••••••••••••••0025")
    with told.journey("enterprise", lin):
        await lin.write("/company")
        await lin.write(f"{TEA}\n{TEA_CODE}")
        await lin.tap("制作合同专用章")
    deadline = f"{(utc_now() + timedelta(days=10)):%-m月%-d日}前"
    with told.journey("send", lin):
        pdf = draw_contract(f"{TITLE} Supply Contract", TEA, KILN)
        await lin.send(pdf, f"{TITLE}.pdf", "application/pdf", deadline)
        await lin.write(f"{KILN} {KILN_CODE}，苏青窑 13900138820")
        await lin.tap("发起并盖章")
        await lin.type_code()
    with told.journey("new_signer", su):
        await su.write(f"/start {su.link()}", "/start ••••••")
        await su.tap("同意并提供手机号")
        await su.write("310105198807210049", "••••••••••••••0049")
        await su.tap("签署")
        await su.type_code()
    return told

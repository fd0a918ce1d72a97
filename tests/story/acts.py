"""Parts of journeys that many stories begin with."""

from __future__ import annotations

from functools import cache
from io import BytesIO

from PIL import Image

from bot.app import App
from bot.demo.paper import draw_contract
from bot.demo.people import Person, Stage
from bot.demo.story import KILN, KILN_CODE, TEA, TEA_CODE
from signing.actor import Actor
from signing.enterprises import enterprise_of_code, role_of
from signing.ids import PersonId

LIN_ID, SU_ID = "110101198503120025", "310105198807210049"
CHEN_ID, WANG_ID = "360202199001012342", "440304199511231017"
KILN_BY_SU = f"{KILN} {KILN_CODE}, 苏青窑 139 0013 8820"


@cache
def contract_pdf() -> bytes:
    return draw_contract("Supply Contract 供货合同", TEA, KILN)


@cache
def blank_photo() -> bytes:
    """A photo of an empty desk."""
    out = BytesIO()
    Image.effect_noise((900, 700), 30).convert("RGB").save(out, "JPEG")
    return out.getvalue()


async def register(person: Person, name: str, identity: str) -> None:
    await person.write("/start")
    await person.tap("share my number" if person.language == "en" else "提供手机号")
    await person.write(f"{name}, {identity}")


async def register_with_company(lin: Person) -> None:
    """Harbor Tea with its contract seal."""
    await register(lin, "林海清", LIN_ID)
    await lin.write("/company")
    await lin.write(f"{TEA}, {TEA_CODE}")
    await lin.tap("Make the contract seal")


async def invite_colleague(admin: Person, colleague: Person) -> None:
    """An admin has a link texted to a colleague who is not known here yet."""
    await admin.write("/members")
    await admin.tap("Invite a colleague" if admin.language == "en" else "邀请同事")
    await admin.write(f"{colleague.name}, {colleague.phone}")


async def join_company(admin: Person, colleague: Person, identity: str) -> None:
    """A colleague comes by an admin's link and is checked on the way: a member without any seal."""
    await invite_colleague(admin, colleague)
    await colleague.write(f"/start {colleague.link()}")
    await colleague.tap("Join" if colleague.language == "en" else "加入")
    await colleague.tap("share my number" if colleague.language == "en" else "提供手机号")
    await colleague.write(identity)


async def draft_for_kiln(lin: Person) -> None:
    """A draft's card with both parties on it."""
    await register_with_company(lin)
    await lin.send(contract_pdf(), "Supply-2027.pdf", "application/pdf")
    await lin.write(KILN_BY_SU)


async def start_and_seal(lin: Person) -> None:
    """A started contract that the sender has sealed."""
    await draft_for_kiln(lin)
    await lin.tap("Start and seal")
    await lin.type_code()


async def open_invitation(su: Person) -> None:
    """The other company's signer, let in and reading."""
    await su.write(f"/start {su.link()}")
    await su.tap("提供手机号")
    await su.write(SU_ID)


async def sign(su: Person) -> None:
    await open_invitation(su)
    await su.tap("签署")
    await su.type_code()


def actor_of(stage: Stage, address: str) -> Actor:
    """Who the messenger vouches for at an address."""
    row = stage.app.store.read(lambda tx: tx.find("actor_of_address", address=address))[0]
    return Actor(row["id"], row["person"])


def role(app: App, person: Person, code: str = TEA_CODE) -> str | None:
    """What a person is in a company: `admin`, `member` or nothing."""
    company = app.store.read(enterprise_of_code, code)
    row = app.store.read(lambda tx: tx.find("person_of_phone", phone=person.phone))
    assert company and row
    return app.store.read(role_of, company.id, PersonId(row[0]["id"]))

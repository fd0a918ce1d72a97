"""Seals in chat: make one, look at them."""

from __future__ import annotations

from handlers.chat import Answer, Chat, dialogue
from handlers.message import Attachment
from handlers.services import Services
from signing.enterprises import Enterprise
from signing.ids import Digest, EnterpriseId
from signing.seals.keeping import Seal
from signing.seals.photographs import CutSeal

KINDS = ("contract", "official", "finance")
NUDGES = {"left": (-3.0, 0.0), "right": (3.0, 0.0), "darker": (0.0, 0.3), "lighter": (0.0, -0.3)}


@dialogue("seal", command="seal", argument="owner")
async def seal(chat: Chat, services: Services, owner: str = "") -> None:
    """Make a seal for one of the person's companies."""
    companies = await chat.do(services.enterprises.mine)
    if not companies:
        await chat.say("seal.no_company")
        return
    company = await pick_company(chat, companies, owner)
    answer: Answer[None] = await chat.answer("seal.kind", upload=True, company=company.name)
    if answer.upload is not None:
        made = await keep_photographed(chat, services, company, Digest(answer.upload.digest))
    elif answer.choice in KINDS:
        made = await draw_and_keep(chat, services, company.id, answer.choice)
    else:
        return
    if made is not None:
        await chat.say("seal.made", attachments=[picture(made, company.name)], company=company.name)


async def offer_first_seal(chat: Chat, services: Services, company: EnterpriseId) -> None:
    """A company that was just registered gets its contract seal: made online, or out of a photo of it."""
    mine = await chat.do(services.enterprises.mine)
    owner = next(each for each in mine if each.id == company)
    answer: Answer[None] = await chat.answer("company.passed", upload=True, name=owner.name)
    made: Seal | None = None
    if answer.upload is not None:
        photo = Digest(answer.upload.digest)
        made = await keep_photographed(chat, services, owner, photo, "contract")
    elif answer.choice == "seal":
        made = await draw_and_keep(chat, services, company, "contract")
    if made is not None:
        await chat.say("seal.made", attachments=[picture(made, owner.name)], company=owner.name)


@dialogue("seal-photo")
async def seal_photo(chat: Chat, services: Services, photo: Digest) -> None:
    """A photo came unasked, and it is of a seal."""
    companies = await chat.do(services.enterprises.mine)
    if not companies:
        await chat.say("seal.no_company")
        return
    company = await pick_company(chat, companies)
    made = await keep_photographed(chat, services, company, photo)
    if made is not None:
        await chat.say("seal.made", attachments=[picture(made, company.name)], company=company.name)


async def keep_photographed(
    chat: Chat, services: Services, company: Enterprise, photo: Digest, kind: str = ""
) -> Seal | None:
    """Cut the seal out, show it, nudge it until it is right, keep it; None where the person would rather not."""
    kind = kind or await chat.choose("seal.which", company=company.name)
    if kind not in KINDS:
        return None
    cut = await chat.call(services.seal_photos.cut_out, photo, kind)
    while True:
        attachments = [shown(cut, company.name, kind)]
        answer: Answer[None] = await chat.answer(
            "seal.cut", upload=True, attachments=attachments, warnings=cut.warnings
        )
        if answer.choice == "use":
            return await chat.do(services.seals.keep, company.id, kind, cut.drawn, "photo")
        if answer.choice == "stop":
            return None
        if answer.upload is not None:
            cut = await chat.call(services.seal_photos.cut_out, Digest(answer.upload.digest), kind)
        else:
            degrees, darker = NUDGES[answer.choice or ""]
            cut = await chat.call(
                services.seal_photos.adjust, cut.drawn.picture, kind, degrees, darker, list(cut.warnings)
            )


@dialogue("seals", command="seals")
async def seals(chat: Chat, services: Services) -> None:
    """Show every seal that the person may use."""
    pictures, kept = [], []
    for company in await chat.do(services.enterprises.mine):
        if await chat.do(services.seals.is_keeper, company.id):
            mine = await chat.do(services.seals.all_of, company.id)
            kept += mine
        else:
            mine = await chat.do(services.seals.usable, company.id)
        pictures += [picture(each, company.name) for each in mine]
    await chat.say("seal.list", attachments=pictures[:10], count=len(pictures), kept=kept[:6])


async def pick_company(chat: Chat, companies: list[Enterprise], owner: str = "") -> Enterprise:
    """The company that was named, the only one, or the one that is chosen."""
    named = [each for each in companies if each.id == owner]
    if named or len(companies) == 1:
        return (named or companies)[0]
    chosen = await chat.choose("seal.company", companies=companies)
    return next(each for each in companies if each.id == chosen)


async def draw_and_keep(chat: Chat, services: Services, owner: str, kind: str) -> Seal:
    """Draw a seal online and keep it."""
    drawn = await chat.call(services.seals.draw_for, owner, kind)
    return await chat.do(services.seals.keep, owner, kind, drawn, "online")


def shown(cut: CutSeal, owner: str, kind: str) -> Attachment:
    """A cut-out seal on white."""
    facts: dict[str, str | int] = {"owner": owner, "kind": kind, "width": f"{cut.drawn.width_mm:g}"}
    return Attachment(cut.shown, f"{kind}.png", "image/png", "captions.seal", facts)


def picture(seal: Seal, owner: str) -> Attachment:
    """A seal as it is shown: its picture and, in text, what it is."""
    facts: dict[str, str | int] = {"owner": owner, "kind": seal.kind, "width": f"{seal.width_mm:g}"}
    return Attachment(seal.picture, f"{seal.kind}.png", "image/png", "captions.seal", facts)

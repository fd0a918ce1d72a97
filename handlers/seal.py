"""Seals in chat: look at them, draw one, show one."""

from __future__ import annotations

from handlers.chat import Chat, dialogue
from handlers.message import Attachment
from handlers.services import Services
from signing.enterprises import Enterprise
from signing.seals.keeping import Seal


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


async def draw_and_keep(chat: Chat, services: Services, owner: str, kind: str, inverse: bool = False) -> Seal:
    """Draw a seal online and keep it."""
    drawn = await chat.call(services.seals.draw_for, owner, kind, inverse)
    return await chat.do(services.seals.keep, owner, kind, drawn, "online")


def picture(seal: Seal, owner: str) -> Attachment:
    """A seal as it is shown: its picture and, in text, what it is."""
    width = f"{seal.width_mm:g}"
    facts: dict[str, str | int] = {"owner": owner, "kind": seal.kind, "name": seal.name, "width": width}
    return Attachment(seal.picture, f"{seal.kind}.png", "image/png", "captions.seal", facts)

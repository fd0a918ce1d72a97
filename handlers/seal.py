"""Seals in chat: draw one, show one, choose whose."""

from __future__ import annotations

from handlers.chat import Chat
from handlers.message import Attachment
from handlers.services import Services
from signing.enterprises import Enterprise
from signing.seals.keeping import Seal


async def pick_company(chat: Chat, companies: list[Enterprise], owner: str = "") -> Enterprise:
    """The company that was named, the only one, or the one that is chosen."""
    named = [each for each in companies if each.id == owner]
    if named or len(companies) == 1:
        return (named or companies)[0]
    chosen = await chat.choose("seal.company", companies=companies)
    return next(each for each in companies if each.id == chosen)


async def draw_and_keep(
    chat: Chat, services: Services, owner: str, kind: str, inverse: bool = False, code: str = ""
) -> Seal:
    """Draw a seal online and keep it; a round one with its 13-digit `code`, if it has one."""
    drawn = await chat.call(services.seals.draw_for, owner, kind, inverse, code)
    return await chat.do(services.seals.keep, owner, kind, drawn, "online")


def picture(seal: Seal, owner: str) -> Attachment:
    """A seal as it is shown: its picture and, in text, what it is."""
    width = f"{seal.width_mm:g}"
    facts: dict[str, str | int] = {"owner": owner, "kind": seal.kind, "name": seal.name, "width": width}
    return Attachment(seal.picture, f"{seal.kind}.png", "image/png", "captions.seal", facts)

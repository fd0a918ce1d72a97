"""A person's own data: what is kept and why, an export, erasure."""

from __future__ import annotations

from handlers.chat import Chat, dialogue
from handlers.message import Attachment
from handlers.services import Services


@dialogue("privacy", command="privacy")
async def privacy(chat: Chat, services: Services) -> None:
    """Show, export or erase."""
    held = await chat.do(services.privacy.held)
    match await chat.choose("privacy.card", held=held):
        case "export":
            actor = await chat.actor()
            digest = await chat.call(services.privacy.export, actor.registered)
            file = Attachment(digest, "my-data.json", "application/json")
            await chat.say("privacy.export", attachments=[file])
        case "erase":
            await erase(chat, services)
        case _:
            await chat.say("privacy.kept")


async def erase(chat: Chat, services: Services) -> None:
    """One named tap; there is no way back."""
    if await chat.choose("privacy.erase") != "erase":
        await chat.say("privacy.kept")
        return
    await chat.do(services.erasure.erase)
    await chat.say("privacy.erased")

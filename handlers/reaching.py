"""Another way to a signer who can't be reached in chat: a text. `handlers/invite.py` has the others."""

from __future__ import annotations

from handlers.chat import Chat, dialogue
from handlers.services import Services
from signing.ids import PartyId


@dialogue("text", argument="party")
async def text(chat: Chat, services: Services, party: PartyId) -> None:
    """Remind one signer: by text, as long as they have no chat that is open."""
    reminded = await chat.do(services.reminders.one, party)
    await chat.say("status.reminded", parties=[reminded])

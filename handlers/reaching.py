"""Other ways to a signer who can't be reached in chat: a text, or a link that the sender passes on."""

from __future__ import annotations

from handlers.chat import Chat, dialogue
from handlers.services import Services
from signing.ids import PartyId


@dialogue("text", argument="party")
async def text(chat: Chat, services: Services, party: PartyId) -> None:
    """Remind one signer: by text, as long as they have no chat that is open."""
    reminded = await chat.do(services.reminders.one, party)
    await chat.say("status.reminded", parties=[reminded])


@dialogue("pass-on", argument="party")
async def pass_on(chat: Chat, services: Services, party: PartyId) -> None:
    """A link for the sender to pass on themself."""
    contract = await chat.do(services.invitations.sent, party)
    await chat.do(services.tell_link, contract, party)

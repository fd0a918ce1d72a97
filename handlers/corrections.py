"""The name on the ID is not the one that the sender wrote: the signer asks for a correction, the sender makes it."""

from __future__ import annotations

from handlers.chat import Chat, dialogue
from handlers.services import Services
from signing.ids import PartyId


async def ask_to_correct(chat: Chat, services: Services, party: PartyId) -> None:
    """Say what differs, and let the signer ask."""
    found = await chat.do(services.corrections.mine, party)
    if await chat.choose("corrections.differs", found=found) != "ask":
        await chat.say("corrections.left", found=found)
        return
    asked = await chat.do(services.corrections.ask, party)
    await chat.tell(asked.sender, "corrections.asked", found=asked)
    await chat.say("corrections.sent", found=asked)


@dialogue("amend", argument="party")
async def amend(chat: Chat, services: Services, party: PartyId) -> None:
    """The sender writes the name that the register has, or leaves it."""
    found = await chat.do(services.corrections.asked, party)
    if await chat.choose("corrections.amend", found=found) != "correct":
        await chat.say("corrections.kept", found=found)
        return
    changed = await chat.do(services.corrections.correct, party)
    await chat.say("corrections.done", contract=changed, party=changed.party(party))

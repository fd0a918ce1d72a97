"""The list of seals: those that the person keeps, and those that are lent to them."""

from __future__ import annotations

from handlers.acting import companies_in_mind
from handlers.chat import Chat, dialogue
from handlers.seal import picture
from handlers.services import Services
from signing.seals.overview import seals_in_hand

SHOWN = 10


@dialogue("seals", command="seals")
async def seals(chat: Chat, services: Services) -> None:
    """Show the seals of the company that the person acts for (of all, where they act for none): those they may use."""
    companies = [each.id for each in await companies_in_mind(chat, services)]
    held = (await chat.do(seals_in_hand, companies))[:SHOWN]
    pictures = [picture(each.seal, each.owner) for each in held]
    keeps = [await chat.do(services.seals.is_keeper, each) for each in companies]
    await chat.say("seal.list", attachments=pictures, held=held, keeper=any(keeps) or not companies)

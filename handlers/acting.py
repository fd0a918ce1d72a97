"""For whom the person acts: asked where it matters and they have not said, kept from then on."""

from __future__ import annotations

from handlers.chat import Chat, dialogue
from handlers.register import checked_person
from handlers.services import Services
from signing.contracts.contract import Contract
from signing.enterprises import Enterprise
from signing.membership.acting import Acting, For


@dialogue("acting", command="acting", passing=True)
async def acting(chat: Chat, services: Services) -> None:
    """Choose for whom."""
    if await checked_person(chat, services) is None:
        return
    known = await chat.do(services.membership.acting.look)
    if len(known.choices) == 1:
        await chat.say("acting.alone")
        return
    chosen = await _ask(chat, services, known)
    await chat.say("acting.chosen", chosen=chosen)


async def principal(chat: Chat, services: Services) -> For:
    """For whom what begins now is begun."""
    known = await chat.do(services.membership.acting.look)
    return known.current or await _ask(chat, services, known)


async def companies_in_mind(chat: Chat, services: Services) -> list[Enterprise]:
    """The company that the person acts for; all of theirs where they act for none or have not said."""
    mine = await chat.do(services.enterprises.mine)
    known = await chat.do(services.membership.acting.look)
    return [each for each in mine if known.current and each.id == known.current.enterprise] or mine


def concerning(known: Acting, contracts: list[Contract]) -> list[Contract]:
    """Those that are sent for whom the person acts; all where they have not chosen."""
    whom = known.principal
    return [each for each in contracts if not whom or each.parties[0].principal == whom]


async def _ask(chat: Chat, services: Services, known: Acting) -> For:
    answer = await chat.choose("acting.card", known=known)
    return await chat.do(services.membership.acting.choose, answer)

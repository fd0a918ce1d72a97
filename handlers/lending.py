"""Lending seals: a member asks for one use, the admin allows or refuses it, or lends a seal for longer."""

from __future__ import annotations

from handlers.chat import Chat, dialogue
from handlers.seal import picture
from handlers.services import Services
from signing.contracts.contract import Contract, Party


async def ask_for_seal(chat: Chat, services: Services, contract: Contract, party: Party) -> None:
    """A member without a grant asks the company's admins for this contract."""
    seals = await chat.do(services.seals.all_of, str(party.principal))
    usable = [each for each in seals if each.state == "usable"]
    if not usable:
        await chat.say("lending.no_seal", company=party.name)
        return
    request = await chat.do(services.grants.ask, usable[0].id, contract.id)
    for admin in request.admins:
        await chat.tell(admin, "lending.asked", request=request, attachments=[picture(usable[0], party.name)])
    await chat.say("lending.waiting", request=request)


@dialogue("lend", argument="request")
async def lend(chat: Chat, services: Services, request: str) -> None:
    """The admin decides on a member's request."""
    asked = await chat.do(services.grants.view, request)
    answer = await chat.choose("lending.decide", request=asked)
    if answer not in ("allow", "refuse"):
        return
    decided = await chat.do(services.grants.answer, request, answer == "allow")
    await chat.say("lending.done", request=decided, allowed=answer == "allow")
    await chat.tell(decided.person, "lending.told", request=decided, allowed=answer == "allow")

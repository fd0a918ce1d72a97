"""Lending seals: a member asks for one use, the admin allows or refuses it, or lends a seal for longer."""

from __future__ import annotations

import unicodedata
from dataclasses import dataclass
from datetime import datetime, timedelta

from handlers.chat import Chat, Continue, dialogue
from handlers.deadlines import read_deadline
from handlers.seal import picture
from handlers.services import Services
from handlers.typed import one_line
from signing.contracts.contract import Contract, Party
from signing.errors import SigningError
from signing.ids import PersonId, SealId


class NotANumber(SigningError):
    """No number of uses from 1 to 9999 was understood."""

    code = "grant.not-a-number"


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


@dataclass(frozen=True, slots=True)
class Limit:
    """How often a lent seal may be used; None without limit."""

    uses: int | None


@dialogue("give", argument="seal")
async def give(chat: Chat, services: Services, seal: SealId) -> None:
    """The keeper lends a seal to a member, until a date, with or without a limit on uses."""
    kept = await chat.do(services.seals.view, seal)
    borrowers = await chat.do(services.grants.borrowers, seal)
    if not borrowers:
        await chat.say("lending.nobody")
        return
    chosen = await chat.choose("lending.whom", seal=kept, borrowers=borrowers)
    name = next((each.name for each in borrowers if each.id == chosen), "")
    until = await until_when(chat, services, name) if name else None
    limit = await how_often(chat, name, until) if until else None
    if until is None or limit is None:
        raise Continue("keep", seal=seal)
    grant = await chat.do(services.grants.give, seal, PersonId(chosen), until, limit.uses)
    await chat.say("lending.lent", grant=grant, seal=kept)
    await chat.tell(grant.person, "lending.lent_you", grant=grant, seal=kept)


async def until_when(chat: Chat, services: Services, name: str) -> datetime | None:
    """Days from the buttons, or a date that was typed; None to go back."""
    while True:
        answer = await chat.answer("lending.until", text=one_line, name=name)
        if answer.choice == "back":
            return None
        now = await chat.now()
        if answer.choice:
            return now + timedelta(days=int(answer.choice))
        try:
            return read_deadline(answer.value or "", now, services.zone)
        except SigningError as refusal:
            await chat.refuse(refusal)


async def how_often(chat: Chat, name: str, until: datetime) -> Limit | None:
    """A number of uses; None to go back."""
    answer = await chat.answer("lending.limit", text=number_of_uses, name=name, until=until)
    if answer.value is not None:
        return Limit(answer.value)
    if answer.choice == "back":
        return None
    return Limit(None if answer.choice == "any" else int(answer.choice or ""))


def number_of_uses(text: str) -> int:
    """A number as it was typed. Raises NotANumber."""
    digits = "".join(letter for letter in unicodedata.normalize("NFKC", text) if letter.isdigit())
    if not 1 <= len(digits) <= 4 or int(digits) == 0:
        raise NotANumber
    return int(digits)


@dialogue("take-back", argument="grant")
async def take_back(chat: Chat, services: Services, grant: str) -> None:
    """At once: a code that is open for it fails, too."""
    given = await chat.do(services.grants.revoke, grant)
    await chat.say("lending.taken_back", grant=given)
    await chat.tell(given.person, "lending.taken_from_you", grant=given)

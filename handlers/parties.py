"""Who signs a draft and who receives a copy: added from the address book, a contact card or words in any order."""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import Any

from handlers.chat import Answer, Chat, Continue, dialogue
from handlers.message import Contact as Card
from handlers.pictures import editor_picture
from handlers.services import Services
from signing.actor import Actor
from signing.contracts.address_book import AddressBook, Contact
from signing.contracts.contract import Contract
from signing.contracts.seating import NewParty
from signing.errors import SigningError
from signing.identity.elements import Elements, NothingFound, find_elements, mobile_number
from signing.ids import ContractId, PartyId
from signing.store.port import Tx

OFFERED = 6


@dataclass(frozen=True, slots=True)
class Typed:
    """What was typed of a party: the words, and what is understood of them."""

    words: str
    found: Elements


@dialogue("parties", argument="contract", resume="resume")
async def parties(chat: Chat, services: Services, contract: ContractId, removed: str = "") -> None:
    """The parties' card: add, take off, take back. `removed` is who was just taken off."""
    view = await chat.do(services.drafts.view, contract)
    picture = await chat.call(services.papers.card, contract)
    answer: Answer[None] = await chat.answer(
        "parties.card", attachments=[editor_picture(picture)], contract=view, removed=removed
    )
    again: dict[str, Any] = {"contract": contract}
    try:
        if answer.choice in ADDING:
            await add_party(chat, services, view, signs=ADDING[answer.choice])
        elif answer.choice in OWN_PART:
            await chat.do(services.drafts.set_own_part, contract, OWN_PART[answer.choice])
        elif answer.choice == "undo":
            await chat.do(services.drafts.put_back_party, contract, PartyId(removed))
        elif answer.choice in ELSEWHERE:
            raise Continue(ELSEWHERE[answer.choice], contract=contract)
        else:
            await chat.do(services.drafts.remove_party, contract, PartyId(str(answer.choice)))
            again["removed"] = answer.choice
    except SigningError as refusal:
        await chat.refuse(refusal)
    raise Continue("parties", **again)


ADDING = {"add": True, "copy": False}
ELSEWHERE = {"order": "order", "back": "draft"}
OWN_PART = {"join": True, "leave": False}


async def add_party(chat: Chat, services: Services, draft: Contract, signs: bool = True) -> bool:
    """Ask for another party and add it; False if the person would rather not now."""
    found = Elements()
    offered = await chat.do(services.book.recent)
    last = await last_time(chat, services, draft)
    while True:
        answer: Answer[Typed] = await chat.answer(
            "parties.more" if _is_begun(found) else "parties.who" if signs else "parties.copy",
            text=typed_party,
            contact="anyone",
            draft=draft,
            offered=offered,
            found=found,
            missing=missing(found),
            last=last,
        )
        if answer.choice == "later":
            await chat.say("draft.kept", title=draft.title)
            return False
        if answer.choice == "same":
            await chat.do(services.copying.same_as_last, draft.id)
            return True
        known = next((each for each in offered if each.id == answer.choice), None)
        typed = answer.value or from_card(answer.contact)
        if known is None and not typed.found.phone:
            offered = await chat.do(services.book.search, typed.words)
            known = only_one(offered, typed.words)
            offered = offered[:OFFERED]
        found = merged(found, typed.found)
        if known is None and missing(found):
            continue
        party = known.party if known else NewParty(found.name, found.phone, found.company, found.credit_code)
        if await seated(chat, services, draft, replace(party, signs=signs)):
            return True
        found = Elements()


async def last_time(chat: Chat, services: Services, draft: Contract) -> Contract | None:
    """What could be repeated: offered while nobody else is on the draft."""
    if len(draft.parties) > 1:
        return None
    return await chat.do(services.copying.last, draft.id)


async def seated(chat: Chat, services: Services, draft: Contract, party: NewParty) -> bool:
    """Whether the party could be added; if not, why not is said."""
    try:
        await chat.do(services.drafts.add_party, draft.id, party)
    except SigningError as refusal:
        await chat.refuse(refusal)
        return False
    return True


def typed_party(text: str) -> Typed:
    """The words themselves, and what of a party they say."""
    try:
        found = party_elements(text)
    except NothingFound:
        found = Elements()
    return Typed(" ".join(text.split())[:80], found)


def from_card(card: Card | None) -> Typed:
    """What a shared contact card says."""
    if card is None:
        return Typed("", Elements())
    return Typed(card.name, Elements(name=card.name, phone=mobile_number(card.phone)))


def only_one(offered: list[Contact], words: str) -> Contact | None:
    """The one entry that the words name in full."""
    named = [each for each in offered if words.casefold() in (each.name.casefold(), each.contact.casefold())]
    return named[0] if len(named) == 1 else None


def party_elements(text: str) -> Elements:
    """What a text says of a party. An ID number has no place here and is dropped."""
    return replace(find_elements(text), resident_id="")


def missing(found: Elements) -> list[str]:
    """What is still needed of a party: a person's name and phone, a company's code too."""
    needed = [
        "name",
        "phone",
        *(["credit_code"] if found.company else []),
        *(["company"] if found.credit_code else []),
    ]
    return [name for name in needed if not getattr(found, name)]


def merged(first: Elements, second: Elements) -> Elements:
    names = ("name", "phone", "company", "credit_code")
    return Elements(**{name: getattr(second, name) or getattr(first, name) for name in names})


def party_in_caption(tx: Tx, actor: Actor, book: AddressBook, part: str) -> NewParty | None:
    """Somebody of the address book whose name contains, or is contained in, a part of a caption."""
    wanted = part.casefold()
    for known in book.search(tx, actor, ""):
        name = known.name.casefold() or known.contact.casefold()
        if len(wanted) >= 2 and (wanted in name or name in wanted):
            return known.party
    return None


def _is_begun(found: Elements) -> bool:
    return bool(found.phone or found.company or found.credit_code or found.name)

"""Adding a party: one of the last three, or name, code, signer and phone in any order."""

from __future__ import annotations

from dataclasses import replace

from handlers.chat import Chat
from handlers.services import Services
from signing.actor import Actor
from signing.contracts.contract import Contract
from signing.contracts.drafts import Drafts, NewParty
from signing.errors import SigningError
from signing.identity.elements import Elements, find_elements
from signing.store.port import Tx


async def add_party(chat: Chat, services: Services, draft: Contract) -> bool:
    """Ask for another party and add it; False if the person would rather not now."""
    recent = await chat.do(services.drafts.recent_parties)
    found = Elements()
    while True:
        block = "parties.who" if found == Elements() else "parties.more"
        answer = await chat.answer(
            block, text=party_elements, draft=draft, recent=recent, found=found, missing=missing(found)
        )
        if answer.choice == "later":
            await chat.say("draft.kept", title=draft.title)
            return False
        if answer.choice:
            party = recent[int(answer.choice.removeprefix("recent-"))]
        else:
            found = merged(found, answer.value or Elements())
            if missing(found):
                continue
            party = NewParty(found.name, found.phone, found.company, found.credit_code)
        try:
            await chat.do(services.drafts.add_party, draft.id, party)
        except SigningError as refusal:
            await chat.refuse(refusal)
            found = Elements()
        else:
            return True


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


def party_elements(text: str) -> Elements:
    """What a text says of a party. An ID number has no place here and is dropped."""
    return replace(find_elements(text), resident_id="")


def party_in_caption(tx: Tx, actor: Actor, drafts: Drafts, part: str) -> NewParty | None:
    """A recent party whose name contains, or is contained in, a part of a caption."""
    wanted = part.casefold()
    for party in drafts.recent_parties(tx, actor):
        name = party.name.casefold()
        if len(wanted) >= 2 and (wanted in name or name in wanted):
            return party
    return None

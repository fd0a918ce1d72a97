"""The address book in chat: looked through, searched, corrected, merged, deleted."""

from __future__ import annotations

from dataclasses import replace

from handlers.chat import Answer, Chat, Continue, dialogue
from handlers.parties import Typed, merged, typed_party
from handlers.register import checked_person
from handlers.services import Services
from handlers.typed import one_line
from signing.contracts.address_book import Contact, ContactId
from signing.contracts.seating import NewParty
from signing.identity.elements import Elements

PAGE = 6


@dialogue("contacts", command="contacts", passing=True)
async def contacts(chat: Chat, services: Services, words: str = "", page: int = 0) -> None:
    """All entries, the last used first; what is typed is searched for."""
    if await checked_person(chat, services) is None:
        return
    found = await chat.do(services.book.search, words)
    shown = found[page * PAGE : (page + 1) * PAGE]
    last = max(0, (len(found) - 1) // PAGE)
    answer = await chat.answer(
        "contacts.list", text=one_line, shown=shown, words=words, page=page, last=last, count=len(found)
    )
    turned = {"next": page + 1, "before": page - 1}
    if answer.value:
        raise Continue("contacts", words=answer.value[:80])
    if answer.choice in turned:
        raise Continue("contacts", words=words, page=turned[answer.choice])
    if answer.choice == "all":
        raise Continue("contacts")
    raise Continue("contact", contact=str(answer.choice))


@dialogue("contact", argument="contact")
async def contact_(chat: Chat, services: Services, contact: ContactId) -> None:
    """One entry: what is typed corrects it."""
    entry = await chat.do(services.book.view, contact)
    answer: Answer[Typed] = await chat.answer("contacts.card", text=typed_party, entry=entry)
    if answer.choice == "delete":
        await chat.do(services.book.delete, contact)
        await chat.say("contacts.deleted", entry=entry)
        raise Continue("contacts")
    if answer.choice == "merge":
        await merge(chat, services, entry)
    elif answer.choice:
        raise Continue("contacts")
    elif answer.value:
        await chat.do(services.book.change, contact, corrected(entry, answer.value))
    raise Continue("contact", contact=contact)


async def merge(chat: Chat, services: Services, entry: Contact) -> None:
    """Two entries that are one."""
    others = [each for each in await chat.do(services.book.search, "") if each.id != entry.id]
    alike = sorted(others, key=lambda each: not _alike(each, entry))[:PAGE]
    chosen = await chat.choose("contacts.merge", entry=entry, others=alike)
    if chosen != "back":
        await chat.do(services.book.merge, entry.id, ContactId(chosen))


def corrected(entry: Contact, typed: Typed) -> NewParty:
    """The entry with what was typed in place of what it had."""
    before = Elements(entry.contact, "", entry.phone, entry.name, entry.code)
    found = merged(before, replace(typed.found, resident_id=""))
    return NewParty(found.name, found.phone, found.company if found.credit_code else "", found.credit_code)


def _alike(one: Contact, other: Contact) -> bool:
    return (
        one.phone == other.phone
        or one.contact == other.contact
        or (one.code != "" and one.code == other.code)
    )

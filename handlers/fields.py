"""What a party fills in before it signs: asked in order, shown on the page, changed until it is right."""

from __future__ import annotations

from handlers.chat import Answer, Chat, Secret
from handlers.confirm import Cancelled
from handlers.message import Attachment
from handlers.pictures import page_picture
from handlers.services import Services
from handlers.typed import one_line
from signing.contracts.contract import Contract, Party
from signing.contracts.entries import Blank
from signing.errors import SigningError
from signing.identity.elements import resident_id

STOP, LEAVE_EMPTY, READY = "stop", "skip", "ready"


async def fill_in(chat: Chat, services: Services, contract: Contract, party: Party) -> None:
    """Have everything filled in that the party fills in, and agreed to as it looks. Raises Cancelled."""
    if not contract.blanks_of(party.id):
        return
    blanks = await chat.do(services.entries.blanks, contract.id, party.id)
    for blank in blanks:
        if blank.shown is None:
            await ask(chat, services, contract, party, blank)
    while True:
        blanks = await chat.do(services.entries.blanks, contract.id, party.id)
        pictures = await chat.call(services.entries.look, contract.id, party.id)
        chosen = await look(chat, contract, party, blanks, [page_picture(each) for each in pictures])
        if chosen == READY:
            return
        await ask(chat, services, contract, party, next(each for each in blanks if each.area == chosen))


async def ask(chat: Chat, services: Services, contract: Contract, party: Party, blank: Blank) -> None:
    """Ask for one of them until it can be read. Raises Cancelled."""
    while True:
        text = await _typed(chat, contract, party, blank)
        try:
            await chat.do(services.entries.put, contract.id, party.id, blank.area, text)
        except SigningError as refusal:
            await chat.refuse(refusal)
        else:
            return


async def look(
    chat: Chat, contract: Contract, party: Party, blanks: list[Blank], pictures: list[Attachment]
) -> str:
    """Show how it looks; READY, or the place to change. Raises Cancelled."""
    answer: Answer[None] = await chat.answer(
        "fields.look", attachments=pictures, contract=contract, party=party, blanks=blanks
    )
    if answer.choice in (None, STOP):
        raise Cancelled
    return str(answer.choice)


async def _typed(chat: Chat, contract: Contract, party: Party, blank: Blank) -> str | Secret[str]:
    answer: Answer[str] | Answer[Secret[str]]
    if blank.field.is_secret:
        answer = await chat.ask_secret("fields.ask", resident_id, contract=contract, party=party, blank=blank)
    else:
        answer = await chat.answer("fields.ask", text=one_line, contract=contract, party=party, blank=blank)
    if answer.choice == STOP:
        raise Cancelled
    if answer.choice == LEAVE_EMPTY:
        return ""
    return answer.choice or answer.value or ""

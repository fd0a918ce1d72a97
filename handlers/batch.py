"""Several waiting contracts, each looked through, signed with one code."""

from __future__ import annotations

from handlers.chat import Answer, Chat, Continue, dialogue
from handlers.confirm import Agreement, Cancelled, confirm
from handlers.message import Attachment
from handlers.services import Services
from handlers.signature import put_signature
from signing.contracts.batch import Item
from signing.errors import SigningError
from signing.ids import ChallengeId


@dialogue("batch", command="batch", passing=True)
async def batch(chat: Chat, services: Services, without: list[str] | None = None) -> None:
    """Everything that needs nothing but a code; `without` are parties that the person left out."""
    left_out = without or []
    items = [each for each in await chat.do(services.batches.ready) if each.party not in left_out]
    if not items:
        raise Continue("home")
    files = [Attachment(each.current, f"{each.title}.pdf", "application/pdf") for each in items]
    answer: Answer[None] = await chat.answer("batch.card", attachments=files, items=items)
    chosen = answer.choice or ""
    if chosen == "later":
        await chat.say("batch.later", items=items)
    elif chosen == "sign":
        await sign_all(chat, services, items)
    else:
        raise Continue("batch", without=[*left_out, chosen])


async def sign_all(chat: Chat, services: Services, items: list[Item]) -> None:
    """One code, then one signature after the other; one that changed drops out by name."""
    person = await chat.do(services.persons.me)
    if person is None:
        return
    binding = await chat.do(services.batches.binding, items)
    titles = " / ".join(each.title for each in items)
    try:
        challenge = await confirm(chat, services, Agreement(binding, person.phone, "batch", titles))
    except Cancelled:
        await chat.say("batch.later", items=items)
        return
    dropped = [each for each in items if not await _signed(chat, services, each, items, challenge)]
    signed = [each for each in items if each not in dropped]
    await chat.say("batch.done", signed=signed, dropped=dropped)


async def _signed(
    chat: Chat, services: Services, item: Item, items: list[Item], challenge: ChallengeId
) -> bool:
    listed = [each.entry for each in items]
    try:
        await put_signature(chat, services, item.contract, item.party, item.seal, challenge, listed)
    except SigningError:
        return False
    return True

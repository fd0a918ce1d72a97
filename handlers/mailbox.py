"""The mailbox to which codes may go where no text arrives: proven by a code to the phone and one to it."""

from __future__ import annotations

from handlers.chat import Answer, Chat, dialogue
from handlers.confirm import Agreement, confirm
from handlers.inviting import mailbox as address_of
from handlers.register import checked_person
from handlers.services import Services
from signing.mailboxes import ADDED, PROVEN, proof


@dialogue("email", command="email")
async def email(chat: Chat, services: Services) -> None:
    """Which mailbox it is; another one, or none."""
    person = await checked_person(chat, services)
    if person is None:
        return
    if not services.mailboxes.open:
        await chat.say("mailbox.closed")
        return
    hint = await chat.do(services.mailboxes.hint)
    answer: Answer[str] = await chat.answer("mailbox.card", text=address_of, hint=hint, phone=person.phone)
    if answer.choice == "forget":
        await chat.do(services.mailboxes.forget)
    if not answer.value:
        return
    address = answer.value
    texted = await confirm(chat, services, Agreement(proof(ADDED, address), person.phone, ADDED, address))
    mailed = await confirm(chat, services, Agreement(proof(PROVEN, address), "", "mailbox_proof", address))
    await chat.do(services.mailboxes.keep, address, texted, mailed)

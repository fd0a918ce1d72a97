"""Asking for a code: one way for everything that a person must agree to."""

from __future__ import annotations

from dataclasses import dataclass

from handlers.chat import Chat
from handlers.services import Services
from signing.errors import SigningError, Unavailable
from signing.ids import ChallengeId
from signing.seals.keeping import Seal
from signing.texting import TextRefused
from signing.willingness import Asked, Binding, TooMany, TooSoon, code_digits


class Cancelled(SigningError):
    """The person stopped instead of giving the code."""

    code = "cancelled"


@dataclass(frozen=True, slots=True)
class Agreement:
    """What a code is asked for: `block` of confirm.html and of texts.html says it in words; `seal` is what it puts on.

    Without a phone, the code goes to the mailbox that `title` names.
    """

    binding: Binding
    phone: str
    block: str
    title: str = ""
    company: str = ""
    seal: Seal | None = None


@dataclass(frozen=True, slots=True)
class Sent:
    """A code on its way; `mailed` is the mailbox to which it went, "" where it was texted."""

    asked: Asked
    mailed: str = ""


async def confirm(chat: Chat, services: Services, agreement: Agreement) -> ChallengeId:
    """Send a code and have it typed; the accepted challenge. Raises Cancelled, TooSoon, TooMany, TextRefused."""
    mailbox = await chat.do(services.mailboxes.offered, agreement.binding)
    sent = await _first(chat, services, agreement, mailbox)
    block, left = agreement.block, 0
    while True:
        where = {"mailbox": mailbox, "mailed": sent.mailed}
        answer = await chat.ask_secret(
            f"confirm.{block}", code_digits, agreement=agreement, until=sent.asked.until, left=left, **where
        )
        if answer.choice == "cancel":
            raise Cancelled
        if answer.choice:
            mailed = bool(mailbox) and (answer.choice == "mail" or (answer.choice == "again" and sent.mailed))
            sent, block = await _again(chat, services, agreement, sent, bool(mailed)), agreement.block
            continue
        verdict = await chat.do(services.willingness.answer, sent.asked.id, answer.value)
        if verdict.accepted:
            return sent.asked.id
        block, left = "wrong" if verdict.left else "closed", verdict.left


async def _first(chat: Chat, services: Services, agreement: Agreement, mailbox: str) -> Sent:
    """By text; where none goes out, by e-mail to whoever has a mailbox here."""
    try:
        return await _text(chat, services, agreement)
    except (TextRefused, Unavailable):
        if not mailbox:
            raise
    return await _mail(chat, services, agreement)


async def _again(chat: Chat, services: Services, agreement: Agreement, before: Sent, by_mail: bool) -> Sent:
    send = _mail if by_mail else _text
    try:
        return await send(chat, services, agreement)
    except (TooSoon, TooMany) as refusal:
        await chat.refuse(refusal)
        return before


async def _text(chat: Chat, services: Services, agreement: Agreement) -> Sent:
    if not agreement.phone:
        return await _mail(chat, services, agreement)
    asked = await chat.do(services.willingness.ask, agreement.binding, agreement.phone)
    return await _bring(chat, services, agreement, Sent(asked))


async def _mail(chat: Chat, services: Services, agreement: Agreement) -> Sent:
    if agreement.phone:
        asked = await chat.do(services.mailboxes.ask, agreement.binding)
    else:
        asked = await chat.do(services.mailboxes.ask_proof, agreement.title)
    return await _bring(chat, services, agreement, Sent(asked, asked.phone))


async def _bring(chat: Chat, services: Services, agreement: Agreement, sent: Sent) -> Sent:
    language, title = await chat.spoken(), agreement.title
    await chat.call(services.texting.send_code, sent.asked.id, language, agreement.block, title)
    return sent

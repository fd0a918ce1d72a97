"""Asking for a code: one way for everything that a person must agree to."""

from __future__ import annotations

from dataclasses import dataclass

from handlers.chat import Chat
from handlers.services import Services
from signing.errors import SigningError
from signing.ids import ChallengeId
from signing.seals.keeping import Seal
from signing.willingness import Asked, Binding, TooMany, TooSoon, code_digits


class Cancelled(SigningError):
    """The person stopped instead of giving the code."""

    code = "cancelled"


@dataclass(frozen=True, slots=True)
class Agreement:
    """What a code is asked for: `block` of confirm.html and of texts.html says it in words; `seal` is what it puts on."""

    binding: Binding
    phone: str
    block: str
    title: str = ""
    company: str = ""
    seal: Seal | None = None


async def confirm(chat: Chat, services: Services, agreement: Agreement) -> ChallengeId:
    """Send a code and have it typed; the accepted challenge. Raises Cancelled, TooSoon, TooMany."""
    asked = await _send(chat, services, agreement)
    block, left = agreement.block, 0
    while True:
        answer = await chat.ask_secret(
            f"confirm.{block}", code_digits, agreement=agreement, until=asked.until, left=left
        )
        if answer.choice == "cancel":
            raise Cancelled
        if answer.choice == "again":
            asked, block = await _send_again(chat, services, agreement, asked), agreement.block
            continue
        verdict = await chat.do(services.willingness.answer, asked.id, answer.value)
        if verdict.accepted:
            return asked.id
        block, left = "wrong" if verdict.left else "closed", verdict.left


async def _send(chat: Chat, services: Services, agreement: Agreement) -> Asked:
    asked = await chat.do(services.willingness.ask, agreement.binding, agreement.phone)
    language = await chat.spoken()
    await chat.call(services.texting.send_code, asked.id, language, agreement.block, agreement.title)
    return asked


async def _send_again(chat: Chat, services: Services, agreement: Agreement, before: Asked) -> Asked:
    try:
        return await _send(chat, services, agreement)
    except (TooSoon, TooMany) as refusal:
        await chat.refuse(refusal)
        return before

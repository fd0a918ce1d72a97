"""Coming to a company: by an admin's link, or by asking where it is registered already."""

from __future__ import annotations

from dataclasses import dataclass

from handlers.chat import Chat, dialogue
from handlers.register import checked_person
from handlers.services import Services
from signing.actor import Actor
from signing.contracts.invitations import Invitation, Invitations
from signing.membership.joining import Joining, Welcome
from signing.store.port import Tx


@dataclass(frozen=True, slots=True)
class Opened:
    """What a link opens: a contract to sign, or a company to join."""

    contract: Invitation | None
    company: Welcome | None


def open_link(tx: Tx, actor: Actor, invitations: Invitations, joining: Joining, token: str) -> Opened:
    """Whichever it is. Raises InvitationUnknown."""
    if joining.opens(tx, token):
        return Opened(None, joining.open(tx, actor, token))
    return Opened(invitations.open(tx, actor, token), None)


@dialogue("join", argument="invitation")
async def join(chat: Chat, services: Services, invitation: str) -> None:
    """From the notice to somebody who is known here already."""
    await enter(chat, services, await chat.do(services.membership.joining.of, invitation))


async def enter(chat: Chat, services: Services, welcome: Welcome) -> None:
    """One tap, the person's own check where it is missing, and they belong to the company."""
    if await chat.choose("joining.card", welcome=welcome) != "join":
        await chat.say("joining.not_now", welcome=welcome)
        return
    if await checked_person(chat, services, name=welcome.name) is None:
        await chat.say("joining.after_check", welcome=welcome)
        return
    joined = await chat.do(services.membership.joining.accept, welcome.id)
    waiting = await chat.do(services.invitations.waiting)
    await chat.say("joining.welcome", welcome=joined, waiting=waiting)


async def ask_to_join(chat: Chat, services: Services, code: str) -> None:
    """The company is registered already: its admins decide whether this person belongs to it."""
    company = await chat.do(services.membership.requests.askable, code)
    if await chat.choose("joining.taken", name=company.name) != "ask":
        return
    request = await chat.do(services.membership.requests.ask, code)
    await chat.say("joining.asked", request=request)


@dialogue("admit", argument="request")
async def admit(chat: Chat, services: Services, request: str) -> None:
    """An admin lets somebody in, or not."""
    asked = await chat.do(services.membership.requests.view, request)
    answer = await chat.choose("joining.decide", request=asked)
    if answer == "later":
        return
    admitted = answer == "admit"
    decided = await chat.do(services.membership.requests.answer, request, admitted)
    await chat.say("joining.decided", request=decided, admitted=admitted)

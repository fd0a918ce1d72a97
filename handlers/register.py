"""Registration: a phone that is proven, then the real-name check, then whom the person signs for."""

from __future__ import annotations

from handlers.chat import Answer, Chat, dialogue
from handlers.confirm import Agreement, confirm
from handlers.papers import NOT_NOW, agree_to_papers, photo_of
from handlers.registers import ask_register, still_waiting
from handlers.seal import draw_and_keep
from handlers.services import Services
from signing.contracts.invitations import Invitation
from signing.identity.claims import named_document
from signing.identity.elements import find_elements, mobile_number
from signing.identity.providers.base import Outcome
from signing.ids import CheckId
from signing.persons import Person
from signing.willingness import Binding

LANGUAGES = ("en", "zh")


@dialogue("register", command="register", passing=True)
async def register(chat: Chat, services: Services) -> None:
    """Become somebody who can sign."""
    person = await checked_person(chat, services)
    if person is not None:
        await chat.say("register.ready", name=person.name)


async def checked_person(
    chat: Chat, services: Services, invitation: Invitation | None = None, name: str = ""
) -> Person | None:
    """The person behind the chat with their real name checked, as far as it takes; None if that did not work.

    `name` is whom an invitation names: it is not asked for again.
    """
    me = await chat.do(services.persons.me)
    if me is None and not await prove_phone(chat, services, invitation):
        return None
    me = await chat.do(services.persons.me)
    if me is not None and me.checked:
        return me
    return await check_real_name(chat, services, invitation.contact if invitation else name)


async def prove_phone(chat: Chat, services: Services, invitation: Invitation | None = None) -> bool:
    """Bind the chat to a phone number: the messenger's own contact card, or a typed number and its code."""
    while True:
        answer = await chat.answer(
            "register.consent", text=mobile_number, contact=True, invitation=invitation
        )
        if answer.choice in LANGUAGES:
            await chat.speak(answer.choice)
        elif answer.choice:
            await chat.say("register.not_me")
            return False
        else:
            break
    await keep_phone(chat, services, answer)
    return True


async def keep_phone(chat: Chat, services: Services, answer: Answer[str]) -> None:
    """A number that the messenger vouches for, or a typed one that its code proves."""
    if answer.contact is not None:
        phone = mobile_number(answer.contact.phone)
    else:
        phone = answer.value or ""
        await confirm(chat, services, Agreement(Binding(("phone",), phone=phone), phone, "phone"))
    await chat.do(services.persons.register, phone)


async def check_real_name(chat: Chat, services: Services, name: str = "") -> Person | None:
    """Three elements: name, resident ID number, phone. `name` is known from an invitation."""
    if await still_waiting(chat, services):
        return None
    while True:
        check = await chat.do(services.checks.open_person)
        collected = await chat.do(services.checks.expect_name, check, name)
        while collected.missing:
            answer = await chat.ask_secret("register.elements", find_elements, missing=collected.missing)
            if answer.choice:
                await by_document(chat, services)
                return None
            collected = await chat.do(services.checks.collect, check, answer.value)
        outcome = await answered(chat, services, check)
        if outcome is None:
            return None
        person = await chat.do(services.checks.settle_person, check, outcome)
        if person.checked:
            await draw_and_keep(chat, services, person.id, "signature")
            await chat.say("register.passed", name=person.name, tail=person.identity_tail)
            return person
        if await chat.choose("register.failed", outcome=outcome, phone=person.phone) != "again":
            return None
        name = ""


async def answered(chat: Chat, services: Services, check: CheckId) -> Outcome | None:
    """What the register says. Where only the phone differs another number helps on, or an operator; None: not now."""
    while True:
        outcome = await ask_register(chat, services, check)
        me = await chat.do(services.persons.me)
        if outcome is None or outcome.differs != ("phone",) or me is None:
            return outcome
        match await chat.choose("register.phone_differs", phone=me.phone):
            case "phone":
                other = await chat.answer("register.other_phone", text=mobile_number, contact=True)
                await keep_phone(chat, services, other)
                await chat.do(services.checks.ask_anew, check)
            case "review":
                claim = await chat.do(services.claims.open_resident, check)
                if await agree_to_papers(chat, services, "register.document_consent"):
                    await photographed(chat, services, claim, "resident-id")
                return None
            case _:
                await chat.do(services.checks.settle_person, check, outcome)
                await chat.say("register.stopped")
                return None


async def by_document(chat: Chat, services: Services) -> None:
    """Somebody without a resident ID: a passport or permit, which an operator looks at."""
    kind = await chat.choose("register.document_kind")
    if kind == NOT_NOW:
        return
    named = await chat.ask_secret("register.document_name", named_document, kind=kind)
    if named.value is None or not await agree_to_papers(chat, services, "register.document_consent"):
        await chat.say("register.stopped")
        return
    check = await chat.do(services.claims.open_document, kind, named.value)
    await photographed(chat, services, check, kind)


async def photographed(chat: Chat, services: Services, check: CheckId, kind: str) -> None:
    """The photo of a document, and the case for the operators."""
    scan = await photo_of(chat, services, "register.document_photo", kind=kind)
    if scan is None:
        await chat.say("register.stopped")
        return
    await chat.do(services.proofs.keep, check, "document", scan)
    case = await chat.do(services.cases.submit, check)
    await chat.say("register.in_review", number=case.number)

"""Registration: a phone that is proven, then the real-name check, then whom the person signs for."""

from __future__ import annotations

from dataclasses import replace

from handlers.chat import Chat, dialogue
from handlers.confirm import Agreement, confirm
from handlers.seal import draw_and_keep, picture
from handlers.services import Services
from signing.contracts.invitations import Invitation
from signing.identity.elements import Elements, find_elements, mobile_number
from signing.ids import EnterpriseId
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
    chat: Chat, services: Services, invitation: Invitation | None = None
) -> Person | None:
    """The person behind the chat with their real name checked, as far as it takes; None if that did not work."""
    me = await chat.do(services.persons.me)
    if me is None and not await prove_phone(chat, services, invitation):
        return None
    me = await chat.do(services.persons.me)
    if me is not None and me.checked:
        return me
    return await check_real_name(chat, services, invitation.contact if invitation else "")


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
    if answer.contact is not None:
        phone = mobile_number(answer.contact.phone)
    else:
        phone = answer.value or ""
        await confirm(chat, services, Agreement(Binding(("phone",), phone=phone), phone, "phone"))
    await chat.do(services.persons.register, phone)
    return True


async def check_real_name(chat: Chat, services: Services, name: str = "") -> Person | None:
    """Three elements: name, resident ID number, phone. `name` is known from an invitation."""
    while True:
        check = await chat.do(services.checks.open_person)
        collected = await chat.do(services.checks.expect_name, check, name)
        while collected.missing:
            answer = await chat.ask_secret("register.elements", find_elements, missing=collected.missing)
            collected = await chat.do(services.checks.collect, check, answer.value)
        outcome = await chat.call(services.checks.ask_provider, check)
        person = await chat.do(services.checks.settle_person, check, outcome)
        if person.checked:
            await draw_and_keep(chat, services, person.id, "signature")
            await chat.say("register.passed", name=person.name, tail=person.identity_tail)
            return person
        if await chat.choose("register.failed", outcome=outcome, phone=person.phone) != "again":
            return None
        name = ""


@dialogue("company", command="company")
async def company(chat: Chat, services: Services) -> None:
    """Register an enterprise for its legal representative."""
    person = await checked_person(chat, services)
    if person is None:
        return
    found = Elements()
    while not (found.company and found.credit_code):
        answer = await chat.answer("company.which", text=company_elements, found=found)
        found = _merged(found, answer.value or Elements())
    enterprise = await register_company(chat, services, found.company, found.credit_code)
    if enterprise is None:
        return
    if await chat.choose("company.passed", name=found.company) == "seal":
        seal = await draw_and_keep(chat, services, enterprise, "contract")
        await chat.say("seal.made", attachments=[picture(seal, found.company)], company=found.company)


async def register_company(chat: Chat, services: Services, name: str, code: str) -> EnterpriseId | None:
    """Check an enterprise for whoever talks; None, and said why, where that did not work."""
    check = await chat.do(services.checks.open_enterprise, name, code)
    outcome = await chat.call(services.checks.ask_provider, check)
    enterprise = await chat.do(services.checks.settle_enterprise, check, outcome)
    if enterprise is None:
        await chat.say("company.failed", name=name, outcome=outcome)
    return enterprise


def company_elements(text: str) -> Elements:
    """Name and credit code of a company; a name without a legal form is one too."""
    found = find_elements(text)
    return replace(found, company=found.company or found.name, name="", resident_id="", phone="")


def _merged(first: Elements, second: Elements) -> Elements:
    return Elements(
        company=second.company or first.company, credit_code=second.credit_code or first.credit_code
    )

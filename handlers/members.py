"""The people of a company: who they are, inviting, roles, removing, handing over, leaving."""

from __future__ import annotations

from handlers.acting import companies_in_mind
from handlers.chat import Answer, Chat, Continue, dialogue
from handlers.confirm import Agreement, Cancelled, confirm
from handlers.parties import party_elements
from handlers.register import checked_person
from handlers.seal import pick_company
from handlers.services import Services
from signing.identity.elements import Elements, NotAName
from signing.ids import ChallengeId, EnterpriseId, PersonId
from signing.membership.members import Member, Purpose, Staff


@dialogue("members", command="members", passing=True)
async def members(chat: Chat, services: Services, enterprise: EnterpriseId | None = None) -> None:
    """Everybody who belongs to a company; for its admin, what can be done."""
    person = await checked_person(chat, services)
    if person is None:
        return
    companies = await companies_in_mind(chat, services)
    if not companies:
        await chat.say("members.none")
        return
    company = enterprise or (await pick_company(chat, companies)).id
    staff = await chat.do(services.membership.members.staff, company)
    answer: Answer[None] = await chat.answer("members.card", staff=staff)
    chosen = answer.choice or ""
    if chosen in CHOICES:
        await CHOICES[chosen](chat, services, staff)
    else:
        await one_member(chat, services, staff, PersonId(chosen))


async def invite(chat: Chat, services: Services, staff: Staff) -> None:
    """A name, and a phone where I shall text the link."""
    answer = await chat.answer("members.who", text=colleague, staff=staff)
    if answer.value is None:
        raise Continue("members", enterprise=staff.enterprise)
    found = answer.value
    await chat.do(services.membership.joining.invite, staff.enterprise, found.name, found.phone)


async def withdraw(chat: Chat, services: Services, staff: Staff) -> None:
    await chat.do(services.membership.joining.withdraw, staff.enterprise)
    raise Continue("members", enterprise=staff.enterprise)


async def look_back(chat: Chat, services: Services, staff: Staff) -> None:
    """What happened in the company."""
    events = await chat.do(services.membership.members.history, staff.enterprise)
    await chat.choose("members.history", staff=staff, events=events)
    raise Continue("members", enterprise=staff.enterprise)


async def leave(chat: Chat, services: Services, staff: Staff) -> None:
    """One named tap."""
    if await chat.choose("members.leave", staff=staff) != "leave":
        raise Continue("members", enterprise=staff.enterprise)
    left = await chat.do(services.membership.members.leave, staff.enterprise)
    await chat.say("members.you_left", left=left)


CHOICES = {"invite": invite, "withdraw": withdraw, "history": look_back, "leave": leave}


async def one_member(chat: Chat, services: Services, staff: Staff, person: PersonId) -> None:
    """One colleague, as their admin sees them."""
    member = await chat.do(services.membership.members.view, staff.enterprise, person)
    match await chat.choose("members.one", staff=staff, member=member):
        case "remove":
            await remove(chat, services, staff, member)
        case "member":
            await chat.do(services.membership.members.make_member, staff.enterprise, person)
        case "admin":
            await make_admin(chat, services, staff, member)
        case "hand":
            await hand_over(chat, services, staff, member)
    raise Continue("members", enterprise=staff.enterprise)


async def remove(chat: Chat, services: Services, staff: Staff, member: Member) -> None:
    """One named tap; it holds at once."""
    if await chat.choose("members.remove", staff=staff, member=member) == "remove":
        left = await chat.do(services.membership.members.remove, staff.enterprise, member.person)
        await chat.say("members.removed", left=left)


async def make_admin(chat: Chat, services: Services, staff: Staff, member: Member) -> None:
    challenge = await agreed(chat, services, staff, member, "make-admin", "make_admin")
    if challenge is not None:
        await chat.do(services.membership.members.make_admin, staff.enterprise, member.person, challenge)
        await chat.say("members.admin", staff=staff, member=member)


async def hand_over(chat: Chat, services: Services, staff: Staff, member: Member) -> None:
    challenge = await agreed(chat, services, staff, member, "hand-over", "hand_over")
    if challenge is not None:
        await chat.do(services.membership.members.hand_over, staff.enterprise, member.person, challenge)
        await chat.say("members.handed", staff=staff, member=member)


async def agreed(
    chat: Chat, services: Services, staff: Staff, member: Member, purpose: Purpose, block: str
) -> ChallengeId | None:
    """The code for another admin; None where the person would rather not."""
    binding = await chat.do(services.membership.members.binding, staff.enterprise, member.person, purpose)
    me = await chat.do(services.persons.me)
    assert me is not None
    try:
        return await confirm(chat, services, Agreement(binding, me.phone, block, member.name, staff.name))
    except Cancelled:
        return None


def colleague(text: str) -> Elements:
    """A colleague's name, and their phone where it was given. Raises NotAName, NothingFound."""
    found = party_elements(text)
    if not found.name:
        raise NotAName
    return found

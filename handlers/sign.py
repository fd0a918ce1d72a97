"""A signer's way: the invitation, who they are, reading, then seal and code, or a refusal with its reason."""

from __future__ import annotations

from handlers.chat import Answer, Chat, Continue, Secret, dialogue
from handlers.company import register_company
from handlers.confirm import Agreement, Cancelled, confirm
from handlers.corrections import ask_to_correct
from handlers.fields import fill_in
from handlers.joining import ask_to_join, enter, open_link
from handlers.lending import ask_for_seal
from handlers.message import Attachment
from handlers.my_signature import another_seal
from handlers.pictures import page_picture
from handlers.register import checked_person
from handlers.seal import draw_and_keep
from handlers.services import Services
from handlers.signature import put_signature
from signing.contracts.contract import Contract, Party
from signing.contracts.endings import clean_reason
from signing.contracts.invitations import Invitation, OtherName
from signing.enterprises import NotAMember
from signing.ids import PartyId, PersonId
from signing.seals.keeping import Seal

REASONS = ("terms", "party", "agreed")


@dialogue("start", command="start", argument="token", secret=True)
async def start(chat: Chat, services: Services, token: Secret[str] | None = None) -> None:
    """The first word: a link's token opens its invitation, without one the talk begins at home."""
    if token is None:
        raise Continue("home")
    opened = await chat.do(open_link, services.invitations, services.membership.joining, token)
    if opened.company is not None:
        await enter(chat, services, opened.company)
    elif opened.contract is not None:
        await sign_for(chat, services, opened.contract)


@dialogue("sign", argument="party")
async def sign(chat: Chat, services: Services, party: PartyId) -> None:
    """Sign what waits for the person."""
    await sign_for(chat, services, await chat.do(services.invitations.of_party, party))


@dialogue("quick", argument="party")
async def quick(chat: Chat, services: Services, party: PartyId) -> None:
    """Sign straight from a request that showed the document already."""
    invitation = await chat.do(services.invitations.of_party, party)
    contract = await let_in(chat, services, invitation)
    if contract is None:
        return
    mine = contract.party(party)
    seals = await chat.do(services.seal_choice.offered, contract.id, party)
    if not seals:
        raise Continue("sign", party=party)
    try:
        await say_yes(chat, services, contract, mine, seals)
    except Cancelled:
        await chat.say("sign.not_signed", title=contract.title)


@dialogue("refuse", argument="party")
async def refuse(chat: Chat, services: Services, party: PartyId) -> None:
    """Refuse what waits for the person, from a reminder's button."""
    contract = await let_in(chat, services, await chat.do(services.invitations.of_party, party))
    if contract is not None:
        await say_no(chat, services, contract, contract.party(party))


@dialogue("tomorrow", argument="party")
async def tomorrow(chat: Chat, services: Services, party: PartyId) -> None:
    """Hear of it again tomorrow."""
    await chat.say("sign.tomorrow", at=await chat.do(services.reminders.tomorrow, party))


async def sign_for(chat: Chat, services: Services, invitation: Invitation) -> None:
    """Let the signer in, show what is to be signed, and do what they decide."""
    try:
        contract = await let_in(chat, services, invitation)
        if contract is not None:
            await decide(chat, services, contract, contract.party(invitation.party))
    except Cancelled:
        await chat.say("sign.not_signed", title=invitation.title)


async def let_in(chat: Chat, services: Services, invitation: Invitation) -> Contract | None:
    """One requirement after the other, none asked twice; None where one was not met."""
    while need := await still_needed(chat, services, invitation):
        if need == "name":
            await ask_to_correct(chat, services, invitation.party)
            return None
        if need == "membership":
            await ask_to_join(chat, services, invitation.code)
            return None
        if need == "enterprise":
            met: object = await register_company(chat, services, invitation.principal, invitation.code)
        else:
            met = await checked_person(chat, services, invitation)
        if met is None:
            return None
    return await chat.do(services.invitations.admit, invitation.party)


async def still_needed(chat: Chat, services: Services, invitation: Invitation) -> str:
    """What is required next; `membership` where the company is registered without this person, `name` where the
    sender wrote another one."""
    try:
        return await chat.do(services.invitations.needs, invitation.party)
    except NotAMember:
        return "membership"
    except OtherName:
        return "name"


async def decide(chat: Chat, services: Services, contract: Contract, party: Party) -> None:
    """Show the document and take the decision."""
    seals = await chat.do(services.seal_choice.offered, contract.id, party.id)
    keeper = await chat.do(services.seals.is_keeper, party.principal)
    sheets = await chat.call(services.papers.overview, contract.id)
    places = await chat.call(services.papers.places, contract.id, 4)
    document = Attachment(contract.current, f"{contract.title}.pdf", "application/pdf")
    pictures = [page_picture(each) for each in dict.fromkeys([*sheets, *places])]
    answer: Answer[None] = await chat.answer(
        "sign.card",
        attachments=[document, *pictures],
        contract=contract,
        party=party,
        seals=seals,
        keeper=keeper,
    )
    if answer.choice == "ask":
        await ask_for_seal(chat, services, contract, party)
    elif answer.choice == "other":
        chosen = await another_seal(chat, services, party, seals)
        if chosen is None:
            raise Continue("sign", party=party.id)
        await say_yes(chat, services, contract, party, [chosen])
    elif answer.choice == "refuse":
        await say_no(chat, services, contract, party)
    elif answer.choice == "hand":
        await hand_over(chat, services, contract, party)
    elif answer.choice == "sign":
        await say_yes(chat, services, contract, party, seals)
    else:
        await chat.say("sign.later", contract=contract)


async def hand_over(chat: Chat, services: Services, contract: Contract, party: Party) -> None:
    """A colleague signs instead."""
    colleagues = await chat.do(services.signers.colleagues, contract.id, party.id)
    chosen = await chat.choose("sign.hand", contract=contract, party=party, colleagues=colleagues)
    if chosen == "back":
        raise Continue("sign", party=party.id)
    changed = await chat.do(services.signers.hand_over, contract.id, party.id, PersonId(chosen))
    await chat.say("sign.handed", contract=changed, party=changed.party(party.id))


async def say_yes(
    chat: Chat, services: Services, contract: Contract, party: Party, seals: list[Seal]
) -> None:
    """What the party fills in, then seal and code; a company without a seal gets one made on the way."""
    await fill_in(chat, services, contract, party)
    kind = "contract" if party.kind == "enterprise" else "signature"
    seal = seals[0] if seals else await draw_and_keep(chat, services, str(party.principal), kind)
    binding = await chat.do(services.signatures.binding, contract.id, party.id, seal.id)
    agreement = Agreement(binding, party.phone, "seal", contract.title, party.name, seal)
    challenge = await confirm(chat, services, agreement)
    signed = await put_signature(chat, services, contract.id, party.id, seal.id, challenge)
    await chat.say("sign.signed", contract=signed, party=signed.party(party.id))


async def say_no(chat: Chat, services: Services, contract: Contract, party: Party) -> None:
    """A refusal needs a reason and one named tap."""
    answer = await chat.answer("sign.why", text=clean_reason, contract=contract)
    if answer.choice == "back":
        await chat.say("sign.later", contract=contract)
        return
    chosen = answer.choice if answer.choice in REASONS else ""
    reason = answer.value or ""
    if await chat.choose("sign.refuse", contract=contract, chosen=chosen, reason=reason) != "refuse":
        await chat.say("sign.later", contract=contract)
        return
    ended = await chat.do(services.endings.refuse, contract.id, party.id, reason or chosen)
    await chat.say("sign.refused", contract=ended)

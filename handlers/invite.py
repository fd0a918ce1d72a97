"""How a party gets its invitation once more: passed on by the sender, or sent."""

from __future__ import annotations

from handlers.chat import Answer, Chat, Continue, dialogue
from handlers.inviting import mailbox
from handlers.services import Services
from signing.contracts.contract import Contract
from signing.ids import PartyId


@dialogue("invite", argument="party")
async def invite(chat: Chat, services: Services, party: PartyId) -> None:
    """The sender's choice of ways."""
    contract = await chat.do(services.invitations.sent, party)
    chosen = await chat.choose(
        "invite.card", contract=contract, party=contract.party(party), mails=services.inviting.mails
    )
    if chosen == "link":
        await chat.do(services.inviting.link, contract.id, party)
    elif chosen == "picture":
        await chat.do(services.inviting.picture, contract.id, party)
    elif chosen == "text":
        await chat.do(services.inviting.text, contract.id, party)
        await chat.say("invite.sent", to=contract.party(party).phone[-4:])
    elif chosen == "mail":
        await by_mail(chat, services, contract, party)
    else:
        raise Continue("status", contract=contract.id)


async def by_mail(chat: Chat, services: Services, contract: Contract, party: PartyId) -> None:
    """To a mailbox that the sender types."""
    named = contract.party(party)
    answer: Answer[str] = await chat.answer("invite.mailbox", text=mailbox, party=named)
    if not answer.value:
        raise Continue("invite", party=party)
    await chat.do(services.inviting.mail, contract.id, party, answer.value)
    await chat.say("invite.sent", to=answer.value)

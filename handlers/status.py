"""How a contract stands, for its sender: who has signed, whom it waits for, withdraw, the file."""

from __future__ import annotations

from handlers.chat import Chat, Continue, dialogue
from handlers.contracts import signed_file
from handlers.parties import merged, party_elements
from handlers.services import Services
from signing.contracts.contract import Contract
from signing.contracts.endings import clean_reason
from signing.identity.elements import Elements
from signing.ids import ContractId, PartyId


@dialogue("status", argument="contract", idle=True)
async def status(chat: Chat, services: Services, contract: ContractId, quiet: bool = False) -> None:
    """The contract's card. `quiet` is the card right after it was started."""
    view = await chat.do(services.drafts.view, contract)
    if view.state != "signing":
        await chat.say("status.ended", contract=view, attachments=[signed_file(view)])
        return
    chosen = await chat.choose("status.started" if quiet else "status.card", contract=view)
    if chosen in CHOICES:
        await CHOICES[chosen](chat, services, view)
    else:
        raise Continue("status", contract=contract)


async def remind(chat: Chat, services: Services, view: Contract) -> None:
    """Remind everyone who is missing, now."""
    reminded = await chat.do(services.reminders.by_sender, view.id)
    await chat.say("status.reminded", parties=reminded)


async def extend(chat: Chat, services: Services, view: Contract) -> None:
    """Give everyone more time."""
    raise Continue("extend", contract=view.id)


async def change_signer(chat: Chat, services: Services, view: Contract) -> None:
    """Somebody else signs for a party."""
    missing = [each for each in view.waiting if each.position > 1]
    party = missing[0].id if len(missing) == 1 else await chat.choose("status.whose_signer", parties=missing)
    found = Elements()
    while not (found.name and found.phone):
        answer = await chat.answer("status.signer", text=party_elements, party=view.party(PartyId(party)))
        if answer.choice:
            raise Continue("status", contract=view.id)
        found = merged(found, answer.value or Elements())
    changed = await chat.do(services.signers.replace, view.id, PartyId(party), found.name, found.phone)
    await chat.say("status.signer_changed", contract=changed, party=changed.party(PartyId(party)))


async def give_link(chat: Chat, services: Services, view: Contract) -> None:
    """The invitation of a party whose turn it is, to pass on or to send again."""
    missing = [each for each in view.due if each.person != view.sender]
    party = missing[0].id if len(missing) == 1 else await chat.choose("status.whose_link", parties=missing)
    raise Continue("invite", party=party)


async def take_back(chat: Chat, services: Services, view: Contract) -> None:
    """Withdraw, with a reason that everyone reads."""
    answer = await chat.answer("status.why", text=clean_reason, contract=view)
    if not answer.value:
        raise Continue("status", contract=view.id)
    if await chat.choose("status.withdraw", contract=view, reason=answer.value) != "withdraw":
        raise Continue("status", contract=view.id)
    ended = await chat.do(services.endings.withdraw, view.id, answer.value)
    await chat.say("status.withdrawn", contract=ended)


async def set_reminders(chat: Chat, services: Services, view: Contract) -> None:
    """When the clock reminds."""
    raise Continue("reminders", contract=view.id)


CHOICES = {
    "reminders": set_reminders,
    "withdraw": take_back,
    "remind": remind,
    "extend": extend,
    "link": give_link,
    "signer": change_signer,
}

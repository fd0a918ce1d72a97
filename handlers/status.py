"""How a contract stands, for its sender: who has signed, whom it waits for, withdraw, the file."""

from __future__ import annotations

from handlers.chat import Chat, Continue, dialogue
from handlers.message import Attachment
from handlers.services import Services
from handlers.start import invite_party
from signing.contracts.contract import Contract
from signing.contracts.endings import clean_reason
from signing.ids import ContractId


@dialogue("status", argument="contract")
async def status(chat: Chat, services: Services, contract: ContractId, quiet: bool = False) -> None:
    """The contract's card. `quiet` is the card right after it was started."""
    view = await chat.do(services.drafts.view, contract)
    if view.state != "signing":
        await chat.say("status.ended", contract=view, attachments=[signed_file(view)])
        return
    chosen = await chat.choose("status.started" if quiet else "status.card", contract=view)
    if chosen == "withdraw":
        await take_back(chat, services, view)
    elif chosen == "remind":
        for party in view.waiting:
            if party.person != view.sender:
                await invite_party(chat, services, view, party)
        await chat.say("status.reminded", contract=view)
    else:
        raise Continue("status", contract=contract)


async def take_back(chat: Chat, services: Services, view: Contract) -> None:
    """Withdraw, with a reason that everyone reads."""
    answer = await chat.answer("status.why", text=clean_reason, contract=view)
    if not answer.value:
        raise Continue("status", contract=view.id)
    if await chat.choose("status.withdraw", contract=view, reason=answer.value) != "withdraw":
        raise Continue("status", contract=view.id)
    ended = await chat.do(services.endings.withdraw, view.id, answer.value)
    await chat.say("status.withdrawn", contract=ended)


def signed_file(contract: Contract) -> Attachment:
    """The PDF as it stands."""
    return Attachment(contract.current, f"{contract.title}-signed.pdf", "application/pdf")

"""When a contract's parties are reminded before its deadline."""

from __future__ import annotations

from handlers.chat import Chat, Continue, dialogue
from handlers.services import Services
from signing.ids import ContractId

HOURS = (168, 72, 24, 3)
"""Before the deadline, on the card."""


@dialogue("reminders", argument="contract")
async def reminders(chat: Chat, services: Services, contract: ContractId) -> None:
    """The sender switches each of them on or off."""
    view = await chat.do(services.drafts.view, contract)
    before = await chat.do(services.reminders.before, contract)
    chosen = await chat.choose("reminding.card", contract=view, before=before, hours=HOURS)
    if chosen == "back":
        raise Continue("status", contract=contract)
    hours = int(chosen.removeprefix("h"))
    wanted = [each for each in (*before, hours) if not (each == hours and hours in before)]
    await chat.do(services.reminders.set_before, contract, wanted)
    raise Continue("reminders", contract=contract)

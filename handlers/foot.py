"""A QR code and the contract's number at the foot of the last page, on request."""

from __future__ import annotations

from handlers.chat import Chat, Continue, dialogue
from handlers.services import Services
from signing.errors import SigningError
from signing.ids import ContractId


@dialogue("foot", argument="contract")
async def foot(chat: Chat, services: Services, contract: ContractId) -> None:
    """Put it on a draft, or take it off again."""
    view = await chat.do(services.drafts.view, contract)
    try:
        if not view.number:
            await chat.call(services.feet.has_room, contract)
        await chat.do(services.feet.switch, contract)
    except SigningError as refusal:
        await chat.refuse(refusal)
    raise Continue("draft", contract=contract)

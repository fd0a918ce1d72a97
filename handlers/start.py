"""Starting a contract, and sealing it in the same breath."""

from __future__ import annotations

from handlers.chat import Chat
from handlers.confirm import Agreement, confirm
from handlers.fields import fill_in
from handlers.services import Services
from handlers.signature import put_signature
from signing.contracts.contract import Contract
from signing.ids import SealId


async def start(chat: Chat, services: Services, draft: Contract, sealing: bool) -> None:
    """One code, then the contract starts, the others are invited and the sender's seal is put on it.

    Raises what stops it: PlanChanged, NotReady, Cancelled, NoSeal ...
    """
    await chat.do(services.initiating.require_ready, draft.id, draft.plan)
    sender = draft.parties[0]
    usable = await chat.do(services.seals.usable, sender.principal)
    seal = (
        next((each.id for each in usable if each.id == sender.seal), usable[0].id) if sealing else SealId("")
    )
    if sealing:
        await fill_in(chat, services, draft, sender)
    prepared = await chat.call(services.initiating.prepare, draft.id, draft.plan)
    binding = await chat.do(services.initiating.binding, draft, prepared, seal)
    block = "start_and_seal" if sealing else "start"
    challenge = await confirm(
        chat, services, Agreement(binding, sender.phone, block, draft.title, sender.name)
    )
    started = await chat.do(
        services.initiating.initiate, draft.id, draft.plan, prepared, challenge, binding.seal
    )
    if sealing:
        await put_signature(chat, services, started.id, sender.id, seal, challenge)

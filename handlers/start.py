"""Starting a contract, and sealing it in the same breath."""

from __future__ import annotations

from handlers.chat import Chat
from handlers.confirm import Agreement, confirm
from handlers.fields import fill_in
from handlers.services import Services
from handlers.signature import put_signature
from signing.contracts.contract import Contract
from signing.seals.keeping import NoSeal, Seal


async def start(chat: Chat, services: Services, draft: Contract, sealing: bool) -> None:
    """One code, then the contract starts, the others are invited and the sender's seal is put on it.

    Raises what stops it: PlanChanged, NotReady, Cancelled, NoSeal ...
    """
    await chat.do(services.initiating.require_ready, draft.id, draft.plan)
    sender = draft.parties[0]
    seal = await seal_of_sender(chat, services, draft) if sealing else None
    if seal:
        await fill_in(chat, services, draft, sender)
    prepared = await chat.call(services.initiating.prepare, draft.id, draft.plan)
    binding = await chat.do(services.initiating.binding, draft, prepared, seal.id if seal else "")
    block = "start_and_seal" if seal else "start"
    agreement = Agreement(binding, sender.phone, block, draft.title, sender.name, seal)
    challenge = await confirm(chat, services, agreement)
    started = await chat.do(
        services.initiating.initiate, draft.id, draft.plan, prepared, challenge, binding.seal
    )
    if seal:
        await put_signature(chat, services, started.id, sender.id, seal.id, challenge)


async def seal_of_sender(chat: Chat, services: Services, draft: Contract) -> Seal:
    """What goes on the sender's own line. Raises NoSeal."""
    offered = await chat.do(services.seal_choice.offered, draft.id, draft.parties[0].id)
    if not offered:
        raise NoSeal
    return offered[0]

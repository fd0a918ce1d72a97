"""Starting a contract, and sealing it in the same breath."""

from __future__ import annotations

from handlers.chat import Chat
from handlers.confirm import Agreement, confirm
from handlers.fields import fill_in
from handlers.message import Attachment
from handlers.pictures import page_picture
from handlers.services import Services
from handlers.signature import put_signature
from signing.contracts.contract import Contract, Party

PICTURES = 4


async def start(chat: Chat, services: Services, draft: Contract, sealing: bool) -> None:
    """One code, then the contract starts, the others are invited and the sender's seal is put on it.

    Raises what stops it: PlanChanged, NotReady, Cancelled, NoSeal ...
    """
    await chat.do(services.initiating.require_ready, draft.id, draft.plan)
    sender = draft.parties[0]
    usable = await chat.do(services.seals.usable, sender.principal)
    seal = usable[0].id if sealing else ""
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
    await invite(chat, services, started)
    if sealing:
        await put_signature(chat, services, started.id, sender.id, usable[0].id, challenge)


async def invite(chat: Chat, services: Services, contract: Contract) -> None:
    """Each other party hears of it: in chat who is known here, by a text with a link who is not."""
    for party in contract.parties[1:]:
        await invite_party(chat, services, contract, party)


async def invite_party(chat: Chat, services: Services, contract: Contract, party: Party) -> None:
    """Who is known and needs nothing but a code gets the document with the request, and signs from there."""
    reached = await chat.do(services.invitations.reached, party.id)
    if reached is None:
        await chat.call(services.texting.send_invitation, party.id, await chat.spoken())
        return
    files: list[Attachment] = []
    if reached.ready:
        places = await chat.call(services.papers.places, contract.id, PICTURES)
        document = Attachment(contract.current, f"{contract.title}.pdf", "application/pdf")
        files = [document, *(page_picture(each) for each in places)]
    block = "notices.request" if reached.ready else "notices.invited"
    sender = contract.parties[0]
    await chat.tell(reached.person, block, attachments=files, contract=contract, party=party, sender=sender)

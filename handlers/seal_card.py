"""One seal and what its keeper can do with it: name it, make it the default, suspend it, retire it."""

from __future__ import annotations

from handlers.chat import Answer, Chat, Continue, dialogue
from handlers.seal import picture
from handlers.services import Services
from signing.ids import SealId
from signing.seals.keeping import Seal
from signing.seals.typed import seal_name

STATES = {"suspend": "suspended", "again": "usable", "retire": "retired"}


@dialogue("keep", argument="seal")
async def keep(chat: Chat, services: Services, seal: SealId) -> None:
    """Show a seal with its record of uses, and do what its keeper wants."""
    uses = await chat.do(services.seals.uses, seal)
    kept = await chat.do(services.seals.view, seal)
    usable = [each.id for each in await chat.do(services.seals.usable, kept.owner)]
    owner = await chat.do(services.seals.owner_name, seal)
    answer: Answer[None] = await chat.answer(
        "seal_card.card",
        attachments=[picture(kept, owner)],
        seal=kept,
        owner=owner,
        uses=uses,
        grants=await chat.do(services.grants.given, seal),
        first=usable[:1] == [seal],
        others=len(set(usable) - {seal}),
    )
    if answer.choice == "lend":
        raise Continue("give", seal=seal)
    if answer.choice == "rename":
        await rename(chat, services, kept)
    elif answer.choice == "prefer":
        await chat.say("seal_card.preferred", seal=await chat.do(services.seals.prefer, seal))
    elif answer.choice in STATES:
        changed = await chat.do(services.seals.set_state, seal, STATES[answer.choice])
        await chat.say("seal_card.changed", seal=changed)


async def rename(chat: Chat, services: Services, seal: Seal) -> None:
    """A name to tell it from others by."""
    answer = await chat.answer("seal_card.name", text=seal_name, seal=seal)
    if answer.value is None:
        raise Continue("keep", seal=seal.id)
    await chat.say("seal_card.named", seal=await chat.do(services.seals.rename, seal.id, answer.value))


@dialogue("unretire", argument="seal")
async def unretire(chat: Chat, services: Services, seal: SealId) -> None:
    """Take back that a seal was retired."""
    await chat.do(services.seals.bring_back, seal)
    raise Continue("keep", seal=seal)

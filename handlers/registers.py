"""Asking the register in chat, also when it does not answer: then the person hears of it later."""

from __future__ import annotations

from handlers.chat import Chat, Continue, dialogue
from handlers.services import Services
from signing.identity.providers.base import Outcome, ProviderDown
from signing.ids import CheckId


async def ask_register(chat: Chat, services: Services, check: CheckId) -> Outcome | None:
    """What the register says; None, and said when it is asked next, where it does not answer."""
    try:
        return await chat.call(services.checks.ask_provider, check)
    except ProviderDown:
        await chat.say("registers.down", due=await chat.do(services.later_tries.wait, check))
        return None


async def still_waiting(chat: Chat, services: Services) -> bool:
    """Whether the person's own check waits for the register; then they are told, not asked again."""
    due = await chat.do(services.later_tries.mine)
    if due is not None:
        await chat.say("registers.waiting", due=due)
    return due is not None


@dialogue("anew")
async def anew(chat: Chat, services: Services) -> None:
    """Enter something else instead of waiting for the register."""
    await chat.do(services.later_tries.drop)
    raise Continue("register")

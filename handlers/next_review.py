"""What an operator gets next, without asking."""

from __future__ import annotations

from handlers.chat import Chat, Continue
from handlers.services import Services


async def next_review(chat: Chat, services: Services) -> None:
    """Go on with the oldest case that nobody has, else with the oldest seal; return where nothing waits."""
    case = await chat.do(services.cases.take_next)
    if case is not None:
        raise Continue("review", case=case.id)
    seal = await chat.do(services.seal_reviews.take_next)
    if seal is not None:
        raise Continue("seal-review", seal=seal.seal)

"""The door: an update is in the inbox, durably, before Telegram is told that we have it; then a tap is answered."""

from __future__ import annotations

import asyncio
import logging
from collections.abc import Awaitable, Callable, Coroutine, Mapping
from typing import Any

from bot.messengers.telegram import NAME, toast, written
from bot.messengers.telegram_api import NoAnswer, Refused, Transport
from bot.messengers.telegram_inline import Inline
from bot.messengers.telegram_updates import Envelope, NotForUs, envelope

Receive = Callable[[str, str, str, str, str], Awaitable[bool]]
"""The inbox's: messenger, update, address, payload, language; False if the update was there already."""

log = logging.getLogger(__name__)


async def take_in(receive: Receive, bot: str, update: Mapping[str, Any]) -> Envelope | None:
    """Bring an update to the inbox; None where it is not for us or was there already.

    Update numbers belong to a bot: its own number is part of the key, so that another bot's cannot collide.
    """
    try:
        around = envelope(update)
    except NotForUs:
        return None
    key = f"{bot}:{around.update}"
    new = await receive(NAME, key, around.address, written(update), around.language)
    return around if new else None


class Reception:
    """Takes updates of a bot that is ours alone, from polling or from the webhook."""

    def __init__(self, transport: Transport, receive: Receive, inline: Inline | None = None) -> None:
        self._transport = transport
        self._receive = receive
        self._inline = inline
        self._answers: set[asyncio.Task[None]] = set()

    async def take(self, update: Mapping[str, Any]) -> None:
        """When this returns the update is durable. Its tap or its inline query, if it is one, is being answered."""
        if self._inline and isinstance(query := update.get("inline_query"), Mapping):
            self._begin(self._inline.answer(self._transport, query))
            return
        around = await take_in(self._receive, self._transport.bot_id, update)
        if around is not None and around.tap:
            self._begin(self._answer(around.tap))

    def _begin(self, answering: Coroutine[None, None, None]) -> None:
        answer = asyncio.create_task(answering)
        self._answers.add(answer)
        answer.add_done_callback(self._answers.discard)

    async def _answer(self, query: str) -> None:
        """Free, and before any work: the person's button stops turning. Too late is no harm, the card will say it."""
        try:
            await self._transport.call("answerCallbackQuery", toast(query), seconds=10)
        except (Refused, NoAnswer) as error:
            log.debug("a tap was not answered: %s", type(error).__name__)

    async def close(self) -> None:
        """Let the answers under way finish."""
        await asyncio.gather(*self._answers, return_exceptions=True)

"""The door: an update is in the inbox, durably, before Telegram is told that we have it; then a tap is answered."""

from __future__ import annotations

import asyncio
import logging
from collections.abc import Awaitable, Callable, Coroutine, Mapping
from typing import Any

from bot.messengers.telegram import NAME, toast, written
from bot.messengers.telegram_api import NoAnswer, Refused, Transport
from bot.messengers.telegram_inline import Inline
from bot.messengers.telegram_updates import Envelope, NotForUs, addressed_elsewhere, envelope
from bot.messengers.telegram_words import Words, house_words

Receive = Callable[[str, str, str, str, str], Awaitable[bool]]
"""The inbox's: messenger, update, address, payload, language; False if the update was there already."""

SECONDS = 10
EYES = [{"type": "emoji", "emoji": "\N{EYES}"}]

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


class Door:
    """What is answered before any work: a tap, so that its button stops turning; a file, with a pair of eyes.

    Free, and too late is no harm: the card will say it.
    """

    def __init__(self, words: Words | None = None) -> None:
        self._words = words or house_words()

    async def greet(self, transport: Transport, around: Envelope) -> None:
        language = "zh" if around.language.lower().startswith("zh") else "en"
        text = self._words(language, "board.toast") if around.group else ""
        if around.tap:
            await _tried(transport, "answerCallbackQuery", toast(around.tap, text))
        if around.file:
            seen = {"chat_id": around.address, "message_id": int(around.file), "reaction": EYES}
            await _tried(transport, "setMessageReaction", seen)


async def _tried(transport: Transport, method: str, fields: Mapping[str, Any]) -> None:
    try:
        await transport.call(method, fields, seconds=SECONDS)
    except (Refused, NoAnswer) as error:
        log.debug("%s was in vain: %s", method, type(error).__name__)


class Reception:
    """Takes updates of a bot that is ours alone, from polling or from the webhook. `username` is the bot's."""

    def __init__(
        self,
        transport: Transport,
        receive: Receive,
        door: Door,
        inline: Inline | None = None,
        username: str = "",
    ) -> None:
        self._transport = transport
        self._receive = receive
        self._door = door
        self._inline = inline
        self._username = username
        self._answers: set[asyncio.Task[None]] = set()

    async def take(self, update: Mapping[str, Any]) -> None:
        """When this returns the update is durable, and what is answered at the door is being answered."""
        if isinstance(query := update.get("inline_query"), Mapping):
            if self._inline:
                self._begin(self._inline.answer(self._transport, query))
            return
        if self._username and addressed_elsewhere(update, self._username):
            return
        around = await take_in(self._receive, self._transport.bot_id, update)
        if around is not None and (around.tap or around.file):
            self._begin(self._door.greet(self._transport, around))

    def _begin(self, answering: Coroutine[None, None, None]) -> None:
        answer = asyncio.create_task(answering)
        self._answers.add(answer)
        answer.add_done_callback(self._answers.discard)

    async def close(self) -> None:
        """Let the answers under way finish."""
        await asyncio.gather(*self._answers, return_exceptions=True)

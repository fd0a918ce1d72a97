"""Showing that work goes on: a chat action lasts five seconds, so it is shown again until the work is done."""

from __future__ import annotations

import asyncio
import logging
from collections.abc import AsyncIterator, Awaitable, Callable, Mapping
from contextlib import asynccontextmanager, suppress

from bot.messengers.base import Delivery, DeliveryError, Messenger
from signing.store.port import Reading, Row, Store

EVERY_SECONDS = 4.5

log = logging.getLogger(__name__)


class Working:
    """The first action is a row that the turn queued; these are for the moment, and nothing is kept of them."""

    def __init__(
        self,
        store: Store,
        messengers: Mapping[str, Messenger],
        sleep: Callable[[float], Awaitable[None]] = asyncio.sleep,
    ) -> None:
        self._store = store
        self._messengers = messengers
        self._sleep = sleep

    @asynccontextmanager
    async def shown(self, conversation: str | None) -> AsyncIterator[None]:
        """Show it in the conversation's chat for as long as this lasts and somebody waits there."""
        showing = asyncio.create_task(self._show(conversation or ""))
        try:
            yield
        finally:
            showing.cancel()
            with suppress(asyncio.CancelledError):
                await showing

    async def _show(self, conversation: str) -> None:
        while True:
            await self._sleep(EVERY_SECONDS)
            chat = self._store.read(_waiting_chat, conversation)
            if chat is None:
                return
            try:
                await self._messengers[chat["messenger"]].deliver(Delivery(chat["address"], "action"))
            except DeliveryError as error:
                log.debug("no action: %s", type(error).__name__)


def _waiting_chat(tx: Reading, conversation: str) -> Row | None:
    """The chat in which a running conversation is in front, if it can be written to."""
    row = tx.get("conversations", conversation)
    if row is None or row["state"] != "running":
        return None
    chat = tx.get("chats", row["chat"])
    return chat if chat and chat["state"] == "open" else None

"""The way in: an update goes into the inbox, and onto every window that shows its pane."""

from __future__ import annotations

from collections.abc import Awaitable
from typing import Protocol

from bot.web.history import is_shown
from bot.web.hub import Hub, Mine
from bot.web.updates import Update
from signing.store.port import Store


class Receive(Protocol):
    """The inbox: when it returns, the update is durable. False for one that was there already."""

    def __call__(
        self, messenger: str, update: str, address: str, payload: str, language: str = ""
    ) -> Awaitable[bool]: ...


class Door:
    """Takes in what browsers send."""

    def __init__(self, store: Store, receive: Receive, hub: Hub) -> None:
        self._store = store
        self._receive = receive
        self._hub = hub

    async def take_in(self, update: Update) -> None:
        """Durable when this returns; an update that comes again changes nothing."""
        new = await self._receive("web", update.key, update.address, update.written(), update.language)
        if new and is_shown(update):
            self._hub.push(update.address, Mine(update, self._store.read(lambda tx: tx.now)))

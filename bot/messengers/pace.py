"""A messenger's pace: how often it lets us speak, in one chat, in one group and in all."""

from __future__ import annotations

import asyncio
import time
from collections.abc import AsyncIterator, Awaitable, Callable
from contextlib import asynccontextmanager
from dataclasses import dataclass, field

CHATS_KEPT = 4096


@dataclass(slots=True)
class Pace:
    """Seconds between messages. `now` is a clock that only goes forward, in seconds.

    Even spacing, not a bucket with a burst: whoever stays below the limit at every moment is never asked to wait.
    Telegram's limits: one message a second in a chat, 20 a minute in a group, 30 a second in all (Bots FAQ,
    "My bot is hitting limits"); the defaults keep a twentieth below them, a tenth
    for the sum of all chats, whose calls overtake each other on the way.
    """

    in_chat: float = 1.05
    in_group: float = 3.15
    in_all: float = 1.1 / 30
    now: Callable[[], float] = time.monotonic
    sleep: Callable[[float], Awaitable[None]] = asyncio.sleep
    _free: dict[str, float] = field(default_factory=dict)
    _all_free: float = 0.0
    _gate: asyncio.Lock = field(default_factory=asyncio.Lock)

    @asynccontextmanager
    async def turn(self, chat: str, cost: int = 1) -> AsyncIterator[None]:
        """Wait for a turn to send `cost` messages to a chat; the next in that chat comes after this one is done."""
        await self._until(self._free.get(chat, 0.0))
        async with self._gate:
            await self._until(self._all_free)
            self._all_free = self.now() + self.in_all * cost
        try:
            yield
        finally:
            self._free[chat] = self.now() + (self.in_group if chat.startswith("-") else self.in_chat)
            self._forget_old()

    async def _until(self, moment: float) -> None:
        if (wait := moment - self.now()) > 0:
            await self.sleep(wait)

    def _forget_old(self) -> None:
        if len(self._free) > CHATS_KEPT:
            now = self.now()
            self._free = {chat: free for chat, free in self._free.items() if free > now}


def unhurried() -> Pace:
    """No limits at all, for a server of our own."""
    return Pace(in_chat=0.0, in_group=0.0, in_all=0.0)

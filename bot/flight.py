"""Work under way side by side: as much as there is room for, and whoever waits hears when something is done."""

from __future__ import annotations

import asyncio
from collections.abc import Awaitable, Callable, Coroutine

from bot.bell import PATIENCE, Bell

LAST_WORDS_SECONDS = 5.0


class Flight:
    """Tasks by a key, at most one each. Slow ones keep nobody waiting but their own key."""

    def __init__(self, bell: Bell, most: int) -> None:
        self._bell = bell
        self._most = most
        self._under_way: dict[str, asyncio.Task[None]] = {}

    @property
    def room(self) -> int:
        """How many more may start."""
        return self._most - len(self._under_way)

    def __contains__(self, key: str) -> bool:
        return key in self._under_way

    def start(self, key: str, work: Coroutine[None, None, None]) -> None:
        self._under_way[key] = asyncio.create_task(work)

    async def step(self, start: Callable[[], Awaitable[None]]) -> bool:
        """Let `start` start what there is, then wait for news; False if there is nothing to wait for.

        News: something is done, the bell says that there may be more to start, or a second has passed.
        Cancelled, it lets what is under way finish for some seconds, so that it is not done twice.
        """
        with self._bell.heard() as rung:
            try:
                await start()
                if self._under_way:
                    await self._news(rung)
                    return True
            except asyncio.CancelledError:
                await self._land()
                raise
        return False

    async def _news(self, rung: asyncio.Event) -> None:
        ringing = asyncio.create_task(rung.wait())
        awaited = {ringing, *self._under_way.values()}
        done, _ = await asyncio.wait(awaited, timeout=PATIENCE, return_when=asyncio.FIRST_COMPLETED)
        ringing.cancel()
        for key in [key for key, task in self._under_way.items() if task in done]:
            self._under_way.pop(key).result()

    async def _land(self) -> None:
        tasks = set(self._under_way.values())
        late = (await asyncio.wait(tasks, timeout=LAST_WORDS_SECONDS))[1] if tasks else set()
        for task in late:
            task.cancel()

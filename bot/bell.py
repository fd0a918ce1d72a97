"""The bell: whoever made work rings it, whoever waits for work listens. Work found without it is found in a second."""

from __future__ import annotations

import asyncio
from collections.abc import Awaitable, Callable, Iterator
from contextlib import contextmanager

PATIENCE = 1.0


class Bell:
    """Rung after a commit that left work for another part."""

    def __init__(self) -> None:
        self._rung: set[asyncio.Event] = set()

    def ring(self) -> None:
        for event in self._rung:
            event.set()

    async def follow(self, step: Callable[[], Awaitable[bool]]) -> None:
        """Run `step` for ever: at once while it finds work, otherwise when the bell rings."""
        with self.heard() as event:
            while True:
                event.clear()
                if not await step():
                    await _rung_or(event, PATIENCE)

    @contextmanager
    def heard(self) -> Iterator[asyncio.Event]:
        """An event that every ring sets."""
        event = asyncio.Event()
        self._rung.add(event)
        try:
            yield event
        finally:
            self._rung.discard(event)


async def _rung_or(event: asyncio.Event, seconds: float) -> None:
    try:
        async with asyncio.timeout(seconds):
            await event.wait()
    except TimeoutError:
        pass

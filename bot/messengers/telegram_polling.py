"""Asking for updates. The next offset, which tells Telegram to forget, is sent only after the commit.

Both frameworks' own polling confirms first and handles afterwards; a crash in between loses what was confirmed.
"""

from __future__ import annotations

import asyncio
import logging
from collections.abc import Awaitable, Callable

from bot.messengers.telegram_api import NoAnswer, Refused, Transport
from bot.messengers.telegram_reception import Reception
from bot.messengers.telegram_updates import ALLOWED

BATCH = 100
HELD_SECONDS = 50
PATIENCE = (1.0, 2.0, 4.0, 8.0, 15.0, 30.0)

log = logging.getLogger(__name__)


class Polling:
    """getUpdates for ever. `held` is how long Telegram may keep a request open while nothing happens, in seconds."""

    def __init__(
        self,
        transport: Transport,
        reception: Reception,
        held: int = HELD_SECONDS,
        sleep: Callable[[float], Awaitable[None]] = asyncio.sleep,
    ) -> None:
        self._transport = transport
        self._reception = reception
        self._held = held
        self._sleep = sleep
        self._offset = 0

    async def run(self) -> None:
        """Poll until cancelled. What was taken but not confirmed comes again and is known by its number."""
        failures = 0
        await self._persist(self._leave_webhook)
        while True:
            try:
                await self.step()
                failures = 0
            except (Refused, NoAnswer) as error:
                wait = max(_asked(error), PATIENCE[min(failures, len(PATIENCE) - 1)])
                log.warning("no updates for now (%s), asking again in %g s", _reason(error), wait)
                failures += 1
                await self._sleep(wait)

    async def step(self) -> int:
        """Ask once and take what came; how many. Raises Refused, NoAnswer."""
        asked = {"offset": self._offset, "limit": BATCH, "timeout": self._held, "allowed_updates": ALLOWED}
        updates = await self._transport.call("getUpdates", asked, seconds=self._held + 10.0)
        await asyncio.gather(*(self._reception.take(update) for update in updates))
        for update in updates:
            self._offset = max(self._offset, update["update_id"] + 1)
        return len(updates)

    async def _leave_webhook(self) -> None:
        await self._transport.call("deleteWebhook", {"drop_pending_updates": False})

    async def _persist(self, act: Callable[[], Awaitable[None]]) -> None:
        for wait in PATIENCE:
            try:
                return await act()
            except (Refused, NoAnswer) as error:
                log.warning("Telegram does not answer yet (%s)", _reason(error))
                await self._sleep(max(_asked(error), wait))
        return None


def _asked(error: Exception) -> float:
    return error.retry_after if isinstance(error, Refused) else 0.0


def _reason(error: Exception) -> str:
    return str(error) if isinstance(error, Refused) else type(error).__name__

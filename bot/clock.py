"""The clock: what is due is a row; each is claimed and dealt with in one transaction."""

from __future__ import annotations

import asyncio
import logging
from collections.abc import Callable, Mapping

from bot.bell import Bell
from signing.store.port import Row, Store, Tx

Alarm = Callable[[Tx, Row], None]

AGAIN_MS = 60_000

log = logging.getLogger(__name__)


class Clock:
    """Fires timers. `alarms` says what each kind of timer does, in the transaction that claimed it."""

    def __init__(self, store: Store, alarms: Mapping[str, Alarm], bell: Bell) -> None:
        self._store = store
        self._alarms = alarms
        self._bell = bell

    async def step(self) -> bool:
        """Deal with one timer that is due; False if there was none."""
        fired = await asyncio.wrap_future(self._store.submit(self._fire))
        if fired:
            self._bell.ring()
        return fired

    def _fire(self, tx: Tx) -> bool:
        due = tx.claim_due(1)
        for timer in due:
            try:
                tx.attempt(self._alarms[timer["kind"]], timer)
            except Exception as error:
                log.exception(
                    "timer %s of kind %s failed: %s", timer["id"], timer["kind"], type(error).__name__
                )
        return bool(due)

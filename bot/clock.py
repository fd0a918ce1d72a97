"""The clock: what is due is a row; each is claimed and dealt with in one transaction."""

from __future__ import annotations

import asyncio
from collections.abc import Callable, Mapping

from bot.bell import Bell
from bot.logs import logger
from bot.watch import Watch, timed, unwatched
from signing.store.port import Row, Store, Tx

Alarm = Callable[[Tx, Row], None]

log = logger(__name__)


class Clock:
    """Fires timers. `alarms` says what each kind of timer does, in the transaction that claimed it."""

    def __init__(
        self, store: Store, alarms: Mapping[str, Alarm], bell: Bell, watch: Watch = unwatched
    ) -> None:
        self._store = store
        self._watch = watch
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
                with timed(self._watch, "timer", timer["kind"]):
                    tx.attempt(self._alarms[timer["kind"]], timer)
            except Exception as error:
                facts = {"timer": timer["id"], "kind": timer["kind"], "error": type(error).__name__}
                log.exception("timer failed", **facts)
        return bool(due)

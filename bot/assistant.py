"""The assistant at work: updates come in, calls run, messages go out, timers fire."""

from __future__ import annotations

import asyncio
from dataclasses import dataclass

from bot.bell import Bell
from bot.clock import Clock
from bot.inbox import Inbox
from bot.outbox import Outbox
from bot.works import Works
from signing.store.port import Store, Tx


@dataclass(frozen=True, slots=True)
class Assistant:
    """The four workers over one store."""

    store: Store
    inbox: Inbox
    works: Works
    outbox: Outbox
    clock: Clock
    bell: Bell

    async def run(self) -> None:
        """Work until cancelled."""
        self.store.write(_release_leases)
        async with asyncio.TaskGroup() as workers:
            for part in (self.inbox, self.works, self.outbox, self.clock):
                workers.create_task(self.bell.follow(part.step), name=type(part).__name__)

    async def settle(self) -> None:
        """Work until nothing is left to do at this moment."""
        while any([await part.step() for part in (self.inbox, self.works, self.outbox, self.clock)]):
            pass


def _release_leases(tx: Tx) -> None:
    """Whoever held a lease is dead: on one machine there is one process."""
    tx.run("release_leases", now=tx.now)
    tx.run("release_deliveries", now=tx.now)

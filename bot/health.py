"""Whether the assistant keeps up with its work, for whoever restarts it or sounds an alarm."""

from __future__ import annotations

import asyncio

from aiohttp import web

from signing.store.port import Reading, Store

LATE = 120
"""Seconds that work may be overdue. A failed attempt has a later due time, and what is being worked on has a lease."""


class Health:
    """Answers whether the store can be read and nothing in it has waited too long."""

    def __init__(self, store: Store) -> None:
        self._store = store

    async def __call__(self, _: web.Request) -> web.Response:
        """200 or 503, with `behind`: seconds that the most overdue piece of work has waited. How much waits is for /metrics."""
        behind = await asyncio.to_thread(self._store.read, behind_seconds)
        well = behind <= LATE
        return web.json_response({"ok": well, "behind": round(behind)}, status=200 if well else 503)


def behind_seconds(tx: Reading) -> float:
    """How long the update, call, message or timer that should have been next has been waiting; 0 where none has."""
    due, received = tx.find("next_due")[0]["due"], tx.find("oldest_update")[0]["received"]
    dues = [each for each in (due, received) if each is not None]
    return max(0, tx.now - min(dues, default=tx.now)) / 1000

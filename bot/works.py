"""The worker behind `Chat.call`: leases a call, runs it outside any transaction, settles it, wakes who waits.

Where that takes long the person reads one line about it, in whose place the outcome comes.
"""

from __future__ import annotations

import asyncio
import json
from collections.abc import Callable, Mapping
from typing import Any

from bot.bell import Bell
from bot.codec import encode
from bot.conversation import Conversations
from bot.flight import Flight
from bot.logs import logger
from bot.replay import Took
from bot.steps import Call
from bot.waiting import Pace, Waiting
from bot.watch import Watch, timed, unwatched
from bot.working import Working
from signing.errors import SigningError, Unavailable
from signing.store.port import Row, Store, Tx

LEASE_SECONDS = 120
AT_ONCE = 4
TRIES = 5

log = logger(__name__)


class Works:
    """Runs the calls that dialogues queued, a few at once, each in a thread."""

    def __init__(
        self,
        store: Store,
        works: Mapping[str, Callable[..., Any]],
        conversations: Conversations,
        bell: Bell,
        pace: Pace | None = None,
        watch: Watch = unwatched,
        working: Working | None = None,
    ) -> None:
        self._watch = watch
        self._flight = Flight(bell, AT_ONCE)
        self._store = store
        self._works = works
        self._conversations = conversations
        self._bell = bell
        self._waiting = Waiting(store, conversations, bell, pace)
        self._working = working or Working(store, {})

    async def step(self) -> bool:
        """Start the calls that are due, and wait for news; False if there is nothing to wait for."""
        return await self._flight.step(self._start)

    async def _start(self) -> None:
        if room := self._flight.room:
            for row in await asyncio.wrap_future(self._store.submit(_lease, room)):
                self._flight.start(row["id"], self._run(row))

    async def _run(self, row: Row) -> None:
        await self._do(row)
        self._bell.ring()

    async def _do(self, row: Row) -> None:
        work = self._works[row["work"]]
        call = Call(row["work"], work, tuple(json.loads(row["args"])))
        try:
            with timed(self._watch, "call", row["work"]):
                async with self._working.shown(row["conversation"]):
                    took = Took(await self._waiting.for_work(row, work, *call.arguments))
        except SigningError as refusal:
            took = Took(error=refusal)
        except Exception as error:
            facts = {"call": row["id"], "work": row["work"], "error": type(error).__name__}
            log.warning("call failed", **facts)
            if row["attempt"] < TRIES:
                await asyncio.wrap_future(self._store.submit(_postpone, row))
                return
            took = Took(error=Unavailable())
        await self._settled(row, encode(call, took))

    async def _settled(self, row: Row, result: str) -> None:
        line = self._waiting.over(row["id"])
        try:
            await asyncio.wrap_future(self._store.submit(self._settle, row, result, line))
        except Exception as error:
            log.error("a result broke its dialogue", call=row["id"], error=type(error).__name__)
            log.debug("where it broke", exc_info=True)
            await asyncio.wrap_future(self._store.submit(self._give_up, row))

    def _settle(self, tx: Tx, row: Row, result: str, line: str) -> None:
        settled = {"state": "done", "result": result}
        if tx.settle("calls", row["id"], row["attempt"], settled) and row["conversation"]:
            self._conversations.wake(tx, row["conversation"], line)

    def _give_up(self, tx: Tx, row: Row) -> None:
        if tx.settle("calls", row["id"], row["attempt"], {"state": "failed"}) and row["conversation"]:
            self._conversations.abandon(tx, row["conversation"])


def _lease(tx: Tx, room: int) -> list[Row]:
    return tx.lease("calls", room, LEASE_SECONDS)


def _postpone(tx: Tx, row: Row) -> None:
    due = tx.now + 1000 * 2 ** row["attempt"]
    tx.settle("calls", row["id"], row["attempt"], {"state": "ready", "due": due})

"""The worker behind `Chat.call`: leases a call, runs it outside any transaction, settles it, wakes who waits.

Where that takes long the person reads one line about it, in whose place the outcome comes.
"""

from __future__ import annotations

import asyncio
import json
import logging
from collections.abc import Callable, Coroutine, Mapping, Sequence
from typing import Any

from bot.bell import Bell
from bot.codec import encode
from bot.conversation import Conversations
from bot.replay import Took
from bot.steps import Call
from signing.errors import SigningError, Unavailable
from signing.store.port import Row, Store, Tx

LEASE_SECONDS = 120
AT_ONCE = 4
TRIES = 5
PROGRESS = ((5.0, "common.still"), (25.0, "common.long"))
"""After so many further seconds, these words."""

log = logging.getLogger(__name__)


class Works:
    """Runs the calls that dialogues queued, a few at once, each in a thread."""

    def __init__(
        self,
        store: Store,
        works: Mapping[str, Callable[..., Any]],
        conversations: Conversations,
        bell: Bell,
        progress: Sequence[tuple[float, str]] = PROGRESS,
    ) -> None:
        self._store = store
        self._works = works
        self._conversations = conversations
        self._bell = bell
        self._progress = progress
        self._lines: dict[str, str] = {}

    async def step(self) -> bool:
        """Run the calls that are due; False if there were none."""
        leased = await asyncio.wrap_future(self._store.submit(_lease))
        await asyncio.gather(*(self._run(row) for row in leased))
        if leased:
            self._bell.ring()
        return bool(leased)

    async def _run(self, row: Row) -> None:
        work = self._works[row["work"]]
        call = Call(row["work"], work, tuple(json.loads(row["args"])))
        try:
            took = Took(await self._watched(row, asyncio.to_thread(work, *call.arguments)))
        except SigningError as refusal:
            took = Took(error=refusal)
        except Exception as error:
            log.warning("call %s of %s failed: %s", row["id"], row["work"], type(error).__name__)
            if row["attempt"] < TRIES:
                await asyncio.wrap_future(self._store.submit(_postpone, row))
                return
            took = Took(error=Unavailable())
        await self._settled(row, encode(call, took))

    async def _watched(self, row: Row, doing: Coroutine[Any, Any, Any]) -> Any:
        """What the work comes to; a line in the chat while it takes long."""
        task = asyncio.ensure_future(doing)
        for seconds, words in self._progress:
            done, _ = await asyncio.wait({task}, timeout=seconds)
            if done or not row["conversation"]:
                break
            await asyncio.wrap_future(self._store.submit(self._say, row, words))
            self._bell.ring()
        return await task

    def _say(self, tx: Tx, row: Row, words: str) -> None:
        line = self._lines.get(row["id"], "")
        self._lines[row["id"]] = self._conversations.progress(tx, row["conversation"], words, line)

    async def _settled(self, row: Row, result: str) -> None:
        try:
            await asyncio.wrap_future(self._store.submit(self._settle, row, result))
        except Exception as error:
            log.error("the result of call %s broke its dialogue: %s", row["id"], type(error).__name__)
            log.debug("where it broke", exc_info=True)
            await asyncio.wrap_future(self._store.submit(self._give_up, row))

    def _settle(self, tx: Tx, row: Row, result: str) -> None:
        settled = {"state": "done", "result": result}
        if tx.settle("calls", row["id"], row["attempt"], settled) and row["conversation"]:
            self._conversations.wake(tx, row["conversation"], self._lines.pop(row["id"], ""))

    def _give_up(self, tx: Tx, row: Row) -> None:
        if tx.settle("calls", row["id"], row["attempt"], {"state": "failed"}) and row["conversation"]:
            self._conversations.abandon(tx, row["conversation"])


def _lease(tx: Tx) -> list[Row]:
    return tx.lease("calls", AT_ONCE, LEASE_SECONDS)


def _postpone(tx: Tx, row: Row) -> None:
    due = tx.now + 1000 * 2 ** row["attempt"]
    tx.settle("calls", row["id"], row["attempt"], {"state": "ready", "due": due})

"""The line about work that takes long: that it does, at which page it is where the work says so, and that nobody need wait."""

from __future__ import annotations

import asyncio
from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from bot.bell import Bell
from bot.conversation import Conversations
from signing.documents.reporting import heard_by
from signing.store.port import Row, Store, Tx


@dataclass(frozen=True, slots=True)
class Pace:
    """Seconds until the line is said, between two changes of it, and until it says that the person need not wait."""

    first: float = 5.0
    every: float = 3.0
    long: float = 30.0


@dataclass(slots=True)
class Reached:
    """The page (from 1) that was reported last; zeros as long as none was."""

    page: int = 0
    pages: int = 0

    def at(self, page: int, pages: int) -> None:
        self.page, self.pages = page, pages


class Waiting:
    """One line a call, edited; the outcome comes in its place."""

    def __init__(
        self, store: Store, conversations: Conversations, bell: Bell, pace: Pace | None = None
    ) -> None:
        self._store = store
        self._conversations = conversations
        self._bell = bell
        self._pace = pace or Pace()
        self._lines: dict[str, str] = {}

    async def for_work(self, row: Row, work: Callable[..., Any], *arguments: Any) -> Any:
        """What the work of a call comes to, run in a thread; a line in the chat while it takes long."""
        reached = Reached()
        with heard_by(reached.at):
            task = asyncio.ensure_future(asyncio.to_thread(work, *arguments))
        waited, pause, before = 0.0, self._pace.first, ("", Reached())
        while row["conversation"]:
            done, _ = await asyncio.wait({task}, timeout=pause)
            if done:
                break
            waited, pause = waited + pause, self._pace.every
            block = "common.long" if waited >= self._pace.long else "common.still"
            now = (block, Reached(reached.page, reached.pages))
            if now != before:
                await self._say(row, *now)
            before = now
        return await task

    def over(self, call: str) -> str:
        """The message that was the line of a call, none if there was none; it is forgotten here."""
        return self._lines.pop(call, "")

    async def _say(self, row: Row, block: str, reached: Reached) -> None:
        line = self._lines.get(row["id"], "")
        said = self._store.submit(self._put, row["conversation"], block, reached, line)
        self._lines[row["id"]] = await asyncio.wrap_future(said)
        self._bell.ring()

    def _put(self, tx: Tx, conversation: str, block: str, reached: Reached, line: str) -> str:
        return self._conversations.progress(tx, conversation, block, {"reached": reached}, line)

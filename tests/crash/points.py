"""Points at which the process dies: before or after a named commit of the store, as by kill -9."""

from __future__ import annotations

import os
import signal
from collections import Counter
from collections.abc import Callable
from concurrent.futures import Future
from datetime import datetime
from pathlib import Path
from typing import Any

from signing.store.port import Tx
from signing.store.sqlite import SqliteStore

Reach = Callable[[str], None]
"""Told the name of a point when it is reached."""


class ReportingStore(SqliteStore):
    """A store that says before and after each commit what it is of."""

    def __init__(self, path: Path, clock: Callable[[], datetime], reach: Reach) -> None:
        super().__init__(path, clock)
        self._reach = reach

    def submit(self, work: Callable[..., Any], *args: Any, **kwargs: Any) -> Future[Any]:
        names: list[str] = []

        def watched(tx: Tx) -> Any:
            result = work(tx, *args, **kwargs)
            names[:] = names_of(work, args, result)
            for name in names:
                self._reach(f"{name} before its commit")
            return result

        future = super().submit(watched)
        future.add_done_callback(lambda _: [self._reach(f"{name} after its commit") for name in names])
        return future


def names_of(work: Callable[..., Any], args: tuple[Any, ...], result: Any) -> list[str]:
    """What a work of the engine is about; none for a look that found nothing to do."""
    match work.__qualname__:
        case "receive":
            return ["an update received"]
        case "Inbox._hear":
            return [f"{type(args[2].what).__name__.lower()} heard"]
        case "_lease":
            return [f"{row['work']} leased" if "work" in row else f"{row['op']} leased" for row in result]
        case "Works._settle":
            return [f"{args[0]['work']} settled"]
        case "_settle":
            return [f"{args[0]['op']} delivered"]
        case "Clock._fire":
            return ["a timer fired"] if result else []
        case name if name.startswith(("_release", "begin_", "<lambda>")):
            return []
        case name:
            return [name]


def dying(point: str, occurrence: int) -> Reach:
    """Dies at the `occurrence`th time (from 1) that the point is reached."""
    seen: Counter[str] = Counter()

    def reach(name: str) -> None:
        seen[name] += 1
        if name == point and seen[name] == occurrence:
            os.kill(os.getpid(), signal.SIGKILL)

    return reach

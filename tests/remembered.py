"""What all tests of a process share: child processes that stay warm and do the same work on a file once, and the
database as the migrations leave it."""

from __future__ import annotations

import json
import tempfile
from collections.abc import Callable, Sequence
from datetime import datetime
from functools import cache, lru_cache
from pathlib import Path
from typing import Any

from signing.documents.child import Children, Limits
from signing.store.sqlite import SqliteStore
from tests.clock import ManualClock

MOST = 256
"""Answers that are kept."""


class RememberingChildren(Children):
    """What a child answers depends on nothing but what it is given: whoever asks again hears the same.

    Refusals are worked out anew, and so is what leaves something in a folder.
    """

    def __init__(self, at_once: int = 2, warm: Sequence[str] = ()) -> None:
        super().__init__(at_once, warm)
        self._once = lru_cache(MOST)(self._answer)

    def __exit__(self, *raised: object) -> None:
        """They stay for the next test."""

    def run(
        self, function: str, payload: bytes, args: dict[str, Any], limits: Limits
    ) -> tuple[dict[str, Any], bytes]:
        if limits.folder:
            return super().run(function, payload, args, limits)
        answer, blob = self._once(function, payload, json.dumps(args), limits)
        return json.loads(answer), blob

    def _answer(self, function: str, payload: bytes, args: str, limits: Limits) -> tuple[str, bytes]:
        answer, blob = super().run(function, payload, json.loads(args), limits)
        return json.dumps(answer), blob


@cache
def remembering(at_once: int = 2, warm: Sequence[str] = ()) -> Children:
    """Stands in for `Children` where an app is opened."""
    return RememberingChildren(at_once, warm)


def migrated(path: Path, clock: Callable[[], datetime]) -> SqliteStore:
    """Stands in for `SqliteStore`: a new one begins as a copy of one that was migrated before."""
    if not path.exists():
        path.write_bytes(_migrated())
        path.chmod(0o600)
    return SqliteStore(path, clock)


@cache
def _migrated() -> bytes:
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / "store.db"
        SqliteStore(path, ManualClock()).close()
        return path.read_bytes()

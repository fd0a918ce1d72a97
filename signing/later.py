"""Work that must happen after a transaction, whatever dies: a row that a worker leases and runs."""

from __future__ import annotations

import json
from collections.abc import Callable
from typing import Any

from signing.ids import new_id
from signing.store.port import Tx


def later(tx: Tx, work: Callable[..., Any], *args: str | int) -> None:
    """Run `work(*args)` outside any transaction once this one has committed; it may run again after a crash."""
    row = {"id": new_id("k", tx.now), "conversation": None, "key": "later", "work": work.__qualname__}
    tx.insert("calls", {**row, "args": json.dumps(args, ensure_ascii=False), "state": "ready", "due": tx.now})


def set_timer(tx: Tx, kind: str, subject: str, due: int, data: str = "") -> None:
    """Have the clock do `kind` for `subject` at `due` (milliseconds UTC)."""
    row = {
        "id": new_id("w", tx.now),
        "due": due,
        "kind": kind,
        "subject": subject,
        "data": data,
        "state": "set",
    }
    tx.insert("timers", row)


def set_standing_timer(tx: Tx, kind: str) -> None:
    """The one timer of a kind that its alarm sets again and again: due at once, at an installation's first start."""
    row = {"id": kind, "due": tx.now, "kind": kind, "subject": kind, "data": "", "state": "set"}
    tx.insert("timers", row, once=True)

"""Faults of what stands outside (a register, a gateway, a timestamp authority) and of the disk: told, but not every time.

Told when one begins, at most once an hour while it lasts, and when it is over.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from typing import Literal, Protocol

from signing.store.port import Reading, Row, Store, Tx
from signing.store.times import moment

Part = Literal["register", "texts", "mail", "timestamps", "disk"]
HOUR = 3_600_000


@dataclass(frozen=True, slots=True)
class Fault:
    """`since` is when it was first met, `times` how often since; `detail` is a word of facts without any person's data."""

    part: Part
    since: datetime
    times: int
    detail: str


class Announce(Protocol):
    """Whoever looks after the installation hears of it."""

    def began(self, tx: Tx, fault: Fault) -> None: ...

    def lasts(self, tx: Tx, fault: Fault) -> None: ...

    def ended(self, tx: Tx, fault: Fault) -> None: ...


class Faults:
    """What is wrong at the moment. Safe to call from any thread; nobody waits for it."""

    def __init__(self, store: Store, announce: Announce) -> None:
        self._store = store
        self._announce = announce

    def failed(self, part: Part, detail: str = "") -> None:
        """It did not answer."""
        self._store.submit(self.note, part, detail)

    def well(self, part: Part) -> None:
        """It answered: a write only where it had failed before."""
        if self._store.read(_known, part):
            self._store.submit(self.end, part)

    def note(self, tx: Tx, part: Part, detail: str = "") -> None:
        """A part failed: said when it begins, and again each hour that it lasts."""
        row = tx.get("faults", part)
        if row is None:
            fresh = {"id": part, "since": tx.now, "said": tx.now, "times": 1, "detail": detail}
            tx.insert("faults", fresh)
            self._announce.began(tx, _fault(fresh))
            return
        changed = {"times": row["times"] + 1, "detail": detail}
        tx.change("faults", part, changed)
        if tx.now - row["said"] >= HOUR:
            tx.change("faults", part, {"said": tx.now})
            self._announce.lasts(tx, _fault({**row, **changed}))

    def end(self, tx: Tx, part: Part) -> None:
        row = tx.get("faults", part)
        if row is not None:
            tx.remove("faults", part)
            self._announce.ended(tx, _fault(row))


def _known(tx: Reading, part: Part) -> bool:
    return tx.get("faults", part) is not None


def _fault(row: Row) -> Fault:
    return Fault(row["id"], moment(row["since"]), row["times"], row["detail"])

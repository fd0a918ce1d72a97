"""The queue of cases in figures: how many wait, since when, and how quick today's decisions were."""

from __future__ import annotations

from dataclasses import dataclass
from statistics import median

from signing.store.port import Reading
from signing.store.times import DAY, MINUTE


@dataclass(frozen=True, slots=True)
class Figures:
    """Cases that nobody has; minutes of the oldest of them, 0 without any; median of today's decisions, None without."""

    waiting: int
    oldest: int
    median: int | None


def figures(tx: Reading) -> Figures:
    """As of this moment."""
    row = tx.find("queue_figures")[0]
    waits = [each["wait"] for each in tx.find("waits_since", since=tx.now - DAY)]
    oldest = (tx.now - row["first"]) // MINUTE if row["waiting"] else 0
    return Figures(row["waiting"], oldest, round(median(waits) / MINUTE) if waits else None)

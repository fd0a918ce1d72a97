"""The operators' queue in figures, cases and seals alike: how many wait, since when, and how quick today's decisions were."""

from __future__ import annotations

from dataclasses import dataclass
from statistics import median

from signing.later import set_timer
from signing.store.port import Reading, Tx
from signing.store.times import DAY, HOUR, MINUTE

BOARD = "case.board"
BOARD_EVERY = 5 * MINUTE
LEASE = 10 * MINUTE
"""How long an operator has what they took."""
SHOWN_FOR = 47 * HOUR
"""How long an operator's chat may keep pictures; a messenger deletes nothing that is older than two days."""


@dataclass(frozen=True, slots=True)
class Figures:
    """What nobody has; minutes of the oldest of it, 0 without any; median of today's decisions, None without."""

    waiting: int
    oldest: int
    median: int | None


def figures(tx: Reading) -> Figures:
    """As of this moment."""
    row = tx.find("queue_figures", now=tx.now)[0]
    waits = [each["wait"] for each in tx.find("waits_since", since=tx.now - DAY)]
    oldest = (tx.now - row["first"]) // MINUTE if row["waiting"] else 0
    return Figures(row["waiting"], oldest, round(median(waits) / MINUTE) if waits else None)


def begin_counting(tx: Tx) -> None:
    """Something waits: the clock brings the boards up to date until nothing does."""
    if not tx.find("timers_of_subject", subject=BOARD):
        set_timer(tx, BOARD, BOARD, tx.now + BOARD_EVERY)

"""Housekeeping: what nobody needs any more is let go, by the clock."""

from __future__ import annotations

from dataclasses import dataclass

from signing.later import later, set_standing_timer
from signing.store.blobs import Blobs
from signing.store.port import Row, Store, Tx
from signing.store.times import DAY, HOUR

HOUSEKEEPING = "housekeeping"
KEPT_DAYS = 30
"""How long handled updates, sent messages and ended conversations stay, for what a messenger may send again."""


@dataclass(frozen=True, slots=True)
class Housekeeping:
    """Once an hour; files that no row names go in a work of their own."""

    store: Store
    blobs: Blobs

    def tidy(self, tx: Tx, timer: Row) -> None:
        """The alarm. Secrets that no step consumed within a day are gone, too."""
        before = tx.now - KEPT_DAYS * DAY
        tx.run("forget_updates", before=before)
        tx.run("forget_outbox", before=before)
        tx.run("forget_conversations", before=before)
        tx.run("forget_sent_files", before=before)
        tx.run("forget_secrets", before=tx.now - DAY)
        tx.run("forget_passes", before=tx.now - DAY)
        tx.run("forget_pass_tries", before=tx.now - DAY)
        later(tx, self.sweep)
        tx.change("timers", timer["id"], {"state": "set", "due": tx.now + HOUR})

    def sweep(self) -> None:
        """Delete files that no row names. Outside any transaction."""
        self.blobs.sweep(self.store)


def begin_housekeeping(tx: Tx) -> None:
    """Set the clock for it, at the first start of an installation."""
    set_standing_timer(tx, HOUSEKEEPING)

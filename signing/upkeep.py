"""Upkeep of certificates by the clock: what runs out is renewed in time, without anybody being asked."""

from __future__ import annotations

from datetime import timedelta

from signing.certificates import Certificates
from signing.seals.records import SealRecords
from signing.store.port import Row, Tx

UPKEEP = "upkeep"
DAY = 24 * 3600 * 1000
AHEAD = timedelta(days=30) // timedelta(milliseconds=1)
FEW = 20
SOON = 60 * 1000


class Upkeep:
    """Once a day: the authority's own certificates and the root's list, then principals', a few at a time, with their seals."""

    def __init__(self, certificates: Certificates, records: SealRecords) -> None:
        self._certificates = certificates
        self._records = records

    def ring(self, tx: Tx, timer: Row) -> None:
        """The alarm."""
        self._certificates.refresh(tx)
        due = tx.find("certificates_to_renew", now=tx.now, before=tx.now + AHEAD, limit=FEW)
        for row in due:
            self._certificates.reissue(tx, row["id"])
            self._records.follow(tx, row["principal"])
        again = tx.now + (SOON if len(due) == FEW else DAY)
        tx.change("timers", timer["id"], {"state": "set", "due": again})


def begin_upkeep(tx: Tx) -> None:
    """Set the clock for it, at the first start of an installation."""
    row = {"id": UPKEEP, "due": tx.now, "kind": UPKEEP, "subject": UPKEEP, "data": "", "state": "set"}
    tx.insert("timers", row, once=True)

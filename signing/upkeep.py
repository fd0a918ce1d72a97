"""Upkeep of certificates by the clock: what runs out is renewed in time, without anybody being asked."""

from __future__ import annotations

from collections.abc import Callable
from datetime import datetime

from cryptography.x509 import CertificateRevocationList

from signing.certificates import Certificates
from signing.later import later, set_standing_timer
from signing.pki.fetching import fetch_lists
from signing.pki.profiles import Issuer
from signing.seals.records import SealRecords
from signing.store.port import Row, Store, Tx
from signing.store.times import DAY, MINUTE, moment

UPKEEP = "upkeep"
AHEAD = 30 * DAY
FEW = 20
SOON = MINUTE

Fetch = Callable[[Issuer, datetime], list[CertificateRevocationList]]


class Upkeep:
    """Once a day: the authority's own certificates and the root's list, then principals', a few at a time, with their seals.

    Where somebody else's authority issues, the lists of those above it are fetched.
    """

    def __init__(
        self, store: Store, certificates: Certificates, records: SealRecords, fetch: Fetch = fetch_lists
    ) -> None:
        self._store = store
        self._certificates = certificates
        self._records = records
        self._fetch = fetch

    def ring(self, tx: Tx, timer: Row) -> None:
        """The alarm."""
        self._certificates.refresh(tx)
        if self._certificates.issuers_elsewhere:
            later(tx, self.fetch_lists)
        due = tx.find("certificates_to_renew", now=tx.now, before=tx.now + AHEAD, limit=FEW)
        for row in due:
            self._certificates.reissue(tx, row["id"])
            self._records.follow(tx, row["principal"])
        again = tx.now + (SOON if len(due) == FEW else DAY)
        tx.change("timers", timer["id"], {"state": "set", "due": again})

    def fetch_lists(self) -> None:
        """Fetch what the authorities above ours of somebody else's publish; what can't be had stays as it was."""
        now = self._store.read(lambda tx: moment(tx.now))
        lists = [each for one in self._certificates.issuers_elsewhere for each in self._fetch(one, now)]
        if lists:
            self._store.write(self._certificates.keep_lists_above, lists)


def begin_upkeep(tx: Tx) -> None:
    """Set the clock for it, at the first start of an installation."""
    set_standing_timer(tx, UPKEEP)

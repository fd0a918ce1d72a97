"""Completion: when the last party has signed, the file gets what it takes to be checked for years."""

from __future__ import annotations

from collections.abc import Callable
from datetime import timedelta

from signing.audit import note
from signing.certificates import Certificates
from signing.contracts.contract import Contract, State, hold_contract, move, read_contract
from signing.contracts.revisions import add_revision
from signing.ids import ContractId, Digest
from signing.later import later, set_timer
from signing.pdf.finish import finish
from signing.store.blobs import Blobs
from signing.store.port import Row, Store, Tx
from signing.store.times import DAY, milliseconds, moment

STAMP_AGAIN = "stamp-again"
AHEAD = timedelta(days=365)
MONTH = 30 * DAY

Announce = Callable[[Tx, Contract], None]


class Completion:
    """Finishes contracts. `announce` are told of each, in the transaction that completes it, `prolonged` when its
    file got a fresh timestamp."""

    def __init__(
        self,
        store: Store,
        blobs: Blobs,
        certificates: Certificates,
        *announce: Announce,
        prolonged: Announce = lambda tx, contract: None,
    ) -> None:
        self._store = store
        self._blobs = blobs
        self._certificates = certificates
        self._announce = announce
        self._prolonged = prolonged

    def finish(self, contract: ContractId) -> None:
        """Add validation material and the document timestamp (PAdES B-LTA), complete, announce. Once."""
        read = self._store.read(read_contract, contract)
        if read.state != State.SIGNING or read.waiting:
            return
        digest = self._finished(read)
        self._store.write(self._complete, contract, read.revision, digest)

    def ring(self, tx: Tx, timer: Row) -> None:
        """The alarm: the authority behind the file's last timestamp runs out before long."""
        later(tx, self.stamp_again, timer["subject"], read_contract(tx, timer["subject"]).revision)

    def stamp_again(self, contract: ContractId, revision: int) -> None:
        """Put a fresh document timestamp over revision `revision` of a completed contract, so that it lasts on. Once."""
        read = self._store.read(read_contract, contract)
        if read.revision != revision:
            return
        now = self._store.read(lambda tx: moment(tx.now))
        material = self._certificates.authority.material((), (), now)
        pdf = finish(self._blobs.read(read.current), material, self._certificates.timestamper(lambda: now))
        self._store.write(self._prolong, contract, revision, Digest(self._blobs.write(pdf)))

    def _prolong(self, tx: Tx, contract: ContractId, base: int, digest: Digest) -> None:
        held = hold_contract(tx, contract)
        if held.revision != base:
            return
        add_revision(tx, self._blobs, contract, base + 1, digest)
        tx.change("contracts", contract, {"current": digest, "revision": base + 1})
        note(tx, contract, "prolonged", None, digest=digest)
        self._stamp_again_in_time(tx, contract)
        self._prolonged(tx, read_contract(tx, contract))

    def _stamp_again_in_time(self, tx: Tx, contract: ContractId) -> None:
        """Set the clock for it: a year before the timestamp's certificate ends, and never sooner than in a month."""
        ends = self._certificates.authority.timestamping.certificate.not_valid_after_utc
        due = max(milliseconds(ends - AHEAD), tx.now + MONTH)
        set_timer(tx, STAMP_AGAIN, contract, due)

    def _finished(self, contract: Contract) -> Digest:
        now = self._store.read(lambda tx: moment(tx.now))
        material = self._store.read(self._certificates.material, contract.id, now)
        pdf = finish(
            self._blobs.read(contract.current), material, self._certificates.timestamper(lambda: now)
        )
        return Digest(self._blobs.write(pdf))

    def _complete(self, tx: Tx, contract: ContractId, base: int, digest: Digest) -> None:
        held = hold_contract(tx, contract)
        if held.state != State.SIGNING or held.revision != base:
            return
        add_revision(tx, self._blobs, contract, base + 1, digest)
        move(tx, held, State.COMPLETED, None, current=digest, revision=base + 1)
        tx.run("stop_timers", subject=contract)
        self._stamp_again_in_time(tx, contract)
        for announce in self._announce:
            announce(tx, read_contract(tx, contract))

"""What a licence's photo says against what was claimed: read when the papers are complete, for the operator's eyes."""

from __future__ import annotations

from dataclasses import asdict

from signing.identity.licences import NoReader, Reader
from signing.identity.proofs import Proofs, proofs_of
from signing.identity.records import Records
from signing.ids import CheckId, Digest, PersonId
from signing.store.port import Reading, Store, Tx


class Comparing:
    """Reads outside any transaction; what was read is kept sealed with the claim."""

    def __init__(self, store: Store, records: Records, proofs: Proofs, reader: Reader) -> None:
        self._store = store
        self._records = records
        self._proofs = proofs
        self._read = reader

    def look_over(self, check: CheckId) -> None:
        """Nothing where there is no licence among the papers, or nobody who reads pictures."""
        person, digest = self._store.read(_licence, check)
        if digest is None:
            return
        try:
            seen = asdict(self._read(self._proofs.picture(person, digest)))
        except NoReader:
            return
        self._store.write(self._keep, check, {field: value for field, value in seen.items() if value})

    def _keep(self, tx: Tx, check: CheckId, seen: dict[str, str]) -> None:
        row = tx.hold("checks", check)
        if row["elements"] is not None:
            elements = {**self._records.elements(tx, row), "seen": seen}
            self._records.keep(tx, check, row["person"], elements, row["state"])


def _licence(tx: Reading, check: CheckId) -> tuple[PersonId, Digest | None]:
    row = tx.get("checks", check)
    assert row is not None
    found = [each.digest for each in proofs_of(tx, check) if each.part == "licence"]
    return PersonId(row["person"]), found[0] if found else None

"""A new key-encryption key: everything that is wrapped under an older one is wrapped anew.

A few rows a transaction, each row as it stands in that transaction; what is done is done, so after a crash it goes
on where it was. Until it has come to its end, the older key must be at hand.
"""

from __future__ import annotations

import json
from collections.abc import Callable

from signing.pki.authority import key_context
from signing.pki.exporting import rewrapped_export
from signing.store.port import Row, Store, Tx
from signing.store.vault import Vault

FEW = 50

Step = Callable[[Tx, Row], bool]
"""Wrap one row anew; False if that was not needed."""


class Rotation:
    """Wraps keys anew under the vault's newest key: principals', the authority's, subjects'."""

    def __init__(self, store: Store, vault: Vault) -> None:
        self._store = store
        self._vault = vault

    def run(self) -> int:
        """Until nothing hangs from an older key; how many were wrapped anew. Raises Sealed."""
        total = 0
        while done := sum(self._table(*each) for each in self._tables()):
            total += done
        return total

    def _tables(self) -> list[tuple[str, Step]]:
        return [
            ("authorities_after", self._authority),
            ("certificates_after", self._certificate),
            ("subject_keys_after", self._subject),
        ]

    def _table(self, query: str, step: Step) -> int:
        done, after = self._store.write(_few, query, step, "")
        while after is not None:
            count, after = self._store.write(_few, query, step, after)
            done += count
        return done

    def _authority(self, tx: Tx, row: Row) -> bool:
        exported = json.loads(row["exported"])
        anew = rewrapped_export(exported, self._vault.rewrapped)
        tx.change("authorities", row["id"], {"exported": json.dumps(anew)})
        return bool(anew != exported)

    def _certificate(self, tx: Tx, row: Row) -> bool:
        anew = self._vault.rewrapped(row["key"], key_context(row["id"]))
        if anew is not None:
            tx.change("certificates", row["id"], {"key": anew})
        return anew is not None

    def _subject(self, tx: Tx, row: Row) -> bool:
        anew = self._vault.rewrapped_subject(row["id"], row["wrapped"])
        if anew is not None:
            tx.change("subject_keys", row["id"], {"wrapped": anew})
        return anew is not None


def _few(tx: Tx, query: str, step: Step, after: str) -> tuple[int, str | None]:
    """Some rows behind `after`: how many were wrapped anew, and where to go on (None: at the end)."""
    rows = tx.find(query, after=after, limit=FEW)
    return sum([step(tx, row) for row in rows]), rows[-1]["id"] if rows else None

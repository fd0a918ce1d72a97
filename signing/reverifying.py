"""Every completed contract, verified again: after an installation was restored, or whenever somebody wants to know."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from concurrent.futures import ThreadPoolExecutor
from datetime import datetime

from signing.audit import is_whole
from signing.checking import Checking
from signing.ids import ContractId, Digest
from signing.store.blobs import BlobChanged, BlobMissing, Blobs
from signing.store.port import Reading, Row, Store

FEW = 200
TRAIL_BROKEN = "trail.broken"

Progress = Callable[[int, int], None]
"""How many are done, of how many."""


class Reverifying:
    """Verifies the trails and files of completed contracts, `at_once` side by side, each in a child of `checking`."""

    def __init__(self, store: Store, blobs: Blobs, checking: Checking, at_once: int = 2) -> None:
        self._store = store
        self._blobs = blobs
        self._checking = checking
        self._at_once = at_once

    def run(
        self, at: datetime, progress: Progress = lambda done, total: None
    ) -> list[tuple[ContractId, str]]:
        """The contracts whose trail is broken or whose file is gone, changed or not valid, each with the reason's code."""
        total = self._store.read(lambda tx: tx.find("count_completed"))[0]["number"]
        faults = []
        with ThreadPoolExecutor(self._at_once) as threads:
            for done, (contract, reason) in enumerate(
                threads.map(lambda row: (ContractId(row["id"]), self._fault(row, at)), self._completed()), 1
            ):
                progress(done, total)
                if reason:
                    faults.append((contract, reason))
        return faults

    def _fault(self, row: Row, at: datetime) -> str:
        if not self._store.read(is_whole, ContractId(row["id"])):
            return TRAIL_BROKEN
        try:
            report = self._checking.check(self._blobs.read(Digest(row["current"])), at)
        except (BlobMissing, BlobChanged) as error:
            return error.code
        return "" if report.valid else ", ".join(reason.value for reason in report.reasons)

    def _completed(self) -> Iterator[Row]:
        after = ""
        while rows := self._store.read(_next_completed, after):
            yield from rows
            after = rows[-1]["id"]


def _next_completed(tx: Reading, after: str) -> list[Row]:
    return tx.find("completed_after", after=after, limit=FEW)

"""Searching contracts: by words of title, parties and the document itself, and by date.

The words of a document are no more than the document, which lies beside them; whoever searches finds only what is on
their own shelves.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from zoneinfo import ZoneInfo

from signing.contracts.contract import Contract, Party, read_contract
from signing.documents.child import Run
from signing.documents.words import document_text, indexed
from signing.errors import SigningError
from signing.ids import ContractId
from signing.later import later
from signing.store.blobs import Blobs
from signing.store.port import Store, Tx
from signing.store.times import milliseconds

EVER = 1 << 53
DAY = re.compile(r"(\d{4})[-/.年](\d{1,2})(?:[-/.月](\d{1,2})日?|月)?")
YEAR = re.compile(r"(\d{4})年")


@dataclass(frozen=True, slots=True)
class Wanted:
    """What was typed: `words`, and the time in which a contract was started or closes (milliseconds, until excluded)."""

    words: str
    since: int = 0
    until: int = EVER


def read_wanted(text: str, zone: ZoneInfo) -> Wanted:
    """ "蓝窑 2026-11": months, days and years are a time, the rest is searched for as words."""
    words, since, until = [], 0, EVER
    for part in text.split():
        span = span_of(part, zone)
        if span is None:
            words.append(part)
        else:
            since, until = span
    return Wanted(" ".join(words), since, until)


def span_of(text: str, zone: ZoneInfo) -> tuple[int, int] | None:
    """The year ("2026年"), month or day that a text names, in milliseconds; None for anything else."""
    plain = unicodedata.normalize("NFKC", text)
    year, found = YEAR.fullmatch(plain), DAY.fullmatch(plain)
    try:
        if year:
            return _span(datetime(int(year[1]), 1, 1, tzinfo=zone), 12)
        if found and found[3]:
            start = datetime(int(found[1]), int(found[2]), int(found[3]), tzinfo=zone)
            return milliseconds(start), milliseconds(start.replace(hour=23, minute=59, second=59)) + 1000
        return _span(datetime(int(found[1]), int(found[2]), 1, tzinfo=zone), 1) if found else None
    except ValueError:
        return None


def _span(start: datetime, months: int) -> tuple[int, int]:
    beyond = start.month - 1 + months
    end = start.replace(year=start.year + beyond // 12, month=beyond % 12 + 1)
    return milliseconds(start), milliseconds(end)


class Searching:
    """Reads the words of each contract once, when it starts."""

    def __init__(self, store: Store, blobs: Blobs, run: Run) -> None:
        self._store = store
        self._blobs = blobs
        self._run = run

    def began(self, tx: Tx, contract: Contract, parties: Sequence[Party]) -> None:
        """A contract was started: its words are read, outside this transaction."""
        later(tx, self.read, contract.id)

    def read(self, contract: ContractId) -> None:
        """Keep a contract's words; none of a document that can't be read. Safe to run again."""
        document = self._store.read(read_contract, contract).document
        try:
            words = indexed(document_text(self._blobs.read(document), run=self._run))
        except SigningError:
            return
        self._store.write(_keep, contract, words)


def _keep(tx: Tx, contract: ContractId, words: str) -> None:
    tx.hold("contracts", contract)
    if tx.get("contract_words", contract):
        tx.change("contract_words", contract, {"words": words})
    else:
        tx.insert("contract_words", {"id": contract, "words": words})

"""The audit trail of a contract: each event carries the digest of the one before."""

from __future__ import annotations

import hashlib
import json
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from signing.ids import ContractId, new_id
from signing.store.port import Reading, Row, Tx
from signing.store.times import moment

START = "0" * 64


@dataclass(frozen=True, slots=True)
class Event:
    """One line of the trail; `actor` is empty for what happened by itself."""

    number: int
    kind: str
    actor: str
    facts: dict[str, Any]
    at: datetime


def note(tx: Tx, contract: ContractId, kind: str, actor: str | None, **facts: Any) -> None:
    """Add an event; the contract must be held. Facts are digests, numbers and ids, no personal data.

    The contract's boards are shown anew.
    """
    last = tx.find("last_event", contract=contract)
    number, previous = (last[0]["number"] + 1, last[0]["digest"]) if last else (1, START)
    row: Row = {
        "contract": contract,
        "number": number,
        "kind": kind,
        "actor": actor,
        "facts": json.dumps(facts, ensure_ascii=False, sort_keys=True),
        "at": tx.now,
        "previous": previous,
    }
    tx.insert("audit", {"id": new_id("n", tx.now), **row, "digest": digest_of(row)})
    tx.run("wake_boards", contract=contract, now=tx.now)


def digest_of(row: Row) -> str:
    """SHA-256 over the event's columns and the digest of the event before it."""
    return hashlib.sha256(line_of(row).encode()).hexdigest()


def line_of(row: Row) -> str:
    """The event on one line, as it is digested: a JSON array that ends with the digest of the event before."""
    columns = ("contract", "number", "kind", "actor", "facts", "at", "previous")
    return json.dumps([row[name] for name in columns], ensure_ascii=False)


def events(tx: Reading, contract: ContractId) -> list[Event]:
    return [_event(row) for row in tx.find("events_of_contract", contract=contract)]


def is_whole(tx: Reading, contract: ContractId) -> bool:
    """That no event was changed, added in between or taken out before the last one."""
    previous = START
    for number, row in enumerate(tx.find("events_of_contract", contract=contract), start=1):
        if row["number"] != number or row["previous"] != previous or row["digest"] != digest_of(row):
            return False
        previous = row["digest"]
    return True


def _event(row: Row) -> Event:
    at = moment(row["at"])
    return Event(row["number"], row["kind"], row["actor"] or "", json.loads(row["facts"]), at)

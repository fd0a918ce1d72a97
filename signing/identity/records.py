"""The record of a check: its elements, sealed under the person's key, and its state."""

from __future__ import annotations

import json
from typing import Literal

from signing.actor import Actor
from signing.errors import SigningError
from signing.ids import CheckId, PersonId, new_id
from signing.store.port import Reading, Row, Tx
from signing.store.vault import Vault

DAY = 24 * 3600 * 1000
PER_DAY = 10

Ground = Literal["elements", "representative", "attorney", "document"]


class TooManyChecks(SigningError):
    """The person was checked too often today."""

    code = "check.too-many"


class NotThisCheck(SigningError):
    """The check is somebody else's, or over."""

    code = "check.not-open"


class Records:
    """Opens, reads and writes the rows of checks."""

    def __init__(self, vault: Vault, provider: str) -> None:
        self._vault = vault
        self._provider = provider

    def open(self, tx: Tx, actor: Actor, kind: str, ground: Ground, elements: dict[str, str]) -> CheckId:
        """A new check that collects. Raises NotRegistered, TooManyChecks."""
        person = actor.registered
        today = tx.find("checks_of_person_since", person=person, since=tx.now - DAY)
        if today[0]["checks"] >= PER_DAY:
            raise TooManyChecks
        key = CheckId(new_id("k", tx.now))
        row = {"id": key, "kind": kind, "person": person, "state": "collecting", "ground": ground}
        tx.insert("checks", {**row, "provider": self._provider, "created": tx.now})
        self.keep(tx, key, person, elements, "collecting")
        return key

    def keep(self, tx: Tx, check: CheckId, person: PersonId, elements: dict[str, str], state: str) -> None:
        tx.hold("checks", check)
        sealed = self._vault.seal(tx, person, json.dumps(elements, ensure_ascii=False).encode())
        tx.change("checks", check, {"elements": sealed, "state": state})

    def close(self, tx: Tx, check: CheckId, state: str, verdict: str, reference: str) -> None:
        """The check is decided: what was collected for it is forgotten."""
        tx.hold("checks", check)
        decided = {"state": state, "verdict": verdict, "reference": reference, "decided": tx.now}
        tx.change("checks", check, {**decided, "elements": None})

    def mine(self, tx: Tx, actor: Actor, check: CheckId, *states: str) -> Row:
        """Hold the person's own check in one of these states. Raises NotThisCheck."""
        row = tx.hold("checks", check)
        if row["person"] != actor.registered or row["state"] not in states:
            raise NotThisCheck
        return row

    def elements(self, tx: Reading, row: Row) -> dict[str, str]:
        """Raises Sealed where the person was erased."""
        elements: dict[str, str] = json.loads(self._vault.open(tx, row["person"], row["elements"]))
        return elements

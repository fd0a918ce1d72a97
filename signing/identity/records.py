"""The record of a check: its elements, sealed under the person's key, and its state."""

from __future__ import annotations

import json
from typing import Any, Literal

from signing.actor import Actor
from signing.errors import SigningError
from signing.identity.askings import begin_asking, require_quota
from signing.ids import CheckId, PersonId, new_id
from signing.store.port import Reading, Row, Tx
from signing.store.vault import Vault

Ground = Literal["elements", "representative", "attorney", "document"]


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
        require_quota(tx, person)
        self.supersede(tx, person, kind)
        key = CheckId(new_id("k", tx.now))
        row = {"id": key, "kind": kind, "person": person, "state": "collecting", "ground": ground}
        tx.insert("checks", {**row, "provider": self._provider, "created": tx.now})
        self.keep(tx, key, person, elements, "collecting")
        return key

    def keep(self, tx: Tx, check: CheckId, person: PersonId, elements: dict[str, Any], state: str) -> None:
        tx.hold("checks", check)
        sealed = self._vault.seal(tx, person, json.dumps(elements, ensure_ascii=False).encode())
        tx.change("checks", check, {"elements": sealed, "state": state})

    def ask(self, tx: Tx, check: CheckId, person: PersonId, elements: dict[str, str]) -> None:
        """From here on the provider is asked about these elements. Raises TooManyChecks."""
        self.keep(tx, check, person, elements, "running")
        begin_asking(tx, check, person)

    def supersede(self, tx: Tx, person: PersonId, kind: str) -> None:
        """Close the person's checks that still wait for a provider: they begin anew."""
        for row in tx.find("waiting_checks_of_person", person=person, kind=kind):
            self.close(tx, row["id"], "failed", "superseded", "")
            tx.remove("waiting_checks", row["id"])

    def close(self, tx: Tx, check: CheckId, state: str, verdict: str, reference: str) -> None:
        """The check is decided: what was collected for it is forgotten."""
        tx.hold("checks", check)
        decided = {"state": state, "verdict": verdict, "reference": reference, "decided": tx.now}
        tx.change("checks", check, {**decided, "elements": None})

    def mine(self, tx: Tx, actor: Actor, check: CheckId, *states: str) -> Row:
        """Hold the person's own check in one of these states. Raises NotThisCheck."""
        row = tx.get("checks", check)
        if row is None or row["person"] != actor.registered or row["state"] not in states:
            raise NotThisCheck
        return tx.hold("checks", check)

    def elements(self, tx: Reading, row: Row) -> dict[str, Any]:
        """Raises Sealed where the person was erased."""
        elements: dict[str, Any] = json.loads(self._vault.open(tx, row["person"], row["elements"]))
        return elements

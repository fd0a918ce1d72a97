"""Real-name checks: elements are collected sealed, a provider is asked, a pass makes a certificate."""

from __future__ import annotations

import json
from dataclasses import dataclass
from typing import Any

from signing.actor import Actor
from signing.certificates import Certificates
from signing.enterprises import EnterpriseTaken, add_enterprise, enterprise_of_code, role_of
from signing.errors import SigningError
from signing.identity.elements import company_name, credit_code
from signing.identity.providers.base import EnterpriseElements, Outcome, PersonElements, RealNameProvider
from signing.ids import CheckId, EnterpriseId, PersonId, new_id
from signing.persons import Person, read_person
from signing.pki.subjects import Subject
from signing.store.port import Reading, Row, Store, Tx
from signing.store.vault import Vault

DAY = 24 * 3600 * 1000
PER_DAY = 10


class CheckTaken(SigningError):
    """This identity has an account already, with another phone."""

    code = "check.taken"


class TooManyChecks(SigningError):
    """The person was checked too often today."""

    code = "check.too-many"


class NotThisCheck(SigningError):
    """The check is somebody else's, or over."""

    code = "check.not-open"


class NotCheckedYet(SigningError):
    """The person's own check comes first."""

    code = "check.person-first"


@dataclass(frozen=True, slots=True)
class Collected:
    """Which elements a check still misses: `name`, `resident_id`. `phone` is the one that counts."""

    missing: tuple[str, ...]


class Checks:
    """Checks of persons (three elements) and of enterprises by their legal representative."""

    def __init__(
        self, store: Store, vault: Vault, provider: RealNameProvider, certificates: Certificates
    ) -> None:
        self._store = store
        self._vault = vault
        self._provider = provider
        self._certificates = certificates

    def open_person(self, tx: Tx, actor: Actor) -> CheckId:
        """Begin to check the person themself. Raises NotRegistered, TooManyChecks."""
        return self._open(tx, actor, "person", {})

    def open_enterprise(self, tx: Tx, actor: Actor, name: str, code: str) -> CheckId:
        """Begin to check an enterprise for its legal representative.

        Raises NotRegistered, NotCheckedYet, NotAName, NotACode, EnterpriseTaken, TooManyChecks.
        """
        person = read_person(tx, actor.registered)
        if not person.checked:
            raise NotCheckedYet
        name, code = company_name(name), credit_code(code)
        if enterprise_of_code(tx, code):
            raise EnterpriseTaken(name=name)
        elements = {"name": name, "code": code, "representative": person.name}
        check = self._open(tx, actor, "enterprise", elements)
        tx.change("checks", check, {"state": "running"})
        return check

    def collect(self, tx: Tx, actor: Actor, check: CheckId, found: dict[str, Any]) -> Collected:
        """Add elements found in a message to a person's check. Raises NotThisCheck."""
        row = self._mine(tx, actor, check, "collecting")
        elements = self._elements(tx, row)
        for name in ("name", "resident_id"):
            elements[name] = found.get(name) or elements.get(name, "")
        missing = tuple(name for name in ("name", "resident_id") if not elements[name])
        if not missing:
            elements["phone"] = read_person(tx, actor.registered).phone
        self._keep(tx, check, actor.registered, elements, "collecting" if missing else "running")
        return Collected(missing)

    def expect_name(self, tx: Tx, actor: Actor, check: CheckId, name: str) -> Collected:
        """Take the name that an invitation gave, so that only the number is asked for."""
        return self.collect(tx, actor, check, {"name": name})

    def ask_provider(self, check: CheckId) -> Outcome:
        """The provider's answer; outside any transaction. Raises ProviderDown."""
        kind, elements = self._store.read(self._to_ask, check)
        if kind == "person":
            return self._provider.person(PersonElements(**elements), check)
        return self._provider.enterprise(EnterpriseElements(**elements), check)

    def settle_person(self, tx: Tx, actor: Actor, check: CheckId, outcome: Outcome) -> Person:
        """A pass gives the person their legal name and a certificate. Raises CheckTaken, NotThisCheck.

        A failed check comes back as the person unchecked.
        """
        row = self._mine(tx, actor, check, "running")
        elements = self._elements(tx, row)
        self._decide(tx, row, outcome)
        if outcome.verdict == "match":
            self._certify(tx, actor.registered, elements)
        return read_person(tx, actor.registered)

    def settle_enterprise(
        self, tx: Tx, actor: Actor, check: CheckId, outcome: Outcome
    ) -> EnterpriseId | None:
        """A pass registers the enterprise with its first admin and certificate; None where it failed."""
        row = self._mine(tx, actor, check, "running")
        elements = self._elements(tx, row)
        self._decide(tx, row, outcome)
        if outcome.verdict != "match":
            return None
        known = enterprise_of_code(tx, elements["code"])
        if known and not role_of(tx, known.id, actor.registered):
            raise EnterpriseTaken(name=known.name)
        if known:
            return known.id
        enterprise = add_enterprise(tx, **elements, admin=actor.registered)
        self._certificates.issue(tx, enterprise, Subject.enterprise(elements["name"], elements["code"]))
        return enterprise

    def _certify(self, tx: Tx, person: PersonId, elements: dict[str, str]) -> None:
        identity = self._vault.digest(f"resident-id\n{elements['resident_id']}")
        taken = tx.find("person_of_identity", identity=identity)
        if taken and taken[0]["id"] != person:
            raise CheckTaken
        known = {
            "name": elements["name"],
            "identity": identity,
            "identity_tail": elements["resident_id"][-4:],
        }
        tx.change("persons", person, known)
        self._certificates.issue(tx, person, Subject.person(elements["name"], identity[:32]))

    def _open(self, tx: Tx, actor: Actor, kind: str, elements: dict[str, str]) -> CheckId:
        person = actor.registered
        today = tx.find("checks_of_person_since", person=person, since=tx.now - DAY)
        if today[0]["checks"] >= PER_DAY:
            raise TooManyChecks
        key = CheckId(new_id("k", tx.now))
        row = {
            "id": key,
            "kind": kind,
            "person": person,
            "state": "collecting",
            "provider": self._provider.name,
        }
        tx.insert("checks", {**row, "created": tx.now})
        self._keep(tx, key, person, elements, "collecting")
        return key

    def _keep(self, tx: Tx, check: CheckId, person: PersonId, elements: dict[str, str], state: str) -> None:
        tx.hold("checks", check)
        sealed = self._vault.seal(tx, person, json.dumps(elements, ensure_ascii=False).encode())
        tx.change("checks", check, {"elements": sealed, "state": state})

    def _decide(self, tx: Tx, row: Row, outcome: Outcome) -> None:
        state = "passed" if outcome.verdict == "match" else "failed"
        decided = {"state": state, "verdict": outcome.verdict, "reference": outcome.reference}
        tx.change("checks", row["id"], {**decided, "decided": tx.now, "elements": None})

    def _mine(self, tx: Tx, actor: Actor, check: CheckId, state: str) -> Row:
        row = tx.hold("checks", check)
        if row["person"] != actor.registered or row["state"] != state:
            raise NotThisCheck
        return row

    def _to_ask(self, tx: Reading, check: CheckId) -> tuple[str, dict[str, str]]:
        row = tx.get("checks", check)
        assert row is not None
        return row["kind"], self._elements(tx, row)

    def _elements(self, tx: Reading, row: Row) -> dict[str, str]:
        elements: dict[str, str] = json.loads(self._vault.open(tx, row["person"], row["elements"]))
        return elements

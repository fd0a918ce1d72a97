"""Real-name checks: elements are collected sealed, a provider is asked, a pass makes a certificate."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from signing.actor import Actor
from signing.certificates import Certificates
from signing.enterprises import EnterpriseTaken, add_enterprise, enterprise_of_code, role_of
from signing.errors import SigningError
from signing.identity.askings import keep_answer, last_asking
from signing.identity.elements import company_name, credit_code, person_name
from signing.identity.providers.base import EnterpriseElements, Outcome, PersonElements, RealNameProvider
from signing.identity.records import Records
from signing.ids import CheckId, EnterpriseId, PersonId
from signing.persons import Person, read_person
from signing.pki.subjects import Subject
from signing.store.port import Reading, Store, Tx
from signing.store.vault import Vault

COLLECTED = ("name", "resident_id", "card")


class CheckTaken(SigningError):
    """This identity has an account already, with another phone."""

    code = "check.taken"


class NotCheckedYet(SigningError):
    """The person's own check comes first."""

    code = "check.person-first"


@dataclass(frozen=True, slots=True)
class Collected:
    """Which elements a check still misses: `name`, `resident_id`, `card`. `phone` is the one that counts."""

    missing: tuple[str, ...]


class Checks:
    """Checks of persons (three or four elements) and of enterprises by their legal representative.

    With `always_card` a person's check takes four elements; otherwise whoever sends a bank card is checked with it.
    """

    def __init__(
        self,
        store: Store,
        vault: Vault,
        provider: RealNameProvider,
        certificates: Certificates,
        always_card: bool = False,
    ) -> None:
        self._store = store
        self._vault = vault
        self._provider = provider
        self._certificates = certificates
        self._needed = COLLECTED if always_card else COLLECTED[:2]
        self._records = Records(vault, provider.name)

    def open_person(self, tx: Tx, actor: Actor) -> CheckId:
        """Begin to check the person themself. Raises NotRegistered, TooManyChecks."""
        return self._records.open(tx, actor, "person", "elements", {})

    def open_enterprise(self, tx: Tx, actor: Actor, name: str, code: str) -> CheckId:
        """Begin to check an enterprise for its legal representative.

        Raises NotRegistered, NotCheckedYet, NotAName, NotACode, EnterpriseTaken, TooManyChecks.
        """
        elements = self.claimed(tx, actor, name, code)
        person = read_person(tx, actor.registered)
        elements["representative"] = person.name
        check = self._records.open(tx, actor, "enterprise", "representative", elements)
        self._records.ask(tx, check, person.id, elements)
        return check

    def claimed(self, tx: Reading, actor: Actor, name: str, code: str) -> dict[str, str]:
        """A company's name and code, for a checked person and a company that nobody has registered.

        Raises NotRegistered, NotCheckedYet, NotAName, NotACode, EnterpriseTaken.
        """
        if not read_person(tx, actor.registered).checked:
            raise NotCheckedYet
        name, code = company_name(name), credit_code(code)
        if enterprise_of_code(tx, code):
            raise EnterpriseTaken(name=name)
        return {"name": name, "code": code}

    def collect(self, tx: Tx, actor: Actor, check: CheckId, found: dict[str, Any]) -> Collected:
        """Add elements found in a message to a person's check. Raises NotThisCheck, TooManyChecks."""
        row = self._records.mine(tx, actor, check, "collecting")
        elements = self._records.elements(tx, row)
        for name in COLLECTED:
            elements[name] = found.get(name) or elements.get(name, "")
        missing = tuple(name for name in self._needed if not elements[name])
        if missing:
            self._records.keep(tx, check, actor.registered, elements, "collecting")
        else:
            elements["phone"] = read_person(tx, actor.registered).phone
            self._records.ask(tx, check, actor.registered, elements)
        return Collected(missing)

    def expect_name(self, tx: Tx, actor: Actor, check: CheckId, name: str) -> Collected:
        """Take the name that an invitation gave, so that only the number is asked for."""
        return self.collect(tx, actor, check, {"name": name})

    def ask_anew(self, tx: Tx, actor: Actor, check: CheckId) -> None:
        """The same elements with the phone that the person has now. Raises NotThisCheck, TooManyChecks."""
        row = self._records.mine(tx, actor, check, "running")
        elements = {**self._records.elements(tx, row), "phone": read_person(tx, actor.registered).phone}
        self._records.ask(tx, check, actor.registered, elements)

    def ask_provider(self, check: CheckId) -> Outcome:
        """The provider's answer; outside any transaction, and put only once. Raises ProviderDown."""
        asking, known = self._store.read(last_asking, check)
        if known is not None:
            return known
        outcome = self._asked(asking, *self._store.read(self._to_ask, check))
        self._store.write(keep_answer, check, asking, outcome)
        return outcome

    def _asked(self, key: str, kind: str, elements: dict[str, str]) -> Outcome:
        if kind == "person":
            return self._provider.person(PersonElements(**elements), key)
        named = {name: elements[name] for name in ("name", "code", "representative")}
        return self._provider.enterprise(EnterpriseElements(**named), key)

    def settle_person(self, tx: Tx, actor: Actor, check: CheckId, outcome: Outcome) -> Person:
        """A pass gives the person their legal name and a certificate. Raises CheckTaken, NotThisCheck.

        A failed check comes back as the person unchecked.
        """
        row = self._records.mine(tx, actor, check, "running")
        elements = self._records.elements(tx, row)
        self._decide(tx, check, outcome)
        if outcome.verdict == "match":
            self.certify(tx, actor.registered, elements["name"], "resident-id", elements["resident_id"])
        return read_person(tx, actor.registered)

    def settle_enterprise(
        self, tx: Tx, actor: Actor, check: CheckId, outcome: Outcome
    ) -> EnterpriseId | None:
        """A pass registers the enterprise with its first admin and certificate; None where it failed."""
        row = self._records.mine(tx, actor, check, "running")
        elements = self._records.elements(tx, row)
        self._decide(tx, check, outcome)
        if outcome.verdict != "match":
            return None
        return self.register(tx, actor.registered, elements)

    def register(self, tx: Tx, admin: PersonId, elements: dict[str, str]) -> EnterpriseId:
        """Add the checked enterprise with its admin and certificate. Raises EnterpriseTaken."""
        known = enterprise_of_code(tx, elements["code"])
        if known and not role_of(tx, known.id, admin):
            raise EnterpriseTaken(name=known.name)
        if known:
            return known.id
        named = {name: elements[name] for name in ("name", "code", "representative")}
        enterprise = add_enterprise(tx, **named, admin=admin)
        self._certificates.issue(tx, enterprise, Subject.enterprise(elements["name"], elements["code"]))
        return enterprise

    def certify(self, tx: Tx, person: PersonId, name: str, kind: str, number: str) -> None:
        """Tie a person to a legal name and the number of a document. Raises CheckTaken, NotAName."""
        identity = self._vault.digest(f"{kind}\n{number}")
        taken = tx.find("person_of_identity", identity=identity)
        if taken and taken[0]["id"] != person:
            raise CheckTaken
        name = person_name(name)
        tx.change("persons", person, {"name": name, "identity": identity, "identity_tail": number[-4:]})
        self._certificates.issue(tx, person, Subject.person(name, identity[:32]))

    def _decide(self, tx: Tx, check: CheckId, outcome: Outcome) -> None:
        state = "passed" if outcome.verdict == "match" else "failed"
        self._records.close(tx, check, state, outcome.verdict, outcome.reference)

    def _to_ask(self, tx: Reading, check: CheckId) -> tuple[str, dict[str, str]]:
        row = tx.get("checks", check)
        assert row is not None
        return row["kind"], self._records.elements(tx, row)

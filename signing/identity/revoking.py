"""Taking back: an operator revokes a principal's certificates, and a company is suspended."""

from __future__ import annotations

from dataclasses import dataclass

from signing.actor import Actor
from signing.certificates import Certificates
from signing.enterprises import Enterprise, enterprise_of_code, read_enterprise
from signing.errors import SigningError
from signing.identity.elements import credit_code, mobile_number
from signing.ids import EnterpriseId, PersonId
from signing.operators import Operators
from signing.persons import Person, person_of_phone, read_person
from signing.pki.revocation import Reason
from signing.store.port import Reading, Tx


class NobodyFound(SigningError):
    """No checked company or person is known by this."""

    code = "revoke.nobody"


@dataclass(frozen=True, slots=True)
class Found:
    """Whose certificates would be revoked. `people` are told."""

    principal: str
    name: str
    people: tuple[PersonId, ...]


class Revoking:
    """For operators alone."""

    def __init__(self, operators: Operators, certificates: Certificates) -> None:
        self._operators = operators
        self._certificates = certificates

    def find(self, tx: Reading, actor: Actor, text: str) -> Found:
        """A company by its credit code, a person by their phone, either by its id. Raises NotAnOperator, NobodyFound."""
        self._operators.require(tx, actor)
        found = _company(tx, text) or _person(tx, text)
        if found is None:
            raise NobodyFound
        return found

    def revoke(self, tx: Tx, actor: Actor, text: str, reason: str) -> Found:
        """Revoke every certificate in force; what was signed before stays signed. Raises as `find`.

        `reason` is one of RFC 5280's words.
        """
        found = self.find(tx, actor, text)
        self._certificates.revoke(tx, found.principal, Reason(reason))
        if tx.get("enterprises", found.principal):
            tx.hold("enterprises", found.principal)
            tx.change("enterprises", found.principal, {"state": "suspended"})
        return found


def _company(tx: Reading, text: str) -> Found | None:
    company = _company_named(tx, text)
    if company is None:
        return None
    members = tx.find("members_of_enterprise", enterprise=company.id)
    return Found(company.id, company.name, tuple(PersonId(each["person"]) for each in members))


def _company_named(tx: Reading, text: str) -> Enterprise | None:
    if tx.get("enterprises", text):
        return read_enterprise(tx, EnterpriseId(text))
    try:
        return enterprise_of_code(tx, credit_code(text))
    except SigningError:
        return None


def _person(tx: Reading, text: str) -> Found | None:
    if tx.get("persons", text):
        person: Person | None = read_person(tx, PersonId(text))
    else:
        person = _person_of_phone(tx, text)
    return Found(person.id, person.name, (person.id,)) if person and person.checked else None


def _person_of_phone(tx: Reading, text: str) -> Person | None:
    try:
        return person_of_phone(tx, mobile_number(text))
    except SigningError:
        return None

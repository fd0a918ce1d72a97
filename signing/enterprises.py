"""Enterprises and their members."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal

from signing.actor import Actor
from signing.errors import SigningError
from signing.ids import EnterpriseId, PersonId, new_id
from signing.store.port import Reading, Row, Tx

Role = Literal["admin", "member"]


class EnterpriseTaken(SigningError):
    """An enterprise with this credit code is registered already, by somebody else."""

    code = "enterprise.taken"


class NotAMember(SigningError):
    """The person does not belong to the enterprise."""

    code = "enterprise.not-a-member"


class NotItsAdmin(SigningError):
    """Only the enterprise's admin may do this."""

    code = "enterprise.not-admin"


@dataclass(frozen=True, slots=True)
class Enterprise:
    """A registered company: `code` is its unified social credit code, `representative` its legal representative's name."""

    id: EnterpriseId
    code: str
    name: str
    representative: str


def read_enterprise(tx: Reading, enterprise: EnterpriseId) -> Enterprise:
    row = tx.get("enterprises", enterprise)
    assert row is not None
    return _enterprise(row)


def enterprise_of_code(tx: Reading, code: str) -> Enterprise | None:
    found = tx.find("enterprise_of_code", code=code)
    return _enterprise(found[0]) if found else None


def _enterprise(row: Row) -> Enterprise:
    return Enterprise(EnterpriseId(row["id"]), row["code"], row["name"], row["representative"])


def role_of(tx: Reading, enterprise: EnterpriseId, person: PersonId) -> Role | None:
    """What a person is in an enterprise, None for a stranger."""
    found = tx.find("membership", enterprise=enterprise, person=person)
    return found[0]["role"] if found else None


def require_member(tx: Reading, enterprise: EnterpriseId, person: PersonId) -> Role:
    """Raises NotAMember."""
    role = role_of(tx, enterprise, person)
    if role is None:
        raise NotAMember
    return role


def require_admin(tx: Reading, enterprise: EnterpriseId, person: PersonId) -> None:
    """Raises NotAMember, NotItsAdmin."""
    if require_member(tx, enterprise, person) != "admin":
        raise NotItsAdmin


def add_enterprise(tx: Tx, name: str, code: str, representative: str, admin: PersonId) -> EnterpriseId:
    """Register a checked enterprise with its first admin. Raises EnterpriseTaken."""
    if enterprise_of_code(tx, code):
        raise EnterpriseTaken(name=name)
    key = EnterpriseId(new_id("e", tx.now))
    row = {"id": key, "code": code, "name": name, "representative": representative}
    tx.insert("enterprises", {**row, "state": "checked", "created": tx.now})
    member = {"id": new_id("b", tx.now), "enterprise": key, "person": admin, "role": "admin"}
    tx.insert("members", {**member, "created": tx.now})
    return key


class Enterprises:
    """What a person may see of the enterprises they belong to."""

    def mine(self, tx: Reading, actor: Actor) -> list[Enterprise]:
        """The enterprises the person belongs to, newest last. Raises NotRegistered."""
        return [_enterprise(row) for row in tx.find("enterprises_of_person", person=actor.registered)]

"""Who keeps a seal: a person their own, an enterprise's its admins, the legal representative's that person alone."""

from __future__ import annotations

from signing.actor import Actor
from signing.enterprises import read_enterprise, require_admin
from signing.errors import SigningError
from signing.ids import EnterpriseId, PersonId
from signing.persons import read_person
from signing.seals.catalogue import SealKind
from signing.store.port import Reading


class SealNotYours(SigningError):
    """The seal belongs to somebody else, is retired, or is not the person's to use."""

    code = "seal.not-yours"


def require_keeper(tx: Reading, actor: Actor, owner: str, kind: str) -> None:
    """Raises NotRegistered, SealNotYours, NotAMember, NotItsAdmin."""
    if owner == actor.registered:
        return
    if tx.get("enterprises", owner) is None:
        raise SealNotYours
    require_admin(tx, EnterpriseId(owner), actor.registered)
    if kind == SealKind.LEGAL_REPRESENTATIVE and not _represents(tx, owner, actor.registered):
        raise SealNotYours


def keepers_of(tx: Reading, owner: EnterpriseId, kind: str) -> tuple[PersonId, ...]:
    """Who lends an enterprise's seal, the first admin first."""
    admins = [PersonId(row["person"]) for row in tx.find("admins", enterprise=owner)]
    if kind != SealKind.LEGAL_REPRESENTATIVE:
        return tuple(admins)
    return tuple(each for each in admins if _represents(tx, owner, each))


def uses_without_grant(tx: Reading, person: PersonId, owner: str, kind: str, role: str | None) -> bool:
    """Whether a member uses a seal by what they are: an admin, and the legal representative their own."""
    if kind == SealKind.LEGAL_REPRESENTATIVE:
        return _represents(tx, owner, person)
    return role == "admin"


def _represents(tx: Reading, owner: str, person: PersonId) -> bool:
    return read_person(tx, person).name == read_enterprise(tx, EnterpriseId(owner)).representative

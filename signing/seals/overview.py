"""The seals that a person keeps or may use, each with whom it is lent to and how often it was used."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from signing.actor import Actor
from signing.enterprises import read_enterprise, require_member
from signing.ids import EnterpriseId
from signing.seals.grants import granted
from signing.seals.keepers import uses_without_grant
from signing.seals.keeping import Seal, read_seal
from signing.store.port import Reading
from signing.store.times import moment


@dataclass(frozen=True, slots=True)
class Held:
    """`keeper` uses and lends it by what they are; for others `until` and `left` uses, None without limit.

    `lent` is to how many it is lent, `uses` how often it was used; both are the keeper's to know.
    """

    seal: Seal
    owner: str
    keeper: bool
    lent: int = 0
    uses: int = 0
    until: datetime | None = None
    left: int | None = None


def seals_in_hand(tx: Reading, actor: Actor, enterprises: list[EnterpriseId]) -> list[Held]:
    """The default of each enterprise first. Raises NotRegistered, NotAMember."""
    found: list[Held] = []
    for enterprise in enterprises:
        role, name = require_member(tx, enterprise, actor.registered), read_enterprise(tx, enterprise).name
        for row in tx.find("seals_of_owner", owner=enterprise):
            seal = read_seal(tx, row["id"])
            if uses_without_grant(tx, actor.registered, enterprise, seal.kind, role):
                found.append(_kept(tx, seal, name))
            elif seal.state == "usable" and (grant := granted(tx, actor.registered, seal.id, None)):
                found.append(_lent(tx, seal, name, grant))
    return found


def _kept(tx: Reading, seal: Seal, owner: str) -> Held:
    lent = {row["person"] for row in tx.find("grants_of_seal", seal=seal.id, now=tx.now)}
    uses = tx.find("count_uses_of_seal", seal=seal.id)[0]["uses"]
    return Held(seal, owner, True, len(lent), uses)


def _lent(tx: Reading, seal: Seal, owner: str, grant: str) -> Held:
    row = tx.get("grants", grant)
    assert row is not None
    return Held(seal, owner, False, until=moment(row["until"]), left=row["uses"])

"""Grants: the right of one member to use one seal, until a date, for one contract or for all."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from signing.actor import Actor
from signing.contracts.contract import read_contract
from signing.enterprises import read_enterprise, require_admin, require_member
from signing.errors import SigningError
from signing.ids import ContractId, EnterpriseId, PartyId, PersonId, SealId, new_id
from signing.persons import read_person
from signing.store.port import Reading, Row, Tx
from signing.store.times import milliseconds, moment

DAY = 24 * 3600 * 1000
ASKED_FOR_DAYS = 30


class NotAsked(SigningError):
    """The request is none of this enterprise's, or was answered before."""

    code = "grant.answered"


@dataclass(frozen=True, slots=True)
class Request:
    """A member asks to use a seal for one contract; `admins` decide."""

    id: str
    seal: SealId
    person: PersonId
    name: str
    contract: ContractId
    title: str
    company: str
    party: PartyId | None
    admins: tuple[PersonId, ...]


@dataclass(frozen=True, slots=True)
class Grant:
    """`uses` left, None without limit; `contract` where it is for one only."""

    id: str
    person: PersonId
    name: str
    until: datetime
    uses: int | None
    contract: str


class Grants:
    """Asks for, gives, and takes back the use of an enterprise's seals."""

    def ask(self, tx: Tx, actor: Actor, seal: SealId, contract: ContractId) -> Request:
        """Ask for one use of a seal for one contract. Raises NotAMember."""
        enterprise = self._enterprise(tx, seal)
        require_member(tx, enterprise, actor.registered)
        tx.hold("enterprises", enterprise)
        until = tx.now + ASKED_FOR_DAYS * DAY
        key = self._add(tx, enterprise, seal, actor.registered, until, 1, contract, "asked")
        return self._request(tx, key)

    def view(self, tx: Reading, actor: Actor, request: str) -> Request:
        """A request that still waits, for an admin. Raises NotAMember, NotItsAdmin, NotAsked."""
        row = tx.get("grants", request)
        if row is None:
            raise NotAsked
        require_admin(tx, row["enterprise"], actor.registered)
        if row["state"] != "asked":
            raise NotAsked
        return self._request(tx, request)

    def answer(self, tx: Tx, actor: Actor, request: str, allow: bool) -> Request:
        """Allow this one use or refuse it. Raises as `view`."""
        asked = self.view(tx, actor, request)
        tx.hold("enterprises", self._enterprise(tx, asked.seal))
        if not tx.change(
            "grants", request, {"state": "given" if allow else "refused"}, was={"state": "asked"}
        ):
            raise NotAsked
        return asked

    def give(
        self, tx: Tx, actor: Actor, seal: SealId, person: PersonId, until: datetime, uses: int | None = None
    ) -> str:
        """Let a member use a seal until a date, so many times or without limit. Raises NotItsAdmin, NotAMember."""
        enterprise = self._enterprise(tx, seal)
        require_admin(tx, enterprise, actor.registered)
        require_member(tx, enterprise, person)
        tx.hold("enterprises", enterprise)
        return self._add(tx, enterprise, seal, person, milliseconds(until), uses, None, "given")

    def revoke(self, tx: Tx, actor: Actor, grant: str) -> None:
        """Take a grant back at once. Raises NotItsAdmin, NotAsked."""
        row = tx.get("grants", grant)
        if row is None:
            raise NotAsked
        require_admin(tx, row["enterprise"], actor.registered)
        tx.hold("enterprises", row["enterprise"])
        tx.change("grants", grant, {"state": "revoked"})

    def given(self, tx: Reading, actor: Actor, seal: SealId) -> list[Grant]:
        """Who may use a seal besides its admins. Raises NotItsAdmin."""
        require_admin(tx, self._enterprise(tx, seal), actor.registered)
        return [_grant(tx, row) for row in tx.find("grants_of_seal", seal=seal, now=tx.now)]

    def _add(
        self,
        tx: Tx,
        enterprise: EnterpriseId,
        seal: SealId,
        person: PersonId,
        until: int,
        uses: int | None,
        contract: str | None,
        state: str,
    ) -> str:
        key = new_id("g", tx.now)
        row: Row = {"id": key, "enterprise": enterprise, "seal": seal, "person": person, "contract": contract}
        tx.insert("grants", {**row, "until": until, "uses": uses, "state": state, "created": tx.now})
        return key

    def _request(self, tx: Reading, request: str) -> Request:
        row = tx.get("grants", request)
        assert row is not None
        contract = read_contract(tx, row["contract"])
        name, signs = read_person(tx, row["person"]).name, contract.party_of(row["person"])
        company = read_enterprise(tx, row["enterprise"]).name
        party = signs.id if signs else None
        admins = tuple(each["person"] for each in tx.find("admins", enterprise=row["enterprise"]))
        return Request(
            request, row["seal"], row["person"], name, contract.id, contract.title, company, party, admins
        )

    def _enterprise(self, tx: Reading, seal: SealId) -> EnterpriseId:
        row = tx.get("seals", seal)
        if row is None or tx.get("enterprises", row["owner"]) is None:
            raise NotAsked
        return EnterpriseId(row["owner"])


def granted(tx: Reading, person: PersonId, seal: SealId, contract: str | None) -> str | None:
    """The grant by which a person may use a seal now, the narrowest first; None without one."""
    found = tx.find("grants_in_force", person=person, seal=seal, contract=contract or "", now=tx.now)
    return found[0]["id"] if found else None


def consume(tx: Tx, grant: str) -> None:
    """One use of a grant; the last one ends it."""
    row = tx.get("grants", grant)
    assert row is not None
    tx.hold("enterprises", row["enterprise"])
    if row["uses"] is not None:
        left = row["uses"] - 1
        tx.change("grants", grant, {"uses": left, "state": "given" if left else "used"})


def _grant(tx: Reading, row: Row) -> Grant:
    name = read_person(tx, row["person"]).name
    return Grant(row["id"], row["person"], name, moment(row["until"]), row["uses"], row["contract"] or "")

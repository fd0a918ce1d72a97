"""Grants: the right of one member to use one seal, until a date, for one contract or for all."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from signing.actor import Actor
from signing.chronicle import note_event
from signing.contracts.contract import NotTheSigner, read_contract
from signing.enterprises import read_enterprise, require_member
from signing.errors import SigningError
from signing.ids import ContractId, EnterpriseId, PartyId, PersonId, SealId, new_id
from signing.persons import read_person
from signing.seals.keepers import keepers_of, require_keeper, uses_without_grant
from signing.store.port import Reading, Row, Tx
from signing.store.times import DAY, milliseconds, moment

ASKED_FOR_DAYS = 30


class NotAsked(SigningError):
    """The request is none of this enterprise's, or was answered before."""

    code = "grant.answered"


class GrantPast(SigningError):
    """A grant's last day is to come, and it stands for at least one use."""

    code = "grant.past"


@dataclass(frozen=True, slots=True)
class Request:
    """A member asks to use a seal for one contract; `admins`, its keepers, decide. `kind` is the seal's."""

    id: str
    seal: SealId
    kind: str
    person: PersonId
    name: str
    contract: ContractId
    title: str
    company: str
    party: PartyId | None
    admins: tuple[PersonId, ...]


@dataclass(frozen=True, slots=True)
class Grant:
    """`uses` left, None without limit; `contract` where it is for one only. `kind` is the seal's."""

    id: str
    seal: SealId
    kind: str
    company: str
    person: PersonId
    name: str
    until: datetime
    uses: int | None
    contract: str


@dataclass(frozen=True, slots=True)
class Borrower:
    """A member to whom a seal could be lent."""

    id: PersonId
    name: str


class Grants:
    """Asks for, gives, and takes back the use of an enterprise's seals."""

    def ask(self, tx: Tx, actor: Actor, seal: SealId, contract: ContractId) -> Request:
        """Ask for one use of a seal for one contract. Raises NotAMember, NoSuchContract, NotTheSigner."""
        enterprise, kind = _owner(tx, seal)
        tx.hold("enterprises", enterprise)
        require_member(tx, enterprise, actor.registered)
        if read_contract(tx, contract).party_of(actor.registered) is None:
            raise NotTheSigner
        for row in tx.find("grants_asked", person=actor.registered, seal=seal, contract=contract):
            return self._request(tx, row["id"])
        until = tx.now + ASKED_FOR_DAYS * DAY
        key = self._add(tx, enterprise, seal, actor.registered, until, 1, contract, "asked")
        note_event(tx, enterprise, "seal_asked", actor.registered, actor.registered, kind)
        return self._request(tx, key)

    def view(self, tx: Reading, actor: Actor, request: str) -> Request:
        """A request that still waits, for a keeper. Raises NotAMember, NotItsAdmin, SealNotYours, NotAsked."""
        row = tx.get("grants", request)
        if row is None:
            raise NotAsked
        _require_keeper(tx, actor, row["seal"])
        if row["state"] != "asked":
            raise NotAsked
        return self._request(tx, request)

    def answer(self, tx: Tx, actor: Actor, request: str, allow: bool) -> Request:
        """Allow this one use or refuse it. Raises as `view`."""
        asked = self.view(tx, actor, request)
        enterprise, kind = _owner(tx, asked.seal)
        tx.hold("enterprises", enterprise)
        state = "given" if allow else "refused"
        if not tx.change("grants", request, {"state": state}, was={"state": "asked"}):
            raise NotAsked
        happened = "seal_lent" if allow else "seal_not_lent"
        note_event(tx, enterprise, happened, actor.registered, asked.person, kind)
        return asked

    def give(
        self, tx: Tx, actor: Actor, seal: SealId, person: PersonId, until: datetime, uses: int | None = None
    ) -> Grant:
        """Let a member use a seal until a date, so many times or without limit; what they had before it is replaced.

        Raises NotAMember, NotItsAdmin, SealNotYours, GrantPast.
        """
        enterprise, kind = _owner(tx, seal)
        tx.hold("enterprises", enterprise)
        _require_keeper(tx, actor, seal)
        require_member(tx, enterprise, person)
        if milliseconds(until) <= tx.now or (uses is not None and uses < 1):
            raise GrantPast
        for row in tx.find("grants_of_seal", seal=seal, now=tx.now):
            if row["person"] == person and row["contract"] is None:
                tx.change("grants", row["id"], {"state": "revoked"})
        key = self._add(tx, enterprise, seal, person, milliseconds(until), uses, None, "given")
        note_event(tx, enterprise, "seal_lent", actor.registered, person, kind)
        return self.look(tx, actor, key)

    def revoke(self, tx: Tx, actor: Actor, grant: str) -> Grant:
        """Take a grant back at once. Raises as `look`."""
        given = self.look(tx, actor, grant)
        enterprise, kind = _owner(tx, given.seal)
        tx.hold("enterprises", enterprise)
        tx.change("grants", grant, {"state": "revoked"})
        note_event(tx, enterprise, "seal_taken_back", actor.registered, given.person, kind)
        return given

    def look(self, tx: Reading, actor: Actor, grant: str) -> Grant:
        """A grant in force, for the seal's keeper. Raises NotAMember, NotItsAdmin, SealNotYours, NotAsked."""
        row = tx.get("grants", grant)
        if row is None:
            raise NotAsked
        _require_keeper(tx, actor, row["seal"])
        if row["state"] != "given":
            raise NotAsked
        return _grant(tx, row)

    def given(self, tx: Reading, actor: Actor, seal: SealId) -> list[Grant]:
        """Who may use a seal besides its keepers; nobody a person's own. Raises NotAMember, NotItsAdmin, SealNotYours."""
        row = tx.get("seals", seal)
        if row is not None and row["owner"] == actor.registered:
            return []
        _require_keeper(tx, actor, seal)
        return [_grant(tx, row) for row in tx.find("grants_of_seal", seal=seal, now=tx.now)]

    def borrowers(self, tx: Reading, actor: Actor, seal: SealId) -> list[Borrower]:
        """To whom the seal could be lent: the members who don't keep it. Raises as `given`."""
        enterprise, kind = _owner(tx, seal)
        _require_keeper(tx, actor, seal)
        found = []
        for row in tx.find("staff", enterprise=enterprise, now=tx.now):
            if row["name"] and not uses_without_grant(tx, row["person"], enterprise, kind, row["role"]):
                found.append(Borrower(row["person"], row["name"]))
        return found

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
        enterprise, kind = _owner(tx, row["seal"])
        contract = read_contract(tx, row["contract"])
        signs = contract.party_of(row["person"])
        return Request(
            id=request,
            seal=row["seal"],
            kind=kind,
            person=row["person"],
            name=read_person(tx, row["person"]).name,
            contract=contract.id,
            title=contract.title,
            company=read_enterprise(tx, enterprise).name,
            party=signs.id if signs else None,
            admins=keepers_of(tx, enterprise, kind),
        )


def _owner(tx: Reading, seal: str) -> tuple[EnterpriseId, str]:
    """The enterprise that a seal belongs to, and the seal's kind. Raises NotAsked."""
    row = tx.get("seals", seal)
    if row is None or tx.get("enterprises", row["owner"]) is None:
        raise NotAsked
    return EnterpriseId(row["owner"]), row["kind"]


def _require_keeper(tx: Reading, actor: Actor, seal: str) -> None:
    require_keeper(tx, actor, *_owner(tx, seal))


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
    enterprise, kind = _owner(tx, row["seal"])
    return Grant(
        id=row["id"],
        seal=row["seal"],
        kind=kind,
        company=read_enterprise(tx, enterprise).name,
        person=row["person"],
        name=read_person(tx, row["person"]).name,
        until=moment(row["until"]),
        uses=row["uses"],
        contract=row["contract"] or "",
    )

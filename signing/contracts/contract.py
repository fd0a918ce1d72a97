"""A contract: one document, its parties, their areas, its deadline, and the states it can be in."""

from __future__ import annotations

import json
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from signing.actor import Actor
from signing.audit import note
from signing.contracts.plan import MARKS, Proposals
from signing.contracts.states import State as State
from signing.contracts.states import event_between
from signing.errors import SigningError
from signing.forms.field import Field, from_json
from signing.ids import AreaId, ContractId, Digest, EnterpriseId, PartyId, PersonId
from signing.store.port import Reading, Row, Tx
from signing.store.times import moment


class NoSuchContract(SigningError):
    """There is no such contract, or not for this person."""

    code = "contract.none"


class WrongState(SigningError):
    """The contract is in `state`, where this can't be done any more or not yet."""

    code = "contract.state"


class PlanChanged(SigningError):
    """The plan is no longer the one that was shown."""

    code = "contract.plan-changed"


class NotTheSigner(SigningError):
    """Somebody else signs for this party."""

    code = "contract.not-the-signer"


@dataclass(frozen=True, slots=True)
class Area:
    """`box` in PDF points from the bottom left of page `page` (0-based). An area of kind text has a `field`."""

    id: AreaId
    party: PartyId
    kind: str
    page: int
    box: tuple[float, float, float, float]
    anchor: str
    field: Field | None = None


@dataclass(frozen=True, slots=True)
class Party:
    """`kind` is enterprise or person; `contact` the signer's name, `phone` theirs (E.164), `email` theirs or empty.

    Parties of a lower `turn` sign first, those of the same together.
    `person` and `enterprise` are known once somebody who may sign was let in. A copy-holder is a party that does not
    sign, and so is a sender who is no party to what they send. `straddle`: the seal goes across the pages' edges.
    """

    id: PartyId
    position: int
    kind: str
    name: str
    code: str
    contact: str
    phone: str
    email: str
    turn: int
    person: PersonId | None
    enterprise: EnterpriseId | None
    state: str
    seal: str | None
    signed: datetime | None
    signs: bool = True
    straddle: bool = True

    @property
    def principal(self) -> str | None:
        """Whose certificate signs."""
        return self.enterprise if self.kind == "enterprise" else self.person


@dataclass(frozen=True, slots=True)
class Contract:
    """`plan` counts changes of the draft; `revision` those of the PDF, whose digest is `current`."""

    id: ContractId
    title: str
    sender: PersonId
    state: State
    document: Digest
    pages: int
    deadline: datetime
    plan: int
    prepared: Digest | None
    revision: int
    current: Digest
    parties: tuple[Party, ...]
    areas: tuple[Area, ...]
    reason: str
    number: str = ""

    def party(self, party: PartyId) -> Party:
        return next(each for each in self.parties if each.id == party)

    def party_of(self, person: PersonId | None) -> Party | None:
        """The party for which a person signs."""
        return next((each for each in self.parties if person and each.person == person), None)

    def areas_of(self, party: PartyId) -> tuple[Area, ...]:
        return tuple(area for area in self.areas if area.party == party)

    def blanks_of(self, party: PartyId) -> tuple[Area, ...]:
        """What a party fills in before it signs, in reading order."""
        return tuple(area for area in self.areas_of(party) if area.kind == "text")

    @property
    def waiting(self) -> tuple[Party, ...]:
        """The parties that have not signed yet."""
        return tuple(each for each in self.signers if each.state != "signed")

    @property
    def signers(self) -> tuple[Party, ...]:
        """The parties that sign."""
        return tuple(each for each in self.parties if each.signs)

    @property
    def copies(self) -> tuple[Party, ...]:
        """The copy-holders, who receive the finished file and never sign."""
        return tuple(each for each in self.parties if not each.signs and each.position > 1)

    @property
    def placeless(self) -> tuple[Party, ...]:
        """The signing parties without a place for seal or signature."""
        placed = {area.party for area in self.areas if area.kind in MARKS}
        return tuple(each for each in self.signers if each.id not in placed)

    @property
    def due(self) -> tuple[Party, ...]:
        """The waiting parties whose turn it is."""
        waiting = self.waiting
        turn = min((each.turn for each in waiting), default=0)
        return tuple(each for each in waiting if each.turn == turn)

    @property
    def missing(self) -> tuple[str, ...]:
        """What a draft lacks before it can start: `parties`, `areas`."""
        alone = all(each.position == 1 for each in self.signers)
        lacking = {"parties": alone, "areas": bool(self.placeless)}
        return tuple(word for word, lacks in lacking.items() if lacks)


def read_contract(tx: Reading, contract: ContractId) -> Contract:
    """Raises NoSuchContract."""
    row = tx.get("contracts", contract)
    if row is None:
        raise NoSuchContract
    parties = tuple(_party(each) for each in tx.find("parties_of_contract", contract=contract))
    areas = tuple(_area(each) for each in tx.find("areas_of_contract", contract=contract))
    return _contract(row, parties, areas)


def hold_contract(tx: Tx, contract: ContractId) -> Contract:
    """Read a contract that is about to change. Raises NoSuchContract."""
    if tx.get("contracts", contract) is None:
        raise NoSuchContract
    tx.hold("contracts", contract)
    return read_contract(tx, contract)


def read_proposals(tx: Reading, contract: ContractId) -> Proposals:
    """What the document's text proposed as places to sign."""
    row = tx.get("contracts", contract)
    if row is None:
        raise NoSuchContract
    return Proposals(**json.loads(row["proposals"]))


def require_sender(contract: Contract, actor: Actor, *states: State) -> Contract:
    """Raises NotRegistered, NoSuchContract for anyone but the sender, WrongState."""
    if contract.sender != actor.registered:
        raise NoSuchContract
    return require_state(contract, *states)


def require_state(contract: Contract, *states: State) -> Contract:
    """Raises WrongState."""
    if states and contract.state not in states:
        raise WrongState(state=contract.state, title=contract.title)
    return contract


def require_open(tx: Reading, contract: Contract) -> Contract:
    """A contract that somebody may still sign, refuse or withdraw: the deadline counts to the millisecond, even
    where the clock comes late, and a file that all have signed is only being finished. Raises WrongState."""
    require_state(contract, State.SIGNING)
    if not contract.waiting:
        raise WrongState(state=State.COMPLETED, title=contract.title)
    if contract.deadline <= moment(tx.now):
        raise WrongState(state=State.EXPIRED, title=contract.title)
    return contract


def move(tx: Tx, contract: Contract, to: State, actor: str | None, **columns: Any) -> None:
    """Bring a held contract into another state, with its audit event. Raises WrongState."""
    event = event_between(contract.state, to)
    if event is None:
        raise WrongState(state=contract.state, title=contract.title)
    tx.change("contracts", contract.id, {"state": to, "changed": tx.now, **columns})
    note(tx, contract.id, event, actor, digest=columns.get("current", contract.current))


def _contract(row: Row, parties: tuple[Party, ...], areas: tuple[Area, ...]) -> Contract:
    return Contract(
        id=row["id"],
        title=row["title"],
        sender=row["sender"],
        state=State(row["state"]),
        document=row["document"],
        pages=row["pages"],
        deadline=moment(row["deadline"]),
        plan=row["plan"],
        prepared=row["prepared"],
        revision=row["revision"],
        current=row["current"],
        parties=parties,
        areas=areas,
        reason=row["reason"] or "",
        number=row["number"] or "",
    )


def _party(row: Row) -> Party:
    names = ("id", "position", "kind", "name", "contact", "phone", "turn", "person", "enterprise")
    signed = moment(row["signed"]) if row["signed"] else None
    return Party(
        **{name: row[name] for name in names},
        code=row["code"] or "",
        email=row["email"] or "",
        state=row["state"],
        seal=row["seal"],
        signed=signed,
        signs=bool(row["signs"]),
        straddle=bool(row["straddle"]),
    )


def _area(row: Row) -> Area:
    box = (row["x0"], row["y0"], row["x1"], row["y1"])
    asked = from_json(row["field"]) if row["field"] else Field("") if row["kind"] == "text" else None
    return Area(row["id"], row["party"], row["kind"], row["page"], box, row["anchor"], asked)

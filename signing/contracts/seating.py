"""Putting a party on a draft: its row, its number, and the places that the text proposes for it."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from signing.contracts.contract import Area, Contract, Party, read_contract, read_proposals
from signing.contracts.order import turn_of_next
from signing.contracts.plan import Planned
from signing.enterprises import enterprise_of_code, read_enterprise, require_member
from signing.forms.field import as_json
from signing.ids import AreaId, ContractId, EnterpriseId, PartyId, new_id
from signing.persons import Person
from signing.store.port import Reading, Row, Tx


@dataclass(frozen=True, slots=True)
class NewParty:
    """A party to add: an enterprise by name and code with its signer, or a person. A copy-holder does not sign."""

    contact: str
    phone: str
    name: str = ""
    code: str = ""
    signs: bool = True

    @property
    def kind(self) -> str:
        return "enterprise" if self.code else "person"

    def is_same(self, party: Party) -> bool:
        """Whether a contract's party is this company or this person."""
        if self.code:
            return party.code == self.code
        return party.phone == self.phone and not party.code


def sender_row(tx: Reading, person: Person, enterprise: EnterpriseId | None) -> Row:
    """The sender as a party: for a company or in their own name. Raises NotAMember."""
    signer = {"contact": person.name, "phone": person.phone, "person": person.id}
    if enterprise is None:
        return {"kind": "person", "name": person.name, "enterprise": None, "code": None, **signer}
    require_member(tx, enterprise, person.id)
    known = read_enterprise(tx, enterprise)
    company = {"kind": "enterprise", "name": known.name, "code": known.code, "enterprise": enterprise}
    return {**company, **signer}


def party_row(tx: Reading, party: NewParty) -> Row:
    """A new party's row; the person is bound only when they are let in, the enterprise when it is known."""
    enterprise = enterprise_of_code(tx, party.code) if party.code else None
    names = {"kind": party.kind, "name": party.name or party.contact, "code": party.code or None}
    people = {"contact": party.contact, "phone": party.phone, "person": None, "signs": int(party.signs)}
    return {**names, **people, "enterprise": enterprise.id if enterprise else None}


def seat(tx: Tx, contract: ContractId, row: Row) -> PartyId:
    """Add a party to a held draft, behind the others, with the places that the text proposes."""
    key = PartyId(new_id("y", tx.now))
    taken = [each["position"] for each in tx.find("positions_of_contract", contract=contract)]
    turn = turn_of_next(read_contract(tx, contract).signers)
    place = {"id": key, "contract": contract, "position": max(taken, default=0) + 1, "state": "planned"}
    tx.insert("parties", {"turn": turn, **row, **place})
    draft = read_contract(tx, contract)
    propose_for(tx, draft, draft.party(key))
    return key


def propose_for(tx: Tx, draft: Contract, party: Party) -> None:
    """Plan a party's areas as the text proposes for its number among those who sign."""
    if party.signs:
        role = draft.signers.index(party) + 1
        plan_areas(
            tx, draft.id, party.id, read_proposals(tx, draft.id).for_party(role, party.name, party.kind)
        )


def propose_anew(tx: Tx, contract: ContractId) -> None:
    """Plan everybody's areas again as the text proposes, whatever was moved."""
    draft = read_contract(tx, contract)
    for area in draft.areas:
        tx.remove("areas", area.id)
    for party in draft.parties:
        propose_for(tx, draft, party)


def plan_areas(tx: Tx, contract: ContractId, party: PartyId, areas: tuple[Planned, ...]) -> None:
    for area in areas:
        box = dict(zip(("x0", "y0", "x1", "y1"), area.box, strict=True))
        asked = as_json(area.field) if area.field else None
        place = {"kind": area.kind, "page": area.page, "anchor": area.anchor, "field": asked}
        key = AreaId(new_id("a", tx.now))
        tx.insert("areas", {"id": key, "contract": contract, "party": party, **place, **box})


def copy_areas(
    tx: Tx, areas: Iterable[Area], contract: ContractId, parties: Mapping[PartyId, PartyId]
) -> None:
    """The same places for the parties that stand for those of another contract."""
    for area in areas:
        if area.party in parties:
            planned = Planned(area.kind, area.page, area.box, area.anchor, area.field)
            plan_areas(tx, contract, parties[area.party], (planned,))

"""What becomes of somebody's rights and work when they leave an enterprise: the rights end, the work stays with it."""

from __future__ import annotations

from dataclasses import dataclass

from signing.audit import note
from signing.contracts.contract import Contract, Party, State, hold_contract, read_contract
from signing.enterprises import read_enterprise
from signing.ids import ContractId, EnterpriseId, PersonId
from signing.persons import Person, read_person
from signing.store.port import Row, Tx


@dataclass(frozen=True, slots=True)
class Estate:
    """`contracts` that another member goes on with; `waiting` are those in which they sign now, as the party was."""

    contracts: int
    waiting: tuple[tuple[Contract, Party], ...]


def leave_to(tx: Tx, enterprise: EnterpriseId, person: PersonId, heir: PersonId) -> Estate:
    """Take somebody out of a held enterprise; `heir`, another member, has what they had begun for it."""
    estate = _hand_on(tx, enterprise, read_person(tx, person), read_person(tx, heir))
    drop_member(tx, enterprise, person)
    return estate


def drop_member(tx: Tx, enterprise: EnterpriseId, person: PersonId) -> None:
    """The membership and every seal that was lent with it end."""
    for grant in tx.find("grants_of_member", enterprise=enterprise, person=person):
        tx.change("grants", grant["id"], {"state": "revoked"})
    for row in tx.find("membership_row", enterprise=enterprise, person=person):
        tx.remove("members", row["id"])


def _hand_on(tx: Tx, enterprise: EnterpriseId, former: Person, heir: Person) -> Estate:
    code = read_enterprise(tx, enterprise).code
    values = {"enterprise": enterprise, "code": code, "person": former.id, "phone": former.phone}
    rows = tx.find("contracts_of_member", **values)
    waiting = [each for row in rows if (each := _hand_on_one(tx, row, former, heir))]
    return Estate(len({row["contract"] for row in rows}), tuple(waiting))


def _hand_on_one(tx: Tx, row: Row, former: Person, heir: Person) -> tuple[Contract, Party] | None:
    """One party's part; the party as it was where the heir has something to sign now."""
    contract = hold_contract(tx, ContractId(row["contract"]))
    party = contract.party(row["party"])
    if party.position == 1 and contract.sender == former.id:
        tx.change("contracts", contract.id, {"sender": heir.id, "plan": contract.plan + 1})
        note(tx, contract.id, "sender_changed", former.id)
    if contract.state not in (State.DRAFT, State.SIGNING) or party.state == "signed":
        return None
    named = {"contact": heir.name, "phone": heir.phone, "email": None, "token": None, "handed": None}
    state = "planned" if party.state == "planned" else "invited"
    bound = {"person": heir.id} if party.position == 1 else {"person": None, "state": state}
    tx.change("parties", party.id, {**named, **bound})
    note(tx, contract.id, "signer_changed", former.id, party=party.id)
    return (read_contract(tx, contract.id), party) if contract.state == State.SIGNING else None

"""Who may read a contract: its sender, its signers, its copy-holders, the admins of a company that let a signer in."""

from __future__ import annotations

from signing.actor import Actor
from signing.contracts.contract import Contract, NoSuchContract, Party, State, read_contract
from signing.enterprises import role_of
from signing.ids import ContractId, PersonId
from signing.persons import read_person
from signing.store.port import Reading


def require_reader(tx: Reading, actor: Actor, contract: ContractId) -> Contract:
    """The contract. Raises NotRegistered, NoSuchContract: also for a signer who left the company since."""
    read, person = read_contract(tx, contract), actor.registered
    if read.sender == person or any(_reads(tx, each, person) for each in read.parties):
        return read
    if read.state not in (State.DRAFT, State.DISCARDED) and _has_copy(tx, read, person):
        return read
    raise NoSuchContract


def still_signs_for(tx: Reading, party: Party, person: PersonId | None) -> bool:
    """Whether a person who was let in for a party belongs to its company, if it is one."""
    if person is None or party.enterprise is None:
        return person is not None
    return role_of(tx, party.enterprise, person) is not None


def _reads(tx: Reading, party: Party, person: PersonId) -> bool:
    if party.person == person:
        return still_signs_for(tx, party, person)
    let_in = party.state in ("opened", "signed", "refused")
    return bool(let_in and party.enterprise and role_of(tx, party.enterprise, person) == "admin")


def _has_copy(tx: Reading, contract: Contract, person: PersonId) -> bool:
    """A copy-holder is known by their proved phone."""
    phone = read_person(tx, person).phone
    return bool(phone) and phone in [each.phone for each in contract.copies]

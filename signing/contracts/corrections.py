"""A signer whose checked name is not the one that the sender wrote: both learn what differs, and the sender corrects it."""

from __future__ import annotations

from dataclasses import dataclass

from signing.actor import Actor
from signing.audit import events, note
from signing.contracts.contract import (
    Contract,
    NoSuchContract,
    hold_contract,
    read_contract,
    require_open,
    require_sender,
)
from signing.contracts.signers import Signers
from signing.errors import SigningError
from signing.ids import ContractId, PartyId, PersonId
from signing.persons import Person, person_of_phone
from signing.store.port import Reading, Tx

ASKED = "correction_asked"


class NothingDiffers(SigningError):
    """The name is the one that the sender wrote, or somebody else has the phone now."""

    code = "signer.nothing-differs"


@dataclass(frozen=True, slots=True)
class Difference:
    """`named` is what the sender wrote, `found` what the register has for the person with that phone."""

    contract: ContractId
    party: PartyId
    title: str
    principal: str
    named: str
    found: str
    sender: PersonId
    sender_name: str


class Corrections:
    """Asks for a correction and makes it. Each raises NotRegistered, NoSuchContract, WrongState, NothingDiffers."""

    def __init__(self, signers: Signers) -> None:
        self._signers = signers

    def mine(self, tx: Reading, actor: Actor, party: PartyId) -> Difference:
        """What differs, for the signer: the holder of the phone that the sender wrote."""
        contract, person = _of(tx, party)
        if person is None or person.id != actor.registered:
            raise NoSuchContract
        return _difference(contract, party, person)

    def ask(self, tx: Tx, actor: Actor, party: PartyId) -> Difference:
        """The signer asks the sender to correct it, and so lets them see the checked name."""
        found = self.mine(tx, actor, party)
        require_open(tx, hold_contract(tx, found.contract))
        note(tx, found.contract, ASKED, actor.registered, party=party)
        return found

    def asked(self, tx: Reading, actor: Actor, party: PartyId) -> Difference:
        """What differs, for the sender, once the signer has asked."""
        contract, person = _of(tx, party)
        require_open(tx, require_sender(contract, actor))
        told = [
            each for each in events(tx, contract.id) if each.kind == ASKED and each.facts["party"] == party
        ]
        if person is None or person.id not in [each.actor for each in told]:
            raise NoSuchContract
        return _difference(contract, party, person)

    def correct(self, tx: Tx, actor: Actor, party: PartyId) -> Contract:
        """Write the checked name. Links, codes and consent given under the other name are void; the party begins again."""
        found = self.asked(tx, actor, party)
        contract = hold_contract(tx, found.contract)
        named = contract.party(party)
        if named.kind == "person":
            tx.change("parties", party, {"name": found.found})
        return self._signers.replace(tx, actor, found.contract, party, found.found, named.phone)


def _of(tx: Reading, party: PartyId) -> tuple[Contract, Person | None]:
    """The contract of a party, and who has proved the party's phone."""
    row = tx.get("parties", party)
    if row is None:
        raise NoSuchContract
    contract = read_contract(tx, row["contract"])
    return contract, person_of_phone(tx, row["phone"])


def _difference(contract: Contract, party: PartyId, person: Person) -> Difference:
    named = contract.party(party)
    if not person.checked or person.name == named.contact or named.state == "signed":
        raise NothingDiffers
    return Difference(
        contract=contract.id,
        party=party,
        title=contract.title,
        principal=named.name,
        named=named.contact,
        found=person.name,
        sender=contract.sender,
        sender_name=contract.parties[0].contact,
    )

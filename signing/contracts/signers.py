"""Another signer for a party that has not signed: named by the sender, or a colleague to whom the signer hands over."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

from signing.actor import Actor
from signing.audit import note
from signing.contracts.contract import (
    Contract,
    NoSuchContract,
    Party,
    hold_contract,
    read_contract,
    require_open,
    require_sender,
)
from signing.contracts.invitations import require_signer
from signing.contracts.signatures import SignedAlready
from signing.enterprises import require_member
from signing.errors import SigningError
from signing.ids import ContractId, EnterpriseId, PartyId, PersonId
from signing.persons import read_person
from signing.store.port import Reading, Tx


class SameSigner(SigningError):
    """That person is the party's signer already."""

    code = "signer.same"


class NoColleague(SigningError):
    """Only an enterprise's signer can hand over, and only to another member of it."""

    code = "signer.no-colleague"


@dataclass(frozen=True, slots=True)
class Colleague:
    """Somebody of the same company who could sign instead."""

    id: PersonId
    name: str


Announce = Callable[[Tx, Contract, Party, PersonId], None]
"""Tell the new signer, the former one and the sender, other than who changed it, in the same transaction."""


class Signers:
    """Changes who signs. What the former signer was sent is void: link, code and all."""

    def __init__(self, announce: Announce) -> None:
        self._announce = announce

    def replace(
        self, tx: Tx, actor: Actor, contract: ContractId, party: PartyId, name: str, phone: str
    ) -> Contract:
        """The sender names another signer (phone in E.164).

        Raises NoSuchContract, WrongState, SignedAlready, SameSigner.
        """
        held = require_open(tx, require_sender(hold_contract(tx, contract), actor))
        named = next(
            (each for each in held.parties if each.id == party and each.position > 1 and each.signs), None
        )
        if named is None:
            raise NoSuchContract
        return self._change(tx, actor, held, named, name, phone)

    def hand_over(
        self, tx: Tx, actor: Actor, contract: ContractId, party: PartyId, colleague: PersonId
    ) -> Contract:
        """The signer hands over to another member of the same enterprise.

        Raises NotTheSigner, NoSuchContract, WrongState, NoColleague, SignedAlready.
        """
        held = require_open(tx, hold_contract(tx, contract))
        named = require_signer(tx, actor, held, party)
        if colleague not in [each.id for each in self.colleagues(tx, actor, contract, party)]:
            raise NoColleague
        person = read_person(tx, colleague)
        return self._change(tx, actor, held, named, person.name, person.phone)

    def colleagues(self, tx: Reading, actor: Actor, contract: ContractId, party: PartyId) -> list[Colleague]:
        """To whom the signer could hand over. Raises NotTheSigner, NoSuchContract."""
        named = require_signer(tx, actor, read_contract(tx, contract), party)
        if named.enterprise is None:
            return []
        require_member(tx, EnterpriseId(named.enterprise), actor.registered)
        rows = tx.find("colleagues", enterprise=named.enterprise, person=actor.registered)
        return [Colleague(row["id"], row["name"]) for row in rows]

    def _change(self, tx: Tx, actor: Actor, held: Contract, named: Party, name: str, phone: str) -> Contract:
        if named.state == "signed":
            raise SignedAlready
        if named.phone == phone and named.contact == name:
            raise SameSigner
        state = "planned" if named.state == "planned" else "invited"
        fresh = {
            "contact": name,
            "phone": phone,
            "person": None,
            "token": None,
            "handed": None,
            "state": state,
        }
        tx.change("parties", named.id, fresh)
        note(tx, held.id, "signer_changed", actor.registered, party=named.id)
        changed = read_contract(tx, held.id)
        self._announce(tx, changed, named, actor.registered)
        return changed

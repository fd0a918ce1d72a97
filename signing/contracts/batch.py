"""Several waiting contracts, one code: it stands for the list of their digests, each of which can be used once."""

from __future__ import annotations

from dataclasses import dataclass

from signing.actor import Actor
from signing.contracts.bindings import Entry, batch_binding
from signing.contracts.contract import Contract, Party, PlanChanged
from signing.contracts.invitations import Invitations
from signing.contracts.seal_choice import SealChoice
from signing.contracts.signatures import Signatures
from signing.errors import SigningError
from signing.forms.errors import NotFilledIn
from signing.ids import ContractId, Digest, PartyId, SealId
from signing.seals.keeping import NoSeal
from signing.store.port import Tx
from signing.willingness import Binding

AT_MOST = 10


@dataclass(frozen=True, slots=True)
class Item:
    """One contract of a batch: with which seal for which party; `current` is the file as it stands."""

    contract: ContractId
    party: PartyId
    seal: SealId
    title: str
    sender: str
    principal: str
    current: Digest
    prepared: Digest

    @property
    def entry(self) -> Entry:
        return [self.contract, self.party, self.prepared, self.seal]


class Batches:
    """Finds what a person could sign in one go."""

    def __init__(self, invitations: Invitations, choice: SealChoice, signatures: Signatures) -> None:
        self._invitations = invitations
        self._choice = choice
        self._signatures = signatures

    def ready(self, tx: Tx, actor: Actor) -> list[Item]:
        """What waits for the person and needs nothing but a code, nothing filled in, nearest deadline first, at most ten.

        Raises NotRegistered.
        """
        found = []
        for each in self._invitations.waiting(tx, actor):
            try:
                found.append(tx.attempt(self._item, actor, each.party))
            except SigningError:
                continue
        return found[:AT_MOST]

    def binding(self, tx: Tx, actor: Actor, items: list[Item]) -> Binding:
        """What one code for these stands for. Raises PlanChanged if one of them can't be signed as it was shown."""
        ready = {item.party: item for item in self.ready(tx, actor)}
        if not items or any(ready.get(item.party) != item for item in items):
            raise PlanChanged
        return batch_binding([item.entry for item in items])

    def _item(self, tx: Tx, actor: Actor, party: PartyId) -> Item:
        contract = self._invitations.admit(tx, actor, party)
        named = contract.party(party)
        if contract.blanks_of(party):
            raise NotFilledIn
        seal = self._seal(tx, actor, contract, named)
        self._signatures.binding(tx, actor, contract.id, party, seal)
        assert contract.prepared is not None
        sender = contract.parties[0].name
        facts = (contract.title, sender, named.name, contract.current, contract.prepared)
        return Item(contract.id, party, seal, *facts)

    def _seal(self, tx: Tx, actor: Actor, contract: Contract, party: Party) -> SealId:
        usable = self._choice.of(tx, actor, contract, party)
        if not usable:
            raise NoSeal
        return usable[0].id

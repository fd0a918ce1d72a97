"""Voiding by agreement: a completed contract stays what it is, and a second one, signed by the same parties, voids it."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace

from signing.actor import Actor
from signing.audit import note
from signing.contracts.contract import (
    Contract,
    NoSuchContract,
    Party,
    State,
    hold_contract,
    read_contract,
    require_state,
)
from signing.contracts.drafts import Document, Drafts
from signing.contracts.endings import clean_reason
from signing.contracts.papers import Papers
from signing.contracts.plan import Proposals
from signing.contracts.readers import require_reader, still_signs_for
from signing.contracts.seating import NewParty
from signing.contracts.voided import Voided, voided_by
from signing.contracts.voiding_paper import Paper, Words, draw_paper
from signing.errors import SigningError
from signing.ids import ContractId, Digest, EnterpriseId, PartyId
from signing.store.blobs import Blobs
from signing.store.port import Reading, Store, Tx

STANDING = (State.DRAFT, State.SIGNING, State.COMPLETED)


class VoidAlready(SigningError):
    """All parties have voided the contract. `details`: `title`."""

    code = "voiding.done"


class NotVoidable(SigningError):
    """An agreement that voids another contract can't be voided itself."""

    code = "voiding.not-voidable"


class VoidingUnderway(SigningError):
    """A voiding of it is being drafted or signed. `details`: `title`, `contract`."""

    code = "voiding.underway"


Announce = Callable[[Tx, Contract, Contract], None]
"""Tell everyone that the first is void by the second, in the transaction in which it becomes so."""


class Voidings:
    """Draws voidings, starts them as drafts, and lets them count once all have signed."""

    def __init__(
        self,
        store: Store,
        blobs: Blobs,
        papers: Papers,
        drafts: Drafts,
        words: Words,
        announce: Announce,
    ) -> None:
        self._store = store
        self._blobs = blobs
        self._papers = papers
        self._drafts = drafts
        self._words = words
        self._announce = announce

    def require_voidable(self, tx: Reading, actor: Actor, contract: ContractId) -> Contract:
        """A completed contract of the actor's that nothing voids yet.

        Raises NotRegistered, NoSuchContract, WrongState, NotVoidable, VoidAlready, VoidingUnderway.
        """
        read = read_contract(tx, contract)
        mine = read.party_of(actor.registered)
        if mine is None or not still_signs_for(tx, mine, mine.person):
            raise NoSuchContract
        require_state(read, State.COMPLETED)
        if tx.get("voidings", contract):
            raise NotVoidable
        if voided_by(tx, contract):
            raise VoidAlready(title=read.title)
        for row in tx.find("voidings_of", contract=contract):
            other = read_contract(tx, row["id"])
            if other.state in STANDING:
                raise VoidingUnderway(title=other.title, contract=other.id)
        return read

    def voidable(self, tx: Reading, actor: Actor, contract: ContractId) -> bool:
        """Whether the actor may propose to void it, or look at a voiding that is underway."""
        try:
            self.require_voidable(tx, actor, contract)
        except VoidingUnderway:
            return True
        except SigningError:
            return False
        return True

    def draw(self, contract: ContractId, first: PartyId, reason: str) -> Document:
        """The voiding as a PDF with a place for each party, `first` before the others; outside any transaction."""
        read = self._store.read(read_contract, contract)
        parties = ordered(read, read.party(first))
        paper = draw_paper(Paper(read, parties, self._store.read(_number, contract), reason), self._words)
        taken = self._papers.take_in(Digest(self._blobs.write(paper.pdf)), f"{read.title}.pdf")
        return replace(taken, proposals=Proposals(paper.places, []))

    def begin(
        self, tx: Tx, actor: Actor, contract: ContractId, document: Document, title: str, reason: str
    ) -> ContractId:
        """A draft with the same parties, the actor's own first. Raises as `require_voidable`, NoReason."""
        first = self.require_voidable(tx, actor, contract)
        mine = first.party_of(actor.registered)
        assert mine is not None
        enterprise = EnterpriseId(mine.enterprise) if mine.enterprise else None
        key = self._drafts.create(tx, actor, document, title, enterprise)
        for party in ordered(first, mine)[1:]:
            self._drafts.add_party(tx, actor, key, _new_party(party))
        hold_contract(tx, contract)
        tx.insert(
            "voidings", {"id": key, "voids": contract, "reason": clean_reason(reason), "created": tx.now}
        )
        note(tx, contract, "voiding_drafted", actor.registered, by=key)
        return key

    def settle(self, tx: Tx, contract: Contract) -> None:
        """A contract was completed: where it is a voiding by all parties, it counts from here on."""
        row = tx.get("voidings", contract.id)
        if row is None:
            return
        first = hold_contract(tx, ContractId(row["voids"]))
        if principals(first) != principals(contract) or voided_by(tx, first.id):
            return
        tx.change("voidings", contract.id, {"settled": tx.now})
        note(tx, first.id, "voided", None, by=contract.id, digest=contract.current)
        self._announce(tx, first, contract)

    def of(self, tx: Reading, actor: Actor, contract: ContractId) -> Voided | None:
        """By what a contract of the actor's is void. Raises NotRegistered, NoSuchContract."""
        require_reader(tx, actor, contract)
        return voided_by(tx, contract)


def principals(contract: Contract) -> set[str | None]:
    return {each.principal for each in contract.parties}


def ordered(contract: Contract, first: Party) -> list[Party]:
    """The parties with one of them first."""
    return [first, *(each for each in contract.parties if each.id != first.id)]


def _new_party(party: Party) -> NewParty:
    name = party.name if party.kind == "enterprise" else ""
    return NewParty(party.contact, party.phone, name, party.code)


def _number(tx: Reading, contract: ContractId) -> str:
    row = tx.get("contract_proofs", contract)
    return row["number"] if row else ""

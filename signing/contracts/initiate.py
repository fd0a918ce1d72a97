"""Initiate: the plan is frozen into a prepared PDF, and the parties are invited."""

from __future__ import annotations

from collections.abc import Sequence

from signing.actor import Actor
from signing.audit import note
from signing.contracts.bindings import START, Entry, start_binding, start_list_binding, start_purpose
from signing.contracts.calendar import Calendar
from signing.contracts.changing import forget_removed
from signing.contracts.contract import (
    Contract,
    PlanChanged,
    State,
    hold_contract,
    move,
    read_contract,
    require_sender,
)
from signing.contracts.drafts import DeadlinePast
from signing.contracts.entries import Entries
from signing.contracts.fields import fields_of
from signing.contracts.foot import Feet
from signing.contracts.order import Announce, invite_due, require_turn
from signing.contracts.revisions import add_revision
from signing.contracts.voided import require_all_parties
from signing.errors import SigningError
from signing.ids import ChallengeId, ContractId, Digest
from signing.pdf.prepare import prepare
from signing.store.blobs import Blobs
from signing.store.port import Reading, Store, Tx
from signing.store.times import moment
from signing.willingness import Binding, NotWilling, Willingness


class NotReady(SigningError):
    """The draft still lacks something: `missing` names it (parties, areas)."""

    code = "contract.not-ready"


class Initiating:
    """Starts contracts. `announce` are told of each and of whose turn it is, in the same transaction."""

    def __init__(
        self,
        store: Store,
        blobs: Blobs,
        willingness: Willingness,
        calendar: Calendar,
        entries: Entries,
        feet: Feet,
        *announce: Announce,
    ) -> None:
        self._store = store
        self._blobs = blobs
        self._willingness = willingness
        self._calendar = calendar
        self._entries = entries
        self._feet = feet
        self._announce = announce

    def require_ready(self, tx: Reading, actor: Actor, contract: ContractId, plan: int) -> Contract:
        """The draft as it would start. Raises PlanChanged if it is not the one that was shown, NotReady,
        DeadlinePast, and as every change of a draft."""
        draft = require_sender(read_contract(tx, contract), actor, State.DRAFT)
        if draft.plan != plan:
            raise PlanChanged
        require_all_parties(tx, draft)
        if draft.missing:
            raise NotReady(missing=list(draft.missing))
        if draft.deadline <= moment(tx.now):
            raise DeadlinePast
        return draft

    def prepare(self, contract: ContractId, plan: int) -> Digest:
        """The PDF with the fields of all parties; outside any transaction. Raises PlanChanged, NoFreeFoot."""
        draft = self._store.read(read_contract, contract)
        if draft.plan != plan:
            raise PlanChanged
        pdf = prepare(self._blobs.read(draft.document), fields_of(draft), self._feet.mark(draft))
        return Digest(self._blobs.write(pdf))

    def binding(self, tx: Reading, actor: Actor, draft: Contract, prepared: Digest, seal: str) -> Binding:
        """What the sender's code stands for. Raises NotFilledIn."""
        entries = self._entries.agreed(tx, draft, draft.parties[0]) if seal else ""
        return start_binding(draft, prepared, seal, entries)

    def initiate(
        self,
        tx: Tx,
        actor: Actor,
        contract: ContractId,
        plan: int,
        prepared: Digest,
        challenge: ChallengeId,
        seal: str,
        listed: Sequence[Entry] = (),
    ) -> Contract:
        """Start the contract. Raises NotWilling, NotYourTurn where the sender would seal too soon, and as `require_ready`."""
        hold_contract(tx, contract)
        draft = self.require_ready(tx, actor, contract, plan)
        if seal:
            require_turn(draft, draft.parties[0])
        if listed and [contract, draft.parties[0].id, prepared, seal] not in listed:
            raise NotWilling
        purpose = start_purpose(contract) if listed else START
        expected = start_list_binding(listed) if listed else self.binding(tx, actor, draft, prepared, seal)
        self._willingness.consume(tx, actor, challenge, purpose, expected)
        note(tx, contract, "areas_planned", actor.registered, areas=len(draft.areas), plan=plan)
        move(tx, draft, State.SIGNING, actor.registered, prepared=prepared, current=prepared, revision=1)
        add_revision(tx, self._blobs, contract, 1, prepared)
        forget_removed(tx, contract)
        invited = invite_due(tx, read_contract(tx, contract), actor.registered)
        self._calendar.set_timers(tx, contract, draft.deadline)
        started = read_contract(tx, contract)
        others = [each for each in invited if each.person != started.sender]
        for announce in self._announce:
            announce(tx, started, [*others, *started.copies])
        return started

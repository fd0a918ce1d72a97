"""Initiate: the plan is frozen into a prepared PDF, and the parties are invited."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Sequence

from signing.actor import Actor
from signing.audit import note
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
from signing.contracts.voided import require_all_parties
from signing.errors import SigningError
from signing.ids import ChallengeId, ContractId, Digest, new_id
from signing.pdf.prepare import prepare
from signing.store.blobs import Blobs
from signing.store.port import Reading, Store, Tx
from signing.store.times import moment
from signing.willingness import Binding, NotWilling, Willingness

START, SEAL = "start", "seal"


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
        listed: Sequence[ListEntry] = (),
    ) -> Contract:
        """Start the contract. Raises NotWilling, NotYourTurn where the sender would seal too soon, and as `require_ready`."""
        hold_contract(tx, contract)
        draft = self.require_ready(tx, actor, contract, plan)
        if seal:
            require_turn(draft, draft.parties[0])
        if listed and [contract, draft.parties[0].id, prepared, seal] not in listed:
            raise NotWilling
        purpose = f"{START}:{contract}" if listed else START
        expected = start_list_binding(listed) if listed else self.binding(tx, actor, draft, prepared, seal)
        self._willingness.consume(tx, actor, challenge, purpose, expected)
        self._blobs.register(tx, prepared, "application/pdf")
        note(tx, contract, "areas_planned", actor.registered, areas=len(draft.areas), plan=plan)
        move(tx, draft, State.SIGNING, actor.registered, prepared=prepared, current=prepared, revision=1)
        revision = {"id": new_id("v", tx.now), "contract": contract, "number": 1, "digest": prepared}
        tx.insert("revisions", {**revision, "created": tx.now})
        forget_removed(tx, contract)
        invited = invite_due(tx, read_contract(tx, contract), actor.registered)
        self._calendar.set_timers(tx, contract, draft.deadline)
        started = read_contract(tx, contract)
        others = [each for each in invited if each.person != started.sender]
        for announce in self._announce:
            announce(tx, started, [*others, *started.copies])
        return started


def start_binding(draft: Contract, prepared: Digest, seal: str, entries: str = "") -> Binding:
    """What the sender agrees to: starting, and sealing in the same breath where a seal is named."""
    purposes = (START, SEAL) if seal else (START,)
    sender = draft.parties[0]
    return Binding(purposes, draft.id, sender.id, prepared, seal, entries=entries if seal else "")


ListEntry = list[str]
"""One line of a list that one code starts: contract, sender's party, digest of the prepared PDF, seal or ""."""


def start_list_binding(listed: Sequence[ListEntry]) -> Binding:
    """What one code for starting several contracts stands for: exactly this list, each line once."""
    written = json.dumps([list(each) for each in listed], ensure_ascii=False)
    starts = tuple(f"{START}:{each[0]}" for each in listed)
    seals = tuple(f"{SEAL}:{each[0]}" for each in listed if each[3])
    return Binding((*starts, *seals), digest=hashlib.sha256(written.encode()).hexdigest())


def sign_binding(contract: Contract, party: str, seal: str, entries: str = "") -> Binding:
    """What a signer agrees to: this party's seal on this prepared PDF, and what it filled in."""
    assert contract.prepared is not None
    return Binding((SEAL,), contract.id, party, contract.prepared, seal, entries=entries)

"""Changing a draft: who may, on which plan, and that every change makes a new one."""

from __future__ import annotations

from signing.actor import Actor
from signing.contracts.contract import Contract, PlanChanged, State, hold_contract, require_sender
from signing.errors import SigningError
from signing.ids import ContractId
from signing.store.port import Reading, Tx
from signing.store.times import MINUTE

UNDO = MINUTE


class UndoOver(SigningError):
    """The minute in which this could be taken back is over."""

    code = "undo-over"


def open_draft(tx: Tx, actor: Actor, contract: ContractId, plan: int | None = None) -> Contract:
    """The draft, held, for its sender; with `plan`, only if it is still the one that was shown.

    Raises NotRegistered, NoSuchContract, WrongState, PlanChanged.
    """
    draft = require_sender(hold_contract(tx, contract), actor, State.DRAFT)
    if plan is not None and draft.plan != plan:
        raise PlanChanged
    return draft


def changed(tx: Tx, contract: ContractId, **columns: str | int) -> None:
    """Count a change of a held draft, and set what else changes on it."""
    plan = tx.hold("contracts", contract)["plan"] + 1
    tx.change("contracts", contract, {**columns, "plan": plan, "changed": tx.now})


def require_undoable(tx: Reading, done: int) -> None:
    """What was done at that time can still be taken back. Raises UndoOver."""
    if tx.now - done > UNDO:
        raise UndoOver


def forget_removed(tx: Tx, contract: ContractId) -> None:
    """Whoever was taken off a held draft is nobody's business once it starts."""
    for row in tx.find("removed_parties", contract=contract):
        tx.change("parties", row["id"], {"name": "", "contact": "", "phone": ""})

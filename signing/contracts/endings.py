"""How a contract ends before everyone has signed: refused, withdrawn, expired."""

from __future__ import annotations

from signing.actor import Actor
from signing.contracts.contract import (
    Contract,
    State,
    hold_contract,
    moment,
    move,
    read_contract,
    require_sender,
    require_state,
)
from signing.contracts.invitations import require_signer
from signing.errors import SigningError
from signing.ids import ContractId, PartyId
from signing.store.port import Tx

REASON_LENGTH = 300


class NoReason(SigningError):
    """A reason is needed, and one that fits a message."""

    code = "contract.no-reason"


def refuse(tx: Tx, actor: Actor, contract: ContractId, party: PartyId, reason: str) -> Contract:
    """A signer refuses, which ends the contract for all. Raises NotTheSigner, WrongState, NoReason."""
    held = require_state(hold_contract(tx, contract), State.SIGNING)
    require_signer(tx, actor, held, party)
    tx.change("parties", party, {"state": "refused"})
    move(tx, held, State.REFUSED, actor.registered, reason=clean_reason(reason))
    return read_contract(tx, contract)


def withdraw(tx: Tx, actor: Actor, contract: ContractId, reason: str) -> Contract:
    """The sender takes the contract back. Raises NoSuchContract, WrongState, NoReason."""
    held = require_sender(hold_contract(tx, contract), actor, State.SIGNING)
    move(tx, held, State.WITHDRAWN, actor.registered, reason=clean_reason(reason))
    return read_contract(tx, contract)


def expire(tx: Tx, contract: ContractId) -> Contract | None:
    """The deadline has come: None where the contract had ended before, or is only being finished."""
    held = hold_contract(tx, contract)
    if held.state != State.SIGNING or not held.waiting or held.deadline > moment(tx.now):
        return None
    move(tx, held, State.EXPIRED, None)
    return read_contract(tx, contract)


def clean_reason(reason: str) -> str:
    """A reason as others will read it: one line, at most 300. Raises NoReason."""
    words = " ".join(reason.split())
    if not words or len(words) > REASON_LENGTH:
        raise NoReason
    return words

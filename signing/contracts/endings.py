"""How a contract ends before everyone has signed: refused, withdrawn, expired. Everyone hears it in the same step."""

from __future__ import annotations

from collections.abc import Callable

from signing.actor import Actor
from signing.contracts.contract import (
    Contract,
    State,
    hold_contract,
    move,
    read_contract,
    require_open,
    require_sender,
)
from signing.contracts.invitations import require_signer
from signing.contracts.order import require_turn
from signing.contracts.signatures import SignedAlready
from signing.errors import SigningError
from signing.ids import ContractId, PartyId, PersonId
from signing.store.port import Tx
from signing.store.times import moment

REASON_LENGTH = 300

Announce = Callable[[Tx, Contract, PersonId | None], None]
"""Tell everyone but the person who ended the contract, in the transaction that ended it."""


class NoReason(SigningError):
    """A reason is needed, and one that fits a message."""

    code = "contract.no-reason"


class Endings:
    """Ends contracts."""

    def __init__(self, announce: Announce) -> None:
        self._announce = announce

    def refuse(self, tx: Tx, actor: Actor, contract: ContractId, party: PartyId, reason: str) -> Contract:
        """A signer refuses, which ends the contract for all.

        Raises NotTheSigner, WrongState, NoReason, SignedAlready, NotYourTurn.
        """
        held = require_open(tx, hold_contract(tx, contract))
        named = require_signer(tx, actor, held, party)
        if named.state == "signed":
            raise SignedAlready
        require_turn(held, named)
        words = clean_reason(reason)
        tx.change("parties", party, {"state": "refused"})
        return self._end(tx, held, State.REFUSED, actor.registered, words)

    def withdraw(self, tx: Tx, actor: Actor, contract: ContractId, reason: str) -> Contract:
        """The sender takes the contract back. Raises NoSuchContract, WrongState, NoReason."""
        held = require_open(tx, require_sender(hold_contract(tx, contract), actor))
        return self._end(tx, held, State.WITHDRAWN, actor.registered, clean_reason(reason))

    def expire(self, tx: Tx, contract: ContractId) -> None:
        """The deadline has come: nothing where the contract had ended before, or is only being finished."""
        held = hold_contract(tx, contract)
        if held.state == State.SIGNING and held.waiting and held.deadline <= moment(tx.now):
            self._end(tx, held, State.EXPIRED, None)

    def _end(self, tx: Tx, held: Contract, to: State, by: PersonId | None, reason: str = "") -> Contract:
        move(tx, held, to, by, **({"reason": reason} if reason else {}))
        tx.run("stop_timers", subject=held.id)
        ended = read_contract(tx, held.id)
        self._announce(tx, ended, by)
        return ended


def clean_reason(reason: str) -> str:
    """A reason as others will read it: one line, at most 300. Raises NoReason."""
    words = " ".join(reason.split())
    if not words or len(words) > REASON_LENGTH:
        raise NoReason
    return words

"""The order in which parties sign: all at once, one after another, or in groups; who is next is invited then."""

from __future__ import annotations

from collections.abc import Callable, Sequence

from signing.actor import Actor
from signing.audit import note
from signing.contracts.contract import (
    Contract,
    Party,
    State,
    hold_contract,
    read_contract,
    require_sender,
)
from signing.errors import SigningError
from signing.ids import ContractId, PartyId, PersonId
from signing.store.port import Reading, Tx

Announce = Callable[[Tx, Contract, Sequence[Party]], None]
"""Ask parties to sign, in the transaction in which their turn came."""


class NotYourTurn(SigningError):
    """Others sign before this party. `details`: `title`, and their names as `before`."""

    code = "contract.not-your-turn"


class NotAnOrder(SigningError):
    """The order does not name each party once."""

    code = "contract.not-an-order"


class Orders:
    """Sets the order of a draft."""

    def set(
        self, tx: Tx, actor: Actor, contract: ContractId, groups: Sequence[Sequence[PartyId]]
    ) -> Contract:
        """One group signs after the other, who is in a group together.

        Raises NoSuchContract, WrongState, NotAnOrder.
        """
        draft = require_sender(hold_contract(tx, contract), actor, State.DRAFT)
        if sorted(party for group in groups for party in group) != sorted(each.id for each in draft.signers):
            raise NotAnOrder
        for turn, group in enumerate(groups, start=1):
            for party in group:
                tx.change("parties", party, {"turn": turn})
        tx.change("contracts", contract, {"plan": draft.plan + 1, "changed": tx.now})
        return read_contract(tx, contract)


def turn_of_next(parties: Sequence[Party]) -> int:
    """The turn of a party that is added: with the others, or after them where each has a turn of its own."""
    turns = [each.turn for each in parties]
    return max(turns) + 1 if len(turns) > 1 and len(set(turns)) == len(turns) else max(turns, default=1)


def require_turn(contract: Contract, party: Party) -> None:
    """Raises NotYourTurn."""
    before = [each.name for each in contract.waiting if each.turn < party.turn]
    if party.state != "signed" and before:
        raise NotYourTurn(title=contract.title, before=before)


def invite_due(tx: Tx, contract: Contract, by: PersonId | None) -> list[Party]:
    """Invite the parties of a held contract whose turn has come just now; they, as they are then."""
    fresh = [each for each in contract.due if each.state == "planned"]
    for party in fresh:
        tx.change("parties", party.id, {"state": "opened" if party.person else "invited"})
        if party.person != contract.sender:
            note(tx, contract.id, "invited", by, party=party.id, turn=party.turn)
    return _as_they_are(tx, contract.id, fresh)


def _as_they_are(tx: Reading, contract: ContractId, parties: Sequence[Party]) -> list[Party]:
    now = read_contract(tx, contract)
    return [now.party(each.id) for each in parties]

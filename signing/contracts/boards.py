"""Status boards: what a group of people may read of a contract, kept up to date.

A number, the state, whose turn it is by role: no title, no name, no phone and no page of it.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

from signing.actor import Actor
from signing.contracts.contract import (
    Contract,
    NoSuchContract,
    State,
    hold_contract,
    require_state,
)
from signing.ids import ChatId, ContractId, new_id
from signing.store.port import Reading, Row, Tx

BOARD = "board"
"""The kind of timer that shows a board anew: `wake_boards` sets it with every event, five seconds after the last."""
OFFERED = 5
NUMBER_CHARS = 6


@dataclass(frozen=True, slots=True)
class Board:
    """`number` is short for the contract's id, `turn` the positions of the parties that it waits for."""

    contract: ContractId
    number: str
    state: State
    signed: int
    parties: int
    turn: tuple[int, ...]


@dataclass(frozen=True, slots=True)
class Offered:
    """A contract that its person may put on a board; they know it by its title."""

    id: ContractId
    title: str
    number: str


Show = Callable[[Tx, ChatId, Board, str], str]
"""Show a board in a group, or in the place of the message with this id; the message's id."""


class Boards:
    """Puts boards into groups, for people of the contract alone."""

    def __init__(self, show: Show) -> None:
        self._show = show

    def offered(self, tx: Reading, actor: Actor) -> list[Offered]:
        """What is being signed and is the actor's own, the newest first. Raises NotRegistered."""
        rows = tx.find("signing_with_person", person=actor.registered, limit=OFFERED)
        return [Offered(row["id"], row["title"], number_of(row["id"])) for row in rows]

    def put(self, tx: Tx, actor: Actor, contract: ContractId, group: ChatId) -> Board:
        """Show a contract in a group. Raises NotRegistered, NoSuchContract, WrongState."""
        held = hold_contract(tx, contract)
        if held.sender != actor.registered and held.party_of(actor.registered) is None:
            raise NoSuchContract
        board = board_of(require_state(held, State.SIGNING))
        message = self._show(tx, group, board, "")
        known = tx.find("board_in_chat", contract=contract, chat=group)
        if known:
            tx.change("status_boards", known[0]["id"], {"message": message})
        else:
            self._keep(tx, contract, group, message)
        return board

    def _keep(self, tx: Tx, contract: ContractId, group: ChatId, message: str) -> None:
        key = new_id("b", tx.now)
        row = {"id": key, "contract": contract, "chat": group, "message": message, "created": tx.now}
        tx.insert("status_boards", row)
        timer = {"id": f"{BOARD}-{key}", "kind": BOARD, "subject": key, "data": ""}
        tx.insert("timers", {**timer, "state": "fired", "due": tx.now})

    def ring(self, tx: Tx, timer: Row) -> None:
        """The alarm: something happened to the contract."""
        row = tx.get("status_boards", timer["subject"])
        if row is None:
            return
        board = board_of(hold_contract(tx, row["contract"]))
        message = self._show(tx, row["chat"], board, row["message"])
        tx.change("status_boards", row["id"], {"message": message})
        tx.change("timers", timer["id"], {"due": tx.now})


def board_of(contract: Contract) -> Board:
    """What may be read of a contract in a group."""
    open_ = contract.state == State.SIGNING
    turn = tuple(each.position for each in contract.waiting if each.state != "planned" and open_)
    signed = len(contract.parties) - len(contract.waiting)
    return Board(contract.id, number_of(contract.id), contract.state, signed, len(contract.parties), turn)


def number_of(contract: ContractId) -> str:
    """A contract's short number: enough for a group to tell its contracts apart."""
    return contract[-NUMBER_CHARS:].upper()

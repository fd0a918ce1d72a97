"""Moving the deadline of a contract that has started."""

from __future__ import annotations

from collections.abc import Callable
from datetime import datetime

from signing.actor import Actor
from signing.audit import note
from signing.contracts.calendar import Calendar
from signing.contracts.contract import Contract, hold_contract, read_contract, require_open, require_sender
from signing.errors import SigningError
from signing.ids import ContractId, PersonId
from signing.store.port import Tx
from signing.store.times import milliseconds

Announce = Callable[[Tx, Contract, PersonId], None]


class NotLater(SigningError):
    """A deadline is only ever moved to a later moment: nobody loses time that they were promised."""

    code = "contract.deadline-not-later"


class Deadlines:
    """Extends deadlines. `announce` tells the others in the same transaction."""

    def __init__(self, calendar: Calendar, announce: Announce) -> None:
        self._calendar = calendar
        self._announce = announce

    def extend(self, tx: Tx, actor: Actor, contract: ContractId, deadline: datetime) -> Contract:
        """Raises NoSuchContract, WrongState, NotLater."""
        held = require_open(tx, require_sender(hold_contract(tx, contract), actor))
        if deadline <= held.deadline:
            raise NotLater
        due = milliseconds(deadline)
        tx.change("contracts", contract, {"deadline": due, "changed": tx.now})
        note(tx, contract, "extended", actor.registered, deadline=due)
        self._calendar.set_timers(tx, contract, deadline)
        extended = read_contract(tx, contract)
        self._announce(tx, extended, actor.registered)
        return extended

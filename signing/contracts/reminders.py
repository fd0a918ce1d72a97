"""Reminders: by the sender's button, at most one an hour a party; by the clock, at most one a day a person, grouped."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Literal

from signing.actor import Actor
from signing.audit import note
from signing.contracts.calendar import Calendar
from signing.contracts.contract import (
    Contract,
    NoSuchContract,
    Party,
    State,
    hold_contract,
    read_contract,
    require_open,
    require_sender,
)
from signing.contracts.readers import still_signs_for
from signing.errors import SigningError
from signing.ids import ContractId, PartyId, new_id
from signing.persons import person_of_phone, read_person
from signing.store.port import Reading, Row, Tx
from signing.store.times import moment

AT_MOST_EVERY = timedelta(hours=1)
LAST_CALL = HOUR = timedelta(hours=1)
MOST_HOURS = 60 * 24

How = Literal["sender", "clock"]


class RemindedLately(SigningError):
    """Everyone who is missing was reminded within the last hour; again in `minutes`."""

    code = "reminder.lately"


class NoTomorrow(SigningError):
    """The deadline comes before tomorrow's reminder would."""

    code = "reminder.no-tomorrow"


@dataclass(frozen=True, slots=True)
class Waiting:
    """One contract that waits for a party."""

    contract: Contract
    party: Party


Announce = Callable[[Tx, Party, list[Waiting]], None]
"""Remind who signs for a party of all that waits for them, in the transaction that decided to."""


class Reminders:
    """Decides who is reminded when."""

    def __init__(self, calendar: Calendar, announce: Announce) -> None:
        self._calendar = calendar
        self._announce = announce

    def by_sender(self, tx: Tx, actor: Actor, contract: ContractId) -> list[Party]:
        """Remind everyone who is missing; who was reminded. Raises NoSuchContract, WrongState, RemindedLately."""
        held = require_open(tx, require_sender(hold_contract(tx, contract), actor))
        others = [each for each in reminded_of(held) if each.person != held.sender]
        return self._by_sender(tx, actor, held, others)

    def _by_sender(self, tx: Tx, actor: Actor, held: Contract, missing: list[Party]) -> list[Party]:
        lately = {each.id: self._last(tx, "last_reminder_of_party", party=each.id) for each in missing}
        now = moment(tx.now)
        ready = [each for each in missing if now >= (lately[each.id] or EVER) + AT_MOST_EVERY]
        if not ready:
            waits = [last + AT_MOST_EVERY - now for last in lately.values() if last]
            raise RemindedLately(minutes=-(-min(waits, default=timedelta()).seconds // 60))
        for party in ready:
            self._remind(tx, party, [Waiting(held, party)], "sender", actor)
        return ready

    def one(self, tx: Tx, actor: Actor, party: PartyId) -> Party:
        """Remind the signer of one party. Raises NoSuchContract, WrongState, RemindedLately."""
        row = tx.get("parties", party)
        if row is None:
            raise NoSuchContract
        held = require_open(tx, require_sender(hold_contract(tx, ContractId(row["contract"])), actor))
        if party not in [each.id for each in reminded_of(held)]:
            raise NoSuchContract
        return self._by_sender(tx, actor, held, [held.party(party)])[0]

    def before(self, tx: Reading, actor: Actor, contract: ContractId) -> list[int]:
        """How many hours before the deadline the parties are reminded. Raises NoSuchContract."""
        require_sender(read_contract(tx, contract), actor)
        return [each // HOUR for each in self._calendar.before_of(tx, contract)]

    def set_before(self, tx: Tx, actor: Actor, contract: ContractId, hours: list[int]) -> None:
        """Remind so many hours before the deadline; nobody where there are none. Raises NoSuchContract, WrongState."""
        held = require_open(tx, require_sender(hold_contract(tx, contract), actor))
        known = sorted({each for each in hours if 0 < each <= MOST_HOURS}, reverse=True)
        tx.change("contracts", contract, {"remind": ",".join(map(str, known))})
        self._calendar.set_timers(tx, contract, held.deadline)

    def ring(self, tx: Tx, timer: Row) -> None:
        """The clock's alarm: all parties of a contract, or the one that the timer names."""
        held = hold_contract(tx, ContractId(timer["subject"]))
        if held.state != State.SIGNING or held.deadline <= moment(tx.now):
            return
        for party in reminded_of(held):
            if timer["data"] in ("", party.id):
                self._by_clock(tx, held, party)

    def tomorrow(self, tx: Tx, actor: Actor, party: PartyId) -> datetime:
        """The signer wants to hear of it again tomorrow; when. Raises NoSuchContract, WrongState, NoTomorrow."""
        contract, mine = own_party(tx, actor, party)
        require_open(tx, contract)
        wanted = self._calendar.tomorrow(moment(tx.now), mine.phone)
        at = min(wanted, contract.deadline - LAST_CALL)
        if at <= moment(tx.now):
            raise NoTomorrow
        self._calendar.remind_later(tx, contract.id, party, at)
        return at

    def _by_clock(self, tx: Tx, contract: Contract, party: Party) -> None:
        now = moment(tx.now)
        awake = self._calendar.awake(now, party.phone)
        if awake > now:
            if awake < contract.deadline:
                self._calendar.remind_later(tx, contract.id, party.id, awake)
            return
        last = self._last(tx, "last_reminder_of_phone", phone=party.phone, how="clock")
        if last is None or not self._calendar.same_day(last, now, party.phone):
            self._remind(tx, party, waiting_for(tx, party), "clock", None)

    def _remind(self, tx: Tx, party: Party, waiting: list[Waiting], how: How, actor: Actor | None) -> None:
        for each in waiting:
            hold_contract(tx, each.contract.id)
            row = {"id": new_id("r", tx.now), "contract": each.contract.id, "party": each.party.id}
            tx.insert("reminders", {**row, "phone": each.party.phone, "how": how, "at": tx.now})
            by = actor.person if actor else None
            note(tx, each.contract.id, "reminded", by, party=each.party.id, how=how)
        self._announce(tx, party, waiting)

    def _last(self, tx: Reading, query: str, how: How = "sender", **values: str) -> datetime | None:
        at = tx.find(query, how=how, **values)[0]["at"]
        return moment(at) if at else None


EVER = moment(0)


def reminded_of(contract: Contract) -> list[Party]:
    """The parties whose turn it is."""
    return [each for each in contract.waiting if each.state in ("invited", "opened")]


def waiting_for(tx: Reading, party: Party) -> list[Waiting]:
    """All that waits for who signs for a party, nearest deadline first."""
    person = party.person
    if person is None:
        known = person_of_phone(tx, party.phone)
        person = known.id if known else None
    rows = tx.find("waiting_for_person", person=person, phone=party.phone, limit=20)
    found = []
    for contract in (read_contract(tx, row["id"]) for row in rows):
        mine = [e for e in reminded_of(contract) if party.phone == e.phone or (person and e.person == person)]
        found += [Waiting(contract, each) for each in mine[:1]]
    return found


def own_party(tx: Reading, actor: Actor, party: PartyId) -> tuple[Contract, Party]:
    """A party that the person signs for, or was invited to by their proved phone. Raises NoSuchContract."""
    row = tx.get("parties", party)
    person = read_person(tx, actor.registered)
    if row is None or (row["person"] != person.id and (row["person"] or row["phone"] != person.phone)):
        raise NoSuchContract
    contract = read_contract(tx, row["contract"])
    named = contract.party(party)
    gone = named.person is not None and not still_signs_for(tx, named, named.person)
    if gone or contract.state in (State.DRAFT, State.DISCARDED):
        raise NoSuchContract
    return contract, named

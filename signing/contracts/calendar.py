"""When a contract's clock rings: at its deadline, and before it to remind whoever has not signed."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime, timedelta
from zoneinfo import ZoneInfo

import phonenumbers
from phonenumbers.timezone import time_zones_for_number

from signing.ids import ContractId, PartyId
from signing.later import set_timer
from signing.store.port import Reading, Tx
from signing.store.times import milliseconds

EXPIRE, REMIND = "expire", "remind"
BEFORE = (timedelta(days=3), timedelta(days=1), timedelta(hours=3))


@dataclass(frozen=True, slots=True)
class Calendar:
    """`before` the deadline people are reminded, but not in the `quiet` hours (from, to) of where they are.

    `zone` stands in where a phone number does not say in which time zone it lives.
    """

    zone: ZoneInfo
    before: tuple[timedelta, ...] = BEFORE
    quiet: tuple[int, int] = (22, 8)

    def set_timers(self, tx: Tx, contract: ContractId, deadline: datetime) -> None:
        """Set, or set anew, everything that the clock does for a contract."""
        tx.run("stop_timers", subject=contract)
        set_timer(tx, EXPIRE, contract, milliseconds(deadline))
        for span in self.before_of(tx, contract):
            due = milliseconds(deadline - span)
            if due > tx.now:
                set_timer(tx, REMIND, contract, due)

    def before_of(self, tx: Reading, contract: ContractId) -> tuple[timedelta, ...]:
        """How long before its deadline a contract's parties are reminded: as its sender chose, else as everywhere."""
        row = tx.get("contracts", contract)
        if row is None or row["remind"] is None:
            return self.before
        return tuple(timedelta(hours=int(each)) for each in row["remind"].split(",") if each)

    def remind_later(self, tx: Tx, contract: ContractId, party: PartyId, at: datetime) -> None:
        """Remind one party at a time of its own."""
        set_timer(tx, REMIND, contract, milliseconds(at), party)

    def awake(self, moment: datetime, phone: str) -> datetime:
        """The moment itself, or the end of the quiet hours in which it lies where the phone is."""
        local = moment.astimezone(self.zone_of(phone))
        evening, morning = self.quiet
        if morning <= local.hour < evening:
            return moment
        day = local + timedelta(days=1) if local.hour >= evening else local
        return day.replace(hour=morning, minute=0, second=0, microsecond=0)

    def tomorrow(self, moment: datetime, phone: str) -> datetime:
        """An hour after the quiet hours of the next day, where the phone is."""
        local = moment.astimezone(self.zone_of(phone)) + timedelta(days=1)
        return local.replace(hour=self.quiet[1] + 1, minute=0, second=0, microsecond=0)

    def same_day(self, one: datetime, other: datetime, phone: str) -> bool:
        zone = self.zone_of(phone)
        return one.astimezone(zone).date() == other.astimezone(zone).date()

    def zone_of(self, phone: str) -> ZoneInfo:
        """Where a number (E.164) lives, if all of its country lives in one time zone."""
        try:
            names = time_zones_for_number(phonenumbers.parse(phone))
        except phonenumbers.NumberParseException:
            names = ()
        known = [name for name in names if name != "Etc/Unknown"]
        return ZoneInfo(known[0]) if len(known) == 1 else self.zone

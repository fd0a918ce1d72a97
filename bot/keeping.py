"""The room of what is kept in order, put together: what nobody needs is let go, certificates are renewed in time."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from bot.clock import Alarm
from bot.ground import Ground
from bot.housekeeping import HOUSEKEEPING, Housekeeping, begin_housekeeping
from signing.seals.records import SealRecords
from signing.upkeep import UPKEEP, Upkeep, begin_upkeep


@dataclass(frozen=True, slots=True)
class Keeping:
    """What the clock and the workers run."""

    housekeeping: Housekeeping
    upkeep: Upkeep

    def alarms(self) -> dict[str, Alarm]:
        return {HOUSEKEEPING: self.housekeeping.tidy, UPKEEP: self.upkeep.ring}

    def works(self) -> tuple[Callable[..., Any], ...]:
        return (self.housekeeping.sweep, self.upkeep.fetch_lists)


def open_keeping(ground: Ground, records: SealRecords) -> Keeping:
    """Put the room together, and set its clock at the first start."""
    ground.store.write(begin_housekeeping)
    ground.store.write(begin_upkeep)
    return Keeping(
        Housekeeping(ground.store, ground.blobs), Upkeep(ground.store, ground.certificates, records)
    )

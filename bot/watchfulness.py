"""The room of watchfulness, put together: what is outside is watched, the disk is looked at, operators are alerted."""

from __future__ import annotations

import logging
import shutil
from dataclasses import dataclass
from pathlib import Path

from bot.clock import Alarm
from bot.gateways import Gateways
from bot.post import Post
from bot.settings import Settings
from handlers.alerts import Alerts
from signing.faults import Faults
from signing.identity.providers.base import RealNameProvider
from signing.later import set_standing_timer
from signing.operators import Operators
from signing.pki.timestamps import Timestamper
from signing.store.port import Row, Store, Tx
from signing.store.times import MINUTE
from signing.watched import WatchedGateway, WatchedProvider, WatchedTimestamper

DISK = "disk"
EVERY = 5 * MINUTE
MEGABYTE = 1_000_000

log = logging.getLogger(__name__)


@dataclass(frozen=True, slots=True)
class Watchfulness:
    """Puts itself before what is outside; `at_least` is in megabytes."""

    faults: Faults
    data: Path
    at_least: int

    def alarms(self) -> dict[str, Alarm]:
        return {DISK: self.look_at_disk}

    def provider(self, provider: RealNameProvider) -> RealNameProvider:
        return WatchedProvider(provider, self.faults)

    def gateways(self, gateways: Gateways) -> Gateways:
        mail = WatchedGateway(gateways.mail, self.faults, "mail") if gateways.mail else None
        return Gateways(WatchedGateway(gateways.sms, self.faults, "texts"), mail)

    def timestamps(self, timestamper: Timestamper | None) -> Timestamper | None:
        return WatchedTimestamper(timestamper, self.faults) if timestamper else None

    def look_at_disk(self, tx: Tx, timer: Row) -> None:
        """The alarm, every five minutes."""
        free = shutil.disk_usage(self.data).free // MEGABYTE
        if free < self.at_least:
            log.warning("only %s MB are free for %s", free, self.data)
            self.faults.note(tx, "disk", str(free))
        else:
            self.faults.end(tx, "disk")
        tx.change("timers", timer["id"], {"state": "set", "due": tx.now + EVERY})


def open_watchfulness(settings: Settings, store: Store, post: Post) -> Watchfulness:
    """Put the room together."""
    store.write(begin_watching)
    alerts = Alerts(Operators(settings.operator_list), post)
    return Watchfulness(Faults(store, alerts), settings.data, settings.disk_free)


def begin_watching(tx: Tx) -> None:
    """Set the clock for the disk, at the first start of an installation."""
    set_standing_timer(tx, DISK)

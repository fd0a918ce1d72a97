"""The one place where the parts are put together: the ground, the rooms that stand on it, and the engine."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from contextlib import ExitStack
from dataclasses import dataclass
from datetime import datetime
from types import TracebackType

from bot.assistant import Assistant
from bot.engine import open_assistant
from bot.ground import OpenChildren, OpenStore, open_ground
from bot.installation import utc_now
from bot.messengers.base import Messenger
from bot.metrics import Metrics
from bot.offering import services_of
from bot.rooms import open_rooms
from bot.settings import Settings
from handlers.services import Services
from signing.certificates import Certificates
from signing.checking import Checking
from signing.documents.child import Children
from signing.store.blobs import Blobs
from signing.store.port import Store
from signing.store.sqlite import SqliteStore
from signing.store.vault import Vault


@dataclass(frozen=True, slots=True)
class App:
    """Everything that runs, and what looks at it from outside. Close it to finish what was submitted."""

    settings: Settings
    store: Store
    vault: Vault
    blobs: Blobs
    certificates: Certificates
    services: Services
    assistant: Assistant
    checking: Checking
    messengers: Mapping[str, Messenger]
    metrics: Metrics
    resources: ExitStack

    def __enter__(self) -> App:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self.resources.close()


def open_app(
    settings: Settings,
    connect: Callable[[Store], Messenger],
    clock: Callable[[], datetime] = utc_now,
    open_store: OpenStore = SqliteStore,
    open_children: OpenChildren = Children,
) -> App:
    """Put the program together around one messenger, which `connect` makes."""
    with ExitStack() as opening:
        ground = open_ground(settings, connect, clock, open_store, open_children, opening)
        rooms = open_rooms(ground)
        services, metrics = services_of(rooms), Metrics()
        metrics.look_into(ground.store)
        notices, works, alarms = rooms.mail.notices, rooms.works(), rooms.alarms()
        return App(
            settings=settings,
            store=ground.store,
            vault=ground.vault,
            blobs=ground.blobs,
            certificates=ground.certificates,
            services=services,
            assistant=open_assistant(ground, services, notices, works, alarms, metrics),
            checking=rooms.checking,
            messengers={ground.messenger.name: ground.messenger},
            metrics=metrics,
            resources=opening.pop_all(),
        )

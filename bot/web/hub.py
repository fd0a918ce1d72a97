"""The hub: which sockets are open for an address, and what happens in a chat, on its way to them."""

from __future__ import annotations

import asyncio
from collections import defaultdict
from dataclasses import dataclass, field

from bot.web.updates import Update
from handlers.message import Message
from signing.store.port import Row

BACKLOG = 1000


@dataclass(frozen=True, slots=True)
class Shown:
    """A message, new or in the place of the one with this key. `at` in milliseconds UTC."""

    key: str
    at: int
    message: Message


@dataclass(frozen=True, slots=True)
class Mine:
    """What the person said, seen in each window that shows the pane."""

    update: Update
    at: int


@dataclass(frozen=True, slots=True)
class Stripped:
    key: str


@dataclass(frozen=True, slots=True)
class Deleted:
    """The person's own message is to go from the screen."""

    key: str


@dataclass(frozen=True, slots=True)
class Toasted:
    """A tap, by its update's id, is answered."""

    key: str
    text: str


@dataclass(frozen=True, slots=True)
class Working:
    """Something is being worked on; shown until the next message."""


@dataclass(frozen=True, slots=True)
class Texted:
    """The simulated phone received a text message."""

    row: Row


@dataclass(frozen=True, slots=True)
class Acked:
    """The update is durable: the browser may forget it."""

    key: str


@dataclass(frozen=True, slots=True)
class Refused:
    """The browser sent something unusable; it is not to send it again."""

    key: str


Event = Shown | Mine | Stripped | Deleted | Toasted | Working | Texted | Acked | Refused


@dataclass(slots=True, eq=False)
class Connection:
    """One open socket. What it cannot take any more closes it: it will come back and read the history."""

    address: str
    phone: str
    events: asyncio.Queue[Event | None] = field(default_factory=lambda: asyncio.Queue(BACKLOG))
    texts: set[str] = field(default_factory=set)

    def push(self, event: Event) -> None:
        if not self.events.full():
            self.events.put_nowait(event)
        else:
            self.close()

    def close(self) -> None:
        while not self.events.empty():
            self.events.get_nowait()
        self.events.put_nowait(None)


class Hub:
    """The open sockets of this process."""

    def __init__(self) -> None:
        self._open: defaultdict[str, set[Connection]] = defaultdict(set)

    def add(self, connection: Connection) -> None:
        self._open[connection.address].add(connection)

    def remove(self, connection: Connection) -> None:
        self._open[connection.address].discard(connection)
        if not self._open[connection.address]:
            del self._open[connection.address]

    def push(self, address: str, event: Event) -> None:
        """To every window that shows this pane; to none if there is none."""
        for connection in list(self._open.get(address, ())):
            connection.push(event)

    def connections(self) -> list[Connection]:
        return [connection for connections in self._open.values() for connection in connections]

    def close(self) -> None:
        for connection in self.connections():
            connection.close()

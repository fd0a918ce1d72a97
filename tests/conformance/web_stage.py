"""The demo's people at the web chat: what they do comes through its door, what they see through its hub."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field, replace
from datetime import datetime
from pathlib import Path

from bot.app import open_app
from bot.demo.people import Person, Stage
from bot.messengers.base import Delivery
from bot.messengers.script import ScriptMessenger
from bot.messengers.web import WebMessenger
from bot.settings import Settings
from bot.web.door import Door
from bot.web.hub import Connection, Deleted, Shown, Stripped
from bot.web.panes import Pane, make_pane
from bot.web.updates import Gone, Said, Sent, SharedPhone, Tapped, Typed, Update
from handlers.message import Upload
from tests.remembered import migrated, remembering


@dataclass(slots=True)
class WebStage(Stage):
    """Where people meet the assistant in the web chat."""

    web: WebMessenger = None  # type: ignore[assignment]
    panes: dict[str, Pane] = field(default_factory=dict)
    windows: dict[str, Connection] = field(default_factory=dict)
    gone: list[str] = field(default_factory=list)

    def person(self, address: str, name: str, phone: str) -> Person:
        pane = self.app.store.write(make_pane, name, phone, "en")
        self.panes[address], self.windows[address] = pane, Connection(pane.address, phone)
        self.web.hub.add(self.windows[address])
        return Stage.person(self, address, name, phone)

    async def receive(self, address: str, language: str, update: dict[str, str]) -> None:
        pane = self.panes[address]
        door = Door(self.app.store, self.app.assistant.inbox.receive, self.web.hub)
        await door.take_in(
            Update(f"update-{next(self.numbers):06}", pane.address, _said(pane, update), language)
        )
        await self.settle()

    async def settle(self) -> None:
        await self.app.assistant.settle()
        for address, window in self.windows.items():
            while not window.events.empty():
                self._see(self.people[address], window.events.get_nowait())

    def _see(self, person: Person, event: object) -> None:
        match event:
            case Shown(key, _, message):
                how = "edit" if key in person.cards else "send"
                person.hear(Delivery(person.address, how, key, key, message))  # type: ignore[arg-type]
            case Stripped(key):
                person.cards[key] = replace(person.cards[key], rows=())
            case Deleted(key):
                self.gone.append(key)


def _said(pane: Pane, update: dict[str, str]) -> Said:
    match update:
        case {"text": text}:
            return Typed(text)
        case {"tap": data, "message": message}:
            return Tapped(data, message)
        case {"phone": phone}:
            return SharedPhone(phone, pane.name)
        case {"digest": digest, "name": name, "mime": mime, "size": size, "caption": caption}:
            return Sent(Upload(digest, name, mime, int(size), caption))
    return Gone()


@contextmanager
def web_staged(data: Path, clock: Callable[[], datetime]) -> Iterator[WebStage]:
    """The whole program in `data`, at the web chat."""
    settings = Settings(data=data, key=None, key_file=None)
    with open_app(
        settings,
        lambda store: WebMessenger(store, settings.url),
        clock,
        open_store=migrated,
        open_children=remembering,
    ) as app:
        messenger = app.messengers["web"]
        assert isinstance(messenger, WebMessenger)
        yield WebStage(app, ScriptMessenger(), web=messenger)

"""The demo's people on Telegram: what they do goes through the fake Bot API, what they see comes from it."""

from __future__ import annotations

import hashlib
import html
from collections.abc import AsyncIterator, Callable
from contextlib import asynccontextmanager
from dataclasses import dataclass, field, replace
from datetime import datetime
from pathlib import Path

from bot.app import App, open_app
from bot.demo.people import Line, Person, Stage
from bot.installation import open_vault, utc_now
from bot.messengers.base import Delivery
from bot.messengers.pace import Pace, unhurried
from bot.messengers.script import ScriptMessenger
from bot.messengers.stored import StoredFiles
from bot.messengers.telegram import TelegramMessenger
from bot.messengers.telegram_api import Transport
from bot.messengers.telegram_polling import Polling
from bot.messengers.telegram_reception import Reception
from bot.serving_telegram import connection, reception_of
from bot.settings import Settings
from handlers.message import Attachment, Button, Message
from signing.store.blobs import Blobs
from signing.store.port import Store
from tests.remembered import migrated, remembering
from tests.telegram.fake_api import TOKEN, FakeBotApi, serving
from tests.telegram.fake_people import Human
from tests.telegram.fake_state import USERNAME, Sent

FRAMEWORKS = ("aiogram", "ptb")
TYPED = "typed:"


async def connected(framework: str, api: FakeBotApi) -> Transport:
    """A transport of the framework to the fake server."""
    transport = connection(framework)(TOKEN, api.url)
    await transport.open()
    return transport


@dataclass(slots=True)
class TelegramStage(Stage):
    """Where people meet the assistant on Telegram."""

    api: FakeBotApi = field(default_factory=FakeBotApi)
    transport: Transport = None  # type: ignore[assignment]
    polling: Polling = None  # type: ignore[assignment]
    reception: Reception = None  # type: ignore[assignment]
    humans: dict[str, Human] = field(default_factory=dict)
    waiting: dict[int, list[Sent]] = field(default_factory=dict)

    def person(self, address: str, name: str, phone: str) -> Person:
        self.humans[address] = Human(self.api, 700_000 + len(self.humans), name)
        return Stage.person(self, address, name, phone)

    async def receive(self, address: str, language: str, update: dict[str, str]) -> None:
        human = self.humans[address]
        human.language = language
        match update:
            case {"text": text}:
                human.writes(text)
            case {"tap": data} if data.startswith(TYPED):
                human.writes(data.removeprefix(TYPED))
            case {"tap": data, "message": message}:
                human.taps(int(message), data)
            case {"phone": phone, "own": own}:
                human.shares(phone, 0 if own == "yes" else 12)
            case {"digest": digest, "name": name, "mime": mime, "caption": caption}:
                human.sends(name, self.app.blobs.read(digest), mime, caption, update.get("album", ""))
            case {"left": _}:
                human.blocks()
        await self.settle()

    async def settle(self) -> None:
        while await self.polling.step():
            await self.app.assistant.settle()
        await self.app.assistant.settle()
        for how, sent in self.api.shown[self.seen :]:
            self._see(how, sent)
        self.seen = len(self.api.shown)

    def _see(self, how: str, sent: Sent) -> None:
        if sent.chat < 0:
            return
        framed = bool(sent.files) and sent.markup is not None
        if sent.files and not framed:
            self.waiting.setdefault(sent.chat, []).append(sent)
            return
        attached = tuple(each for file in self.waiting.pop(sent.chat, []) for each in _attachments(file))
        if framed:
            attached = tuple(replace(each, caption="", framed=True) for each in _attachments(sent))
        address = next(name for name, human in self.humans.items() if human.number == sent.chat)
        message = Message(html.escape(sent.caption) if framed else sent.raw, _rows(sent), attached)
        number = str(sent.number)
        if sent.markup == {"remove_keyboard": True}:
            self._put_keyboards_away(self.people[address])
        self.people[address].hear(Delivery(address, how, number, number, message))  # type: ignore[arg-type]

    def _put_keyboards_away(self, person: Person) -> None:
        for key, card in person.cards.items():
            if any(button.contact for button in card.buttons):
                person.cards[key] = replace(card, rows=())


def _attachments(sent: Sent) -> list[Attachment]:
    return [
        Attachment(hashlib.sha256(data).hexdigest(), name, _mime(data), sent.caption)
        for _, name, data in sent.files
    ]


def _mime(data: bytes) -> str:
    known = {b"%PDF": "application/pdf", b"\x89PNG": "image/png", b"\xff\xd8\xff": "image/jpeg"}
    return next(mime for start, mime in known.items() if data.startswith(start))


def _rows(sent: Sent) -> tuple[tuple[Button, ...], ...]:
    markup = sent.markup or {}
    rows = markup.get("inline_keyboard") or markup.get("keyboard") or []
    return tuple(tuple(_button(each) for each in row) for row in rows)


def _button(shown: dict[str, str]) -> Button:
    if "request_contact" in shown:
        return Button(shown["text"], contact=True)
    if "switch_inline_query" in shown:
        return Button(shown["text"], share=shown["switch_inline_query"])
    if "web_app" in shown:
        return Button(shown["text"], url=shown["web_app"]["url"])
    if "url" in shown:
        return Button(shown["text"], url=shown["url"])
    return Button(shown["text"], data=shown.get("callback_data", TYPED + shown["text"]))


@asynccontextmanager
async def staged(
    framework: str,
    data: Path,
    clock: Callable[[], datetime] = utc_now,
    echo: Callable[[str, Line], None] = lambda address, line: None,
    pace: Pace | None = None,
    base_url: str = "",
) -> AsyncIterator[TelegramStage]:
    """The whole program in `data`, on Telegram through a framework, against a fake Bot API."""
    settings = Settings(data=data, key=None, key_file=None, base_url=base_url)
    settings.data.mkdir(parents=True, exist_ok=True)
    async with serving(FakeBotApi()) as api:
        transport = await connected(framework, api)
        blobs = Blobs(data / "blobs", open_vault(settings))

        def connect(store: Store) -> TelegramMessenger:
            files = StoredFiles(store, blobs)
            return TelegramMessenger(transport, files, USERNAME, pace or unhurried(), base_url=base_url)

        try:
            with open_app(settings, connect, clock, open_store=migrated, open_children=remembering) as app:
                yield _stage(app, api, transport, echo)
        finally:
            await transport.close()


def _stage(
    app: App, api: FakeBotApi, transport: Transport, echo: Callable[[str, Line], None]
) -> TelegramStage:
    reception = reception_of(app.settings, app, transport, USERNAME)
    polling = Polling(transport, reception, held=0)
    return TelegramStage(
        app, ScriptMessenger(), echo, api=api, transport=transport, polling=polling, reception=reception
    )

"""People who play: they write, tap, share their number and send files, and they see what comes back."""

from __future__ import annotations

import json
import re
from collections.abc import Callable
from dataclasses import dataclass, field
from itertools import count

from bot.app import App
from bot.messengers.base import Delivery
from bot.messengers.script import ScriptMessenger
from handlers.message import Button, Message
from signing.ids import Digest

CODE = re.compile(r"(?<!\d)\d{8}(?!\d)")
TOKEN = re.compile(r"(?:/i/|\?start=)([\w-]+)")


class NotOnCard(LookupError):
    """The person looked for a button or a message that is not there."""


@dataclass(frozen=True, slots=True)
class Line:
    """One line of the talk as the transcript shows it: who, what was said, and the message if it is ours."""

    who: str
    said: str
    message: Message | None = None
    edited: bool = False


@dataclass(slots=True)
class Stage:
    """Where the people meet the assistant."""

    app: App
    messenger: ScriptMessenger
    echo: Callable[[str, Line], None] = lambda address, line: None
    numbers: count[int] = field(default_factory=count)
    seen: int = 0
    people: dict[str, Person] = field(default_factory=dict)

    def person(self, address: str, name: str, phone: str) -> Person:
        self.people[address] = Person(self, address, name, phone)
        return self.people[address]

    async def receive(self, address: str, language: str, update: dict[str, str]) -> None:
        """Bring an update to the assistant and let it work until it is quiet."""
        key = f"{next(self.numbers):06}"
        payload = json.dumps({"id": key, "address": address, "language": language, **update})
        await self.app.assistant.inbox.receive(self.messenger.name, key, address, payload, language)
        await self.settle()

    async def settle(self) -> None:
        await self.app.assistant.settle()
        for delivery in self.messenger.delivered[self.seen :]:
            self.people[delivery.address].hear(delivery)
        self.seen = len(self.messenger.delivered)


@dataclass(slots=True)
class Person:
    """Somebody with a chat and a phone. `cards` are the messages as they stand now, by their key."""

    stage: Stage
    address: str
    name: str
    phone: str
    language: str = "zh"
    cards: dict[str, Message] = field(default_factory=dict)
    lines: list[Line] = field(default_factory=list)
    actions: int = 0

    async def write(self, text: str, shown: str = "") -> None:
        """Type a message; `shown` stands for it in the transcript where it is a secret."""
        self._did(shown or text)
        await self.stage.receive(self.address, self.language, {"text": text})

    async def tap(self, label: str) -> None:
        """Tap the newest button whose label holds these words. Raises NotOnCard."""
        key, button = self.button(label)
        self._did(f"[{button.label}]")
        if button.contact:
            await self._share()
        else:
            update = {"tap": button.data, "message": key}
            await self.stage.receive(self.address, self.language, update)

    async def send(self, data: bytes, name: str, mime: str, caption: str = "") -> None:
        """Send a file."""
        self._did(f"{{{name}}}" + (f" “{caption}”" if caption else ""))
        digest = self.stage.app.blobs.write(data)
        facts = {"digest": digest, "name": name, "mime": mime, "size": str(len(data)), "caption": caption}
        await self.stage.receive(self.address, self.language, facts)

    async def send_album(self, *files: tuple[bytes, str, str]) -> None:
        """Send files together, each as (data, name, mime)."""
        self._did(f"{{{', '.join(name for _, name, _ in files)}}}")
        album = f"album{self.actions}"
        for data, name, mime in files:
            digest = self.stage.app.blobs.write(data)
            facts = {"digest": digest, "name": name, "mime": mime, "size": str(len(data)), "caption": ""}
            await self.stage.receive(self.address, self.language, {**facts, "album": album})

    async def send_from_page(self, label: str, data: bytes) -> None:
        """Open the page that the newest button with these words opens, and send what was done there. Raises NotOnCard."""
        _, button = self.button(label)
        self._did(f"[{button.label}]")
        digest = self.stage.app.blobs.write(data)
        facts = {"digest": digest, "name": f"{button.page}.json", "mime": "application/json", "caption": ""}
        sent = {**facts, "size": str(len(data)), "page": button.page}
        await self.stage.receive(self.address, self.language, sent)

    async def type_code(self) -> None:
        """Type the code of the newest text message on the phone."""
        code = self.code()
        await self.write(f"{code[:4]} {code[4:]}", "•••• ••••")

    async def _share(self) -> None:
        await self.stage.receive(self.address, self.language, {"phone": self.phone, "own": "yes"})

    def texts(self) -> list[str]:
        """The text messages on the person's phone, oldest first."""
        rows = self.stage.app.store.read(lambda tx: tx.find("texts_of_phone", phone=self.phone))
        return [row["body"] for row in rows]

    def code(self) -> str:
        """The newest code on the phone. Raises NotOnCard."""
        for text in reversed(self.texts()):
            if found := CODE.search(text):
                return found[0]
        raise NotOnCard("no code came by text")

    def link(self) -> str:
        """The token of the newest invitation on the phone. Raises NotOnCard."""
        for text in reversed(self.texts()):
            if found := TOKEN.search(text):
                return found[1]
        raise NotOnCard("no invitation came by text")

    def hear(self, delivery: Delivery) -> None:
        if delivery.message is not None:
            edited = delivery.op != "send"
            self.cards[delivery.key] = delivery.message
            if delivery.op not in ("strip", "clear"):
                self._add(Line("bot", delivery.message.text, delivery.message, edited))

    def button(self, label: str) -> tuple[str, Button]:
        """The newest button whose label holds these words, and its message's key. Raises NotOnCard."""
        for key, message in reversed(self.cards.items()):
            for button in message.buttons:
                if label in button.label:
                    return key, button
        raise NotOnCard(f"no button {label!r}; the last message was: {self.last.text}")

    @property
    def last(self) -> Message:
        """The newest message."""
        return next(line.message for line in reversed(self.lines) if line.message)

    def files(self, mime: str) -> list[Digest]:
        """The files that were sent to the person, oldest first."""
        attached = (each for line in self.lines if line.message for each in line.message.attachments)
        return [Digest(each.digest) for each in attached if each.mime == mime]

    def _did(self, shown: str) -> None:
        self.actions += 1
        self._add(Line("person", shown))

    def _add(self, line: Line) -> None:
        self.lines.append(line)
        self.stage.echo(self.address, line)

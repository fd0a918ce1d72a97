"""A messenger without wires: the demo's and the tests' people talk through it in this process."""

from __future__ import annotations

import json
from dataclasses import dataclass, field

from bot.events import Command, Fetched, File, Incoming, Left, Returned, Shared, Tap, Text, Unreadable, What
from bot.messengers.base import Abilities, Delivery
from handlers.message import Contact, Upload


@dataclass(slots=True)
class ScriptMessenger:
    """Deliveries are kept in order, for whoever plays the person at an address."""

    name: str = "script"
    abilities: Abilities = field(default_factory=Abilities)
    group_link: str = ""
    base_url: str = "http://127.0.0.1:8080"
    delivered: list[Delivery] = field(default_factory=list)

    def translate(self, payload: str) -> Incoming:
        update = json.loads(payload)
        return Incoming(
            update["address"],
            _what(update),
            update["id"],
            update["id"],
            update.get("language", ""),
            album=update.get("album", ""),
        )

    async def fetch(self, file: File) -> bytes:
        raise NotImplementedError("files come with their digest")

    async def deliver(self, delivery: Delivery) -> str:
        self.delivered.append(delivery)
        return delivery.key

    def invitation_link(self, token: str) -> str:
        return f"{self.base_url}/i/{token}"


def _what(update: dict[str, str]) -> What:
    match update:
        case {"text": text} if text.startswith("/"):
            name, _, rest = text[1:].partition(" ")
            return Command(name, rest)
        case {"text": text}:
            return Text(text)
        case {"tap": data, "message": message}:
            return Tap(data, message)
        case {"phone": phone, "own": own}:
            return Shared(Contact(phone, own == "yes", update.get("name", "")))
        case {"digest": digest, "name": name, "mime": mime, "size": size, "caption": caption}:
            return Fetched(Upload(digest, name, mime, int(size), caption, update.get("page", "")))
        case {"refused": reason}:
            return Fetched(Upload("", "", "", 0), refused=reason)
        case {"left": _}:
            return Left()
        case {"back": _}:
            return Returned()
    return Unreadable()

"""An update of the web chat: what the browser may send, and the JSON that the server makes of it for the inbox."""

from __future__ import annotations

import json
import re
from dataclasses import dataclass, replace
from typing import Annotated, Literal

from pydantic import ConfigDict, Field, TypeAdapter, ValidationError
from pydantic.dataclasses import dataclass as checked

from bot.events import Command, Fetched, Incoming, Left, Shared, Tap, Text, What
from handlers.message import Contact, Upload

TEXT_CHARS = 4096
DATA_BYTES = 64
UPDATE_ID = r"^[A-Za-z0-9_-]{8,64}$"


class BadFrame(ValueError):
    """The browser sent something that is no update. `id` is its id, where it has one."""

    def __init__(self, id: str = "") -> None:
        super().__init__("not an update")
        self.id = id


@checked(frozen=True, slots=True, config=ConfigDict(extra="forbid"))
class Frame:
    """What a browser sends over its socket: a client-made id and one of text, tap, contact, left."""

    id: Annotated[str, Field(pattern=UPDATE_ID)]
    text: Annotated[str, Field(max_length=TEXT_CHARS)] = ""
    tap: Annotated[str, Field(max_length=DATA_BYTES)] = ""
    message: Annotated[str, Field(max_length=64)] = ""
    contact: bool = False
    left: bool = False


@dataclass(frozen=True, slots=True)
class Typed:
    text: str
    kind: Literal["typed"] = "typed"


@dataclass(frozen=True, slots=True)
class Tapped:
    data: str
    message: str
    kind: Literal["tapped"] = "tapped"


@dataclass(frozen=True, slots=True)
class SharedPhone:
    phone: str
    name: str
    kind: Literal["shared"] = "shared"


@dataclass(frozen=True, slots=True)
class Sent:
    upload: Upload
    refused: str = ""
    kind: Literal["sent"] = "sent"


@dataclass(frozen=True, slots=True)
class Gone:
    kind: Literal["gone"] = "gone"


@dataclass(frozen=True, slots=True)
class Blanked:
    """What was here was secret and is deleted."""

    kind: Literal["blanked"] = "blanked"


Said = Annotated[Typed | Tapped | SharedPhone | Sent | Gone | Blanked, Field(discriminator="kind")]


@dataclass(frozen=True, slots=True)
class Update:
    """One update as it lies in the inbox. `id` is unique within the pane that `address` names."""

    id: str
    address: str
    said: Said
    language: str = ""

    @property
    def key(self) -> str:
        """The inbox's number of this update: two panes may not collide."""
        return inbox_key(self.address, self.id)

    def written(self) -> str:
        return UPDATES.dump_json(self).decode()


FRAMES = TypeAdapter(Frame)
UPDATES = TypeAdapter(Update)


def inbox_key(address: str, update: str) -> str:
    return f"{address}:{update}"


def is_update_id(text: str) -> bool:
    return re.match(UPDATE_ID, text) is not None


def read_frame(text: str | bytes) -> Frame:
    """Raises BadFrame for what is not exactly one of text, tap, contact, left."""
    try:
        frame = FRAMES.validate_json(text)
    except ValidationError:
        raise BadFrame(_id_within(text)) from None
    if [bool(frame.text.strip()), bool(frame.tap), frame.contact, frame.left].count(True) != 1:
        raise BadFrame(frame.id)
    return frame


def _id_within(text: str | bytes) -> str:
    try:
        found = json.loads(text)
    except ValueError:
        return ""
    return str(found.get("id", ""))[:64] if isinstance(found, dict) else ""


def read_update(payload: str) -> Update:
    return UPDATES.validate_json(payload)


def incoming(update: Update) -> Incoming:
    """The neutral event of an update."""
    blank = replace(update, said=Blanked()).written()
    return Incoming(update.address, _what(update.said), update.id, update.id, update.language, blank)


def _what(said: Said) -> What:
    match said:
        case Typed(text):
            return _spoken(text)
        case Tapped(data, message):
            return Tap(data, message)
        case SharedPhone(phone, name):
            return Shared(Contact(phone, own=True, name=name))
        case Sent(upload, refused):
            return Fetched(upload, refused)
        case Gone():
            return Left()
        case _:
            raise ValueError("a blanked update is not heard again")


def _spoken(text: str) -> Text | Command:
    if not text.startswith("/"):
        return Text(text)
    name, _, rest = text[1:].partition(" ")
    return Command(name.strip(), rest.strip())

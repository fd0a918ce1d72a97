"""What came in, before any dialogue has seen it: each messenger translates its updates into these."""

from __future__ import annotations

from dataclasses import dataclass

from handlers.message import Contact, Upload


@dataclass(frozen=True, slots=True)
class Text:
    """Words that were typed."""

    text: str


@dataclass(frozen=True, slots=True)
class Command:
    """`/name rest`, without the slash."""

    name: str
    rest: str = ""


@dataclass(frozen=True, slots=True)
class Tap:
    """A button's data, and the messenger's number of the message that carried it."""

    data: str
    message: str = ""


@dataclass(frozen=True, slots=True)
class Shared:
    """A contact card: the person's own where the messenger vouches for it."""

    contact: Contact


@dataclass(frozen=True, slots=True)
class File:
    """A file that is still with the messenger, which fetches it by `reference`."""

    reference: str
    name: str
    mime: str
    size: int
    caption: str = ""


@dataclass(frozen=True, slots=True)
class Fetched:
    """A file that lies in our blobs; `refused` is the reason code where it could not be fetched."""

    upload: Upload
    refused: str = ""


@dataclass(frozen=True, slots=True)
class Unreadable:
    """Voice, sticker, location: something we have no use for."""


@dataclass(frozen=True, slots=True)
class Left:
    """The person blocked or removed the assistant."""


@dataclass(frozen=True, slots=True)
class Returned:
    """The person let the assistant write again."""


@dataclass(frozen=True, slots=True)
class Summons:
    """Asked for in the group with this address, to be answered in the private chat of who asked."""

    group: str


@dataclass(frozen=True, slots=True)
class Joined:
    """The assistant was taken into the group whose chat this is."""


@dataclass(frozen=True, slots=True)
class Moved:
    """The group has another address from now on."""

    address: str


What = (
    Text | Command | Tap | Shared | File | Fetched | Unreadable | Left | Returned | Summons | Joined | Moved
)


@dataclass(frozen=True, slots=True)
class Incoming:
    """One update. `reference` is the messenger's number of the person's message (to delete a secret one),
    `acknowledge` what it takes to answer a tap, `language` the messenger's hint (BCP 47), `blank` the update as it
    stays in the inbox once a secret was taken from it, `album` what files that were sent together have in common."""

    address: str
    what: What
    reference: str = ""
    acknowledge: str = ""
    language: str = ""
    blank: str = "{}"
    album: str = ""

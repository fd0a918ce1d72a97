"""The messenger port: what a messenger can do, what it translates, what it delivers."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal, Protocol

from bot.events import File, Incoming
from handlers.message import Message

Op = Literal["send", "edit", "strip", "clear", "delete", "toast", "action"]


@dataclass(frozen=True, slots=True)
class Abilities:
    """What a messenger can do, as data. `pages`: it opens pages of ours."""

    pages: bool = True


@dataclass(frozen=True, slots=True)
class Delivery:
    """One row of the outbox, ready to go.

    `key` is our message's id, `reference` the messenger's own number of it (empty before it is sent) or, for a
    deletion, of the person's message. `parts` are the numbers of the messages that carry its pictures, where they are
    messages of their own: `clear` takes these away and leaves the card. `acknowledge` is what a toast answers, `text`
    its words.
    """

    address: str
    op: Op
    key: str = ""
    reference: str = ""
    message: Message | None = None
    acknowledge: str = ""
    text: str = ""
    parts: tuple[str, ...] = ()


class DeliveryError(Exception):
    """A delivery did not succeed."""


class TryLater(DeliveryError):
    """The messenger asks for patience, or could not be reached. `after` in seconds."""

    def __init__(self, after: float) -> None:
        super().__init__(f"try again after {after:g} s")
        self.after = after


class Unreachable(DeliveryError):
    """The person blocked the assistant or is gone: nothing sent to this chat will arrive."""


class Impossible(DeliveryError):
    """This delivery will never succeed (a toast that came too late, a message that is gone)."""


class NotDeleted(Impossible):
    """The messenger does not let us delete the person's message any more: they have to do it themselves."""


class CannotFetch(Exception):
    """A file could not be fetched; `reason` is a word that templates know (`too-large`, `gone`)."""

    def __init__(self, reason: str) -> None:
        super().__init__(reason)
        self.reason = reason


class Messenger(Protocol):
    """One messenger. Updates reach the inbox as the text that `translate` understands."""

    name: str
    abilities: Abilities
    group_link: str
    """A link that takes the assistant into a group, where it shows how contracts stand; empty without groups."""

    def translate(self, payload: str) -> Incoming:
        """The neutral event of an update. Pure."""

    async def fetch(self, file: File) -> bytes:
        """A file's bytes. Raises CannotFetch, or TryLater when it may be had later."""

    async def deliver(self, delivery: Delivery) -> str:
        """Carry out one delivery; the messenger's number of the message, and after spaces those of its `parts`.

        Raises DeliveryError.
        """

    def invitation_link(self, token: str) -> str:
        """A link that opens a chat with us and brings `/start token`."""

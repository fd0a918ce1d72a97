"""The Chat port that dialogues are written against, and the registry they stand in."""

from __future__ import annotations

from collections.abc import Awaitable, Callable, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from inspect import signature
from typing import Any, Generic, Literal, Protocol, TypeVar

from handlers.message import Attachment, Contact, Upload
from signing.actor import Actor
from signing.errors import SigningError
from signing.ids import PersonId

T = TypeVar("T")


@dataclass(frozen=True, slots=True)
class Answer(Generic[T]):
    """What came back for a question: exactly one part is set."""

    choice: str | None = None
    value: T | None = None
    upload: Upload | None = None
    contact: Contact | None = None


@dataclass(frozen=True, slots=True)
class Secret(Generic[T]):
    """An answer that is kept sealed. Only `Chat.do` opens it, and it is gone when that step has committed."""

    name: str


class Continue(Exception):
    """Raised by a dialogue that goes round: it starts again, or another does, with a fresh journal."""

    def __init__(self, dialogue: str, **arguments: Any) -> None:
        super().__init__(dialogue)
        self.dialogue = dialogue
        self.arguments = arguments


class Chat(Protocol):
    """One conversation. A dialogue awaits nothing but this. What it lets through of SigningError is said and ends it.

    Keys are `template.block` of what is said or asked; they are stored data.
    """

    async def ask_secret(self, key: str, parse: Callable[[str], T], **context: Any) -> Answer[Secret[T]]:
        """A question whose text is sealed and deleted from the chat; its buttons may answer too."""

    async def choose(self, key: str, **context: Any) -> str:
        """A question answered by one of the buttons that its template gives (or their words, typed)."""

    async def answer(
        self,
        key: str,
        *,
        text: Callable[[str], T] | None = None,
        upload: bool = False,
        contact: bool | Literal["anyone"] = False,
        attachments: Sequence[Attachment] = (),
        after: float = 0.0,
        **context: Any,
    ) -> Answer[T]:
        """A question that takes any of: its buttons, a text, a file, a contact card: the person's own, or anyone's.

        `after`: among files that are sent together, the card waits so many seconds and is not shown at all if the
        answer comes before. So they are answers of their own, and one card follows the last of them.
        """

    async def say(self, key: str, *, attachments: Sequence[Attachment] = (), **context: Any) -> None:
        """Tell the person something."""

    async def tell(
        self, person: PersonId, message: str, *, attachments: Sequence[Attachment] = (), **context: Any
    ) -> None:
        """Tell another person something, in their language; `message` is `dialogue.block`."""

    async def do(self, step: Callable[..., T], *args: Any) -> T:
        """Run `step(tx, actor, *args)` in the conversation's transaction, once."""

    async def call(self, work: Callable[..., T], *args: Any) -> T:
        """Run `work(*args)` outside any transaction. It may run again after a crash."""

    async def now(self) -> datetime:
        """The time, the same at every replay."""

    async def actor(self) -> Actor:
        """Who is talking, the same at every replay. For words only: rights are checked in steps."""

    async def refuse(self, refusal: SigningError) -> None:
        """Say what was refused, why, and what to do."""

    async def spoken(self) -> str:
        """The language of the talk, the same at every replay."""

    async def speak(self, language: str) -> None:
        """Talk in this language from here on."""


Talk = Callable[..., Awaitable[Any]]


@dataclass(frozen=True, slots=True)
class Dialogue:
    """`command` starts it from a slash command, `takes_upload` when a file comes unasked.

    `argument` is the parameter that a button `>name:argument` or the rest of the command fills; with `secret` it is
    sealed like a secret answer, and the dialogue gets a Secret. A `passing` dialogue that is interrupted is over: what it
    asks for, every other dialogue asks for where it needs it. An `idle` one shows a card that can be tapped at any time
    and needs no answer: it gives way to whatever is said and is not offered again. `resume` is the dialogue that begins,
    with the same argument, in the place of this one when somebody writes after half a day.
    """

    name: str
    talk: Talk
    command: str = ""
    argument: str = ""
    takes_upload: bool = False
    secret: bool = False
    passing: bool = False
    idle: bool = False
    resume: str = ""

    def takes(self, arguments: Mapping[str, Any]) -> bool:
        """Whether these arguments, and no others, are what the talk needs."""
        try:
            signature(self.talk).bind(None, None, **arguments)
        except TypeError:
            return False
        return True


class Dialogues:
    """The registry of dialogues: what there is to talk about."""

    def __init__(self) -> None:
        self.by_name: dict[str, Dialogue] = {}

    def __call__(
        self,
        name: str,
        *,
        command: str = "",
        argument: str = "",
        takes_upload: bool = False,
        secret: bool = False,
        passing: bool = False,
        idle: bool = False,
        resume: str = "",
    ) -> Callable[[Talk], Talk]:
        """Register `async def talk(chat, services, **arguments)` under a name, as `Dialogue` says."""

        def register(talk: Talk) -> Talk:
            if name in self.by_name:
                raise ValueError(f"two dialogues are called {name}")
            self.by_name[name] = Dialogue(
                name, talk, command, argument, takes_upload, secret, passing, idle, resume
            )
            return talk

        return register

    def for_command(self, command: str) -> Dialogue | None:
        return next((one for one in self.by_name.values() if one.command and one.command == command), None)

    def for_upload(self) -> Dialogue:
        return next(one for one in self.by_name.values() if one.takes_upload)


dialogue = Dialogues()

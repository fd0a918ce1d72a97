"""The steps that a dialogue can await, and `ReplayedChat`, the Chat port that awaits them."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any, Literal, TypeVar, cast

from bot.replay import take
from handlers.chat import Answer, Secret
from handlers.message import Attachment
from signing.actor import Actor
from signing.errors import SigningError
from signing.ids import PersonId

T = TypeVar("T")


@dataclass(frozen=True, slots=True)
class Question:
    key: str
    context: Mapping[str, Any]
    text: Callable[[str], Any] | None = None
    secret: bool = False
    upload: bool = False
    contact: bool | Literal["anyone"] = False
    attachments: Sequence[Attachment] = ()
    after: float = 0.0


@dataclass(frozen=True, slots=True)
class Say:
    key: str
    context: Mapping[str, Any]
    attachments: Sequence[Attachment] = ()


@dataclass(frozen=True, slots=True)
class Tell:
    key: str
    person: PersonId
    message: str
    context: Mapping[str, Any]
    attachments: Sequence[Attachment] = ()


@dataclass(frozen=True, slots=True)
class Do:
    key: str
    step: Callable[..., Any]
    arguments: tuple[Any, ...]


@dataclass(frozen=True, slots=True)
class Call:
    key: str
    work: Callable[..., Any]
    arguments: tuple[Any, ...]


@dataclass(frozen=True, slots=True)
class Now:
    key: str = "now"


@dataclass(frozen=True, slots=True)
class WhoTalks:
    key: str = "actor"


@dataclass(frozen=True, slots=True)
class Spoken:
    key: str = "spoken"


@dataclass(frozen=True, slots=True)
class Speak:
    language: str
    key: str = "speak"


@dataclass(frozen=True, slots=True)
class Refuse:
    refusal: SigningError
    key: str = "refuse"


class ReplayedChat:
    """Each method awaits one step; the engine answers it from the journal or carries it out."""

    async def ask_secret(self, key: str, parse: Callable[[str], T], **context: Any) -> Answer[Secret[T]]:
        return cast(Answer[Secret[T]], await take(Question(key, context, text=parse, secret=True)))

    async def choose(self, key: str, **context: Any) -> str:
        answer = await take(Question(key, context))
        return cast(str, answer.choice)

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
        question = Question(
            key, context, text, upload=upload, contact=contact, attachments=attachments, after=after
        )
        return cast(Answer[T], await take(question))

    async def say(self, key: str, *, attachments: Sequence[Attachment] = (), **context: Any) -> None:
        await take(Say(key, context, attachments))

    async def tell(
        self, person: PersonId, message: str, *, attachments: Sequence[Attachment] = (), **context: Any
    ) -> None:
        await take(Tell(f"tell.{message}", person, message, context, attachments))

    async def do(self, step: Callable[..., T], *args: Any) -> T:
        return cast(T, await take(Do(step.__qualname__, step, args)))

    async def call(self, work: Callable[..., T], *args: Any) -> T:
        return cast(T, await take(Call(work.__qualname__, work, args)))

    async def now(self) -> datetime:
        return cast(datetime, await take(Now()))

    async def actor(self) -> Actor:
        return cast(Actor, await take(WhoTalks()))

    async def refuse(self, refusal: SigningError) -> None:
        await take(Refuse(refusal))

    async def spoken(self) -> str:
        return cast(str, await take(Spoken()))

    async def speak(self, language: str) -> None:
        await take(Speak(language))

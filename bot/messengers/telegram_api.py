"""What we need of a Telegram framework: carry a Bot API call out, fetch a file, and say in our words what failed."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import Any, Protocol

CLOUD = "https://api.telegram.org"


@dataclass(frozen=True, slots=True)
class Bytes:
    """A file to upload; it stands anywhere in a call's fields where the Bot API takes an InputFile."""

    name: str
    data: bytes


class Refused(Exception):
    """The Bot API answered no. `status` as HTTP, `retry_after` in seconds where it asks for patience.

    `description` is Telegram's English sentence; it never holds what a person wrote.
    """

    def __init__(self, status: int, description: str, retry_after: float = 0.0) -> None:
        super().__init__(f"{status}: {description}")
        self.status = status
        self.description = description
        self.retry_after = retry_after

    def says(self, *words: str) -> bool:
        """Whether the description holds one of these, in whatever case."""
        return any(each.lower() in self.description.lower() for each in words)


class NoAnswer(Exception):
    """Nothing usable came back: the call may have been carried out or not."""


class Transport(Protocol):
    """A bot of some framework, reduced to the wire."""

    @property
    def bot_id(self) -> str:
        """The bot's own number; it stands in front of the token's colon."""

    async def open(self) -> None:
        """Make ready. Raises Refused, NoAnswer."""

    async def call(self, method: str, fields: Mapping[str, Any], seconds: float = 60.0) -> Any:
        """Carry out one Bot API method and give its `result` as plain JSON. Raises Refused, NoAnswer."""

    async def fetch(self, file: str, seconds: float = 120.0) -> bytes:
        """The bytes behind a `file_id`. Raises Refused, NoAnswer."""

    async def close(self) -> None:
        """Close the connections."""


def with_files(value: Any, put: Callable[[Bytes], Any]) -> Any:
    """The fields with each `Bytes` replaced by what `put` makes of it."""
    match value:
        case Bytes():
            return put(value)
        case dict():
            return {name: with_files(each, put) for name, each in value.items()}
        case list():
            return [with_files(each, put) for each in value]
    return value

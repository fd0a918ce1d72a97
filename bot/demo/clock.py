"""A clock for the story: it runs as the machine's does, and can be moved on, so that nobody waits a week."""

from __future__ import annotations

from datetime import datetime, timedelta
from typing import Protocol

from bot.installation import utc_now


class Movable(Protocol):
    """A clock that can be moved on by `timedelta(**duration)`."""

    def __call__(self) -> datetime: ...

    def advance(self, **duration: float) -> None: ...


class StoryClock:
    """The machine's time, and how far the story is ahead of it."""

    def __init__(self) -> None:
        self._ahead = timedelta()

    def __call__(self) -> datetime:
        return utc_now() + self._ahead

    def advance(self, **duration: float) -> None:
        self._ahead += timedelta(**duration)

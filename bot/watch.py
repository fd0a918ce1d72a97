"""Whoever looks on while the assistant works: told what was done, how it ended and how long it took."""

from __future__ import annotations

import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager

Watch = Callable[[str, str, str, float], None]
"""Told the part ("update", "call", "delivery", "timer"), what it was, the outcome in a word, and the seconds."""


def unwatched(part: str, what: str, outcome: str, seconds: float) -> None:
    """Nobody looks on."""


class Timed:
    """What is being done; `outcome` is what it will be said to have come to."""

    def __init__(self) -> None:
        self.outcome = "done"


@contextmanager
def timed(watch: Watch, part: str, what: str) -> Iterator[Timed]:
    """Time what is done inside. An exception's class is its outcome."""
    one, begun = Timed(), time.monotonic()
    try:
        yield one
    except BaseException as error:
        one.outcome = type(error).__name__
        raise
    finally:
        watch(part, what, one.outcome, time.monotonic() - begun)

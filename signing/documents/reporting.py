"""At which page long work is, said to whoever asked to hear it; to nobody otherwise. What a child says its parent hears."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from contextvars import ContextVar

Listener = Callable[[int, int], None]
"""Takes the page (from 1) and how many there are. It is called often and says nothing of how often: be quick."""

_listener: ContextVar[Listener | None] = ContextVar("listener", default=None)


@contextmanager
def heard_by(listener: Listener) -> Iterator[None]:
    """What runs in here, and in threads that take its context with them, reports to this listener."""
    token = _listener.set(listener)
    try:
        yield
    finally:
        _listener.reset(token)


def report(page: int, pages: int) -> None:
    """Say that the work is at this page (from 1) of so many."""
    if listener := _listener.get():
        listener(page, pages)

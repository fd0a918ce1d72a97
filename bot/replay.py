"""The replay engine: a dialogue is a coroutine, run from its start against a journal of what it was told before.

It knows neither messenger nor database. A dialogue awaits steps and nothing else; each step's outcome stands in
the journal under the step's key, so that the same code with the same journal always comes to the same place.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Coroutine, Generator
from dataclasses import dataclass
from types import coroutine
from typing import Any, Protocol

from handlers.chat import Continue


class Step(Protocol):
    """Something a dialogue awaits. The key is a word and stored data: renaming it is a change of format."""

    @property
    def key(self) -> str: ...


@coroutine
def take(step: Step) -> Generator[Step, Any, Any]:
    """Await one step from inside a dialogue."""
    return (yield step)


@dataclass(frozen=True, slots=True)
class Took:
    """A step's outcome: a value, or the error that the dialogue sees raised."""

    value: Any = None
    error: Exception | None = None


@dataclass(frozen=True, slots=True)
class Finished:
    """The dialogue returned."""

    value: Any


@dataclass(frozen=True, slots=True)
class Waiting:
    """The step under this key has no outcome yet."""

    key: str


@dataclass(frozen=True, slots=True)
class Continued:
    """The dialogue gave way to another, with a fresh journal."""

    dialogue: str
    arguments: dict[str, Any]


Outcome = Finished | Waiting | Continued


class CodeChanged(Exception):
    """The journal was written by a dialogue that went another way than the present code does."""


class ForeignAwait(TypeError):
    """A dialogue awaited something that is not a step, such as a sleep: nobody would wake it."""


class Journal(Protocol):
    """What a dialogue was told before, in order."""

    def recorded(self, position: int, step: Step) -> tuple[str, Took] | None:
        """Key and outcome at a position, None behind the end."""

    def record(self, position: int, key: str, step: Step, took: Took) -> None:
        """Add the outcome at the journal's end."""


def replay(
    dialogue: Coroutine[Step, Any, Any], journal: Journal, perform: Callable[[str, Step], Took | None]
) -> Outcome:
    """Run a dialogue until it ends or waits.

    `perform` is asked for each step that the journal does not hold; None says that the outcome is not known yet.
    Raises CodeChanged, ForeignAwait, and whatever the dialogue does not catch.
    """
    counts: Counter[str] = Counter()
    position = 0
    took = Took()
    try:
        while True:
            step = dialogue.throw(took.error) if took.error else dialogue.send(took.value)
            key = _numbered(step, counts)
            known = _known(journal, position, key, step)
            if known is None:
                known = perform(key, step)
                if known is None:
                    return Waiting(key)
                journal.record(position, key, step, known)
            took = known
            position += 1
    except StopIteration as stop:
        return Finished(stop.value)
    except Continue as again:
        return Continued(again.dialogue, again.arguments)
    finally:
        dialogue.close()


def _numbered(step: Step, counts: Counter[str]) -> str:
    word = getattr(step, "key", None)
    if not isinstance(word, str):
        raise ForeignAwait(f"a dialogue awaits nothing but its chat, not {type(step).__name__}")
    counts[word] += 1
    return word if counts[word] == 1 else f"{word}~{counts[word]}"


def _known(journal: Journal, position: int, key: str, step: Step) -> Took | None:
    entry = journal.recorded(position, step)
    if entry is None:
        return None
    if entry[0] != key:
        raise CodeChanged(f"the journal has {entry[0]!r} where the dialogue comes to {key!r}")
    return entry[1]

"""The replay engine: a coroutine against a journal, without messenger or database."""

from __future__ import annotations

import asyncio
from collections.abc import Callable, Coroutine
from dataclasses import dataclass, field
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.replay import CodeChanged, Continued, Finished, ForeignAwait, Step, Took, Waiting, replay, take
from handlers.chat import Continue

Talk = Callable[[], Coroutine[Any, Any, Any]]


@dataclass(frozen=True)
class Ask:
    key: str


@dataclass
class Memory:
    entries: list[tuple[str, Took]] = field(default_factory=list)

    def recorded(self, position: int, step: Step) -> tuple[str, Took] | None:
        return self.entries[position] if position < len(self.entries) else None

    def record(self, position: int, key: str, step: Step, took: Took) -> None:
        assert position == len(self.entries)
        self.entries.append((key, took))


def run(talk: Talk, journal: Memory, answers: dict[str, Any]) -> Any:
    return replay(talk(), journal, lambda key, step: Took(answers[key]) if key in answers else None)


async def two_questions() -> tuple[str, str]:
    return await take(Ask("name")), await take(Ask("place"))


def test_it_waits_at_the_first_step_that_has_no_outcome() -> None:
    assert run(two_questions, Memory(), {}) == Waiting("name")


def test_what_is_journaled_is_not_performed_again() -> None:
    journal = Memory([("name", Took("Lin"))])
    assert run(two_questions, journal, {"place": "Shanghai"}) == Finished(("Lin", "Shanghai"))


def test_an_outcome_is_journaled_before_the_dialogue_goes_on() -> None:
    journal = Memory()
    run(two_questions, journal, {"name": "Lin"})
    assert journal.entries == [("name", Took("Lin"))]


def test_a_key_that_comes_again_is_counted() -> None:
    async def twice() -> list[str]:
        return [await take(Ask("try")), await take(Ask("try"))]

    journal = Memory()
    assert run(twice, journal, {"try": 1, "try~2": 2}) == Finished([1, 2])
    assert [key for key, _ in journal.entries] == ["try", "try~2"]


def test_a_journaled_error_is_raised_where_it_happened() -> None:
    async def careful() -> str:
        try:
            await take(Ask("risky"))
        except ValueError:
            return "caught"
        return "missed"

    assert run(careful, Memory([("risky", Took(error=ValueError()))]), {}) == Finished("caught")


def test_a_dialogue_that_changed_under_its_journal_is_noticed() -> None:
    with pytest.raises(CodeChanged):
        run(two_questions, Memory([("age", Took(4))]), {})


def test_going_round_is_an_outcome() -> None:
    async def round_() -> None:
        raise Continue("card", contract="t1")

    assert run(round_, Memory(), {}) == Continued("card", {"contract": "t1"})


def test_awaiting_anything_but_a_step_is_refused() -> None:
    async def sleepy() -> None:
        await asyncio.sleep(0)

    with pytest.raises(ForeignAwait):
        run(sleepy, Memory(), {})


def test_a_dialogue_that_waits_is_closed_and_cleans_up() -> None:
    closed = []

    async def tidy() -> None:
        try:
            await take(Ask("name"))
        finally:
            closed.append(True)

    run(tidy, Memory(), {})
    assert closed == [True]


@given(answers=st.lists(st.integers(), max_size=30), cuts=st.sets(st.integers(0, 30)))
def test_interruptions_change_nothing(answers: list[int], cuts: set[int]) -> None:
    """However often a dialogue is interrupted, it comes to the same end with the same journal."""

    async def sums() -> int:
        total = 0
        for _ in answers:
            total += await take(Ask("more" if total % 2 else "next"))
        return total

    straight, interrupted = Memory(), Memory()
    numbers = iter(answers)
    whole = replay(sums(), straight, lambda key, step: Took(next(numbers)))
    for end in sorted({*cuts, len(answers)}):
        left = iter(answers[len(interrupted.entries) : end])
        outcome = replay(sums(), interrupted, lambda key, step, left=left: _next(left))
    assert outcome == whole
    assert interrupted.entries == straight.entries


def _next(left: Any) -> Took | None:
    value = next(left, None)
    return None if value is None else Took(value)

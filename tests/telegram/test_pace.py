"""Even spacing: one message a second in a chat, 30 a second in all, 20 a minute in a group; nobody else waits."""

from __future__ import annotations

import asyncio
from dataclasses import dataclass, field
from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.messengers.pace import Pace


@dataclass
class Time:
    """A clock that jumps to whatever is waited for."""

    now: float = 100.0
    said: list[tuple[float, str]] = field(default_factory=list)

    def __call__(self) -> float:
        return self.now

    async def sleep(self, seconds: float) -> None:
        moment = self.now + seconds
        while self.now < moment:
            await asyncio.sleep(0)
            self.now = max(self.now, min(moment, self.now + 0.01))

    def pace(self) -> Pace:
        return Pace(now=self, sleep=self.sleep)


async def speak(time: Time, pace: Pace, chat: str, cost: int = 1) -> None:
    async with pace.turn(chat, cost):
        time.said.append((time.now, chat))


async def test_the_first_word_does_not_wait() -> None:
    time = Time()
    await speak(time, time.pace(), "7")
    assert time.now == 100.0


async def test_in_a_chat_a_second_passes_between_two_messages() -> None:
    time = Time()
    pace = time.pace()
    for _ in range(3):
        await speak(time, pace, "7")
    assert all(later - earlier >= 1 for (earlier, _), (later, _) in pairwise(time.said))


async def test_in_a_group_three_seconds_pass() -> None:
    time = Time()
    pace = time.pace()
    for _ in range(2):
        await speak(time, pace, "-100")
    assert time.said[1][0] - time.said[0][0] >= 3


async def test_a_chat_that_must_wait_does_not_hold_up_another() -> None:
    time = Time()
    pace = time.pace()
    await speak(time, pace, "7")
    await asyncio.gather(speak(time, pace, "7"), speak(time, pace, "8"))
    assert [chat for _, chat in time.said] == ["7", "8", "7"]


async def test_in_all_no_second_holds_more_than_thirty() -> None:
    time = Time()
    pace = time.pace()
    await asyncio.gather(*(speak(time, pace, str(chat)) for chat in range(90)))
    moments = sorted(moment for moment, _ in time.said)
    assert max(sum(start <= each < start + 1 for each in moments) for start in moments) <= 30


async def test_an_album_counts_as_many_messages_as_it_has_pictures() -> None:
    time = Time()
    pace = time.pace()
    await speak(time, pace, "7", cost=10)
    await speak(time, pace, "8")
    assert time.said[1][0] - time.said[0][0] == pytest.approx(10 * 1.1 / 30, abs=0.02)


@given(st.lists(st.sampled_from(["7", "8", "-9"]), max_size=12))
async def test_whatever_the_order_every_chat_keeps_its_second(chats: list[str]) -> None:
    time = Time()
    pace = time.pace()
    for chat in chats:
        await speak(time, pace, chat)
    for chat in set(chats):
        own = [moment for moment, each in time.said if each == chat]
        assert all(later - earlier >= 1 for earlier, later in pairwise(own))

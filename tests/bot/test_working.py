"""What shows that work goes on: again and again while it does, and never after."""

from __future__ import annotations

import asyncio

import pytest

from bot.chats import chat_at
from bot.messengers.base import Delivery, TryLater
from bot.messengers.script import ScriptMessenger
from bot.working import EVERY_SECONDS, Working
from signing.store.port import Tx
from signing.store.sqlite import SqliteStore


class Time:
    """Sleeps that end when the test says so."""

    def __init__(self) -> None:
        self.asked: list[float] = []
        self._gate = asyncio.Semaphore(0)

    async def sleep(self, seconds: float) -> None:
        self.asked.append(seconds)
        await self._gate.acquire()

    async def passes(self) -> None:
        self._gate.release()
        for _ in range(5):
            await asyncio.sleep(0)


@pytest.fixture
def conversation(store: SqliteStore) -> str:
    def begin(tx: Tx) -> None:
        chat = chat_at(tx, "script", "lin", "en")
        row = {"id": "c1", "chat": chat, "dialogue": "draft", "args": "{}", "state": "running"}
        tx.insert("conversations", {**row, "release": "1", "created": tx.now, "changed": tx.now})

    store.write(begin)
    return "c1"


async def test_it_is_shown_every_few_seconds_for_as_long_as_the_work_lasts(
    store: SqliteStore, conversation: str
) -> None:
    time, messenger = Time(), ScriptMessenger()
    async with Working(store, {"script": messenger}, time.sleep).shown(conversation):
        await time.passes()
        await time.passes()
        assert [each.op for each in messenger.delivered] == ["action", "action"]
    await time.passes()
    assert len(messenger.delivered) == 2
    assert set(time.asked) == {EVERY_SECONDS}
    assert EVERY_SECONDS < 5


async def test_nothing_is_shown_where_nobody_waits(store: SqliteStore, conversation: str) -> None:
    store.write(lambda tx: tx.change("conversations", conversation, {"state": "parked"}))
    time, messenger = Time(), ScriptMessenger()
    for each in (conversation, None):
        async with Working(store, {"script": messenger}, time.sleep).shown(each):
            await time.passes()
    assert messenger.delivered == []


async def test_a_messenger_that_is_busy_is_no_harm_to_the_work(store: SqliteStore, conversation: str) -> None:
    class Busy(ScriptMessenger):
        async def deliver(self, delivery: Delivery) -> str:
            raise TryLater(3)

    time = Time()
    async with Working(store, {"script": Busy()}, time.sleep).shown(conversation):
        await time.passes()
        await time.passes()
    assert len(time.asked) == 3

"""The outbox: each chat's order, patience with a messenger that is busy, an end with one that is gone."""

from __future__ import annotations

from collections.abc import Callable

import pytest

from bot.bell import Bell
from bot.messengers.base import Delivery, Impossible, TryLater, Unreachable
from bot.messengers.script import ScriptMessenger
from bot.outbox import TRIES, Outbox
from bot.post import written
from handlers.message import Message
from signing.store.port import Tx
from signing.store.sqlite import SqliteStore
from tests.clock import ManualClock

Fault = Callable[[Delivery], Exception | None]


class Moody(ScriptMessenger):
    """A messenger that fails as it is told."""

    fault: Fault = staticmethod(lambda delivery: None)

    async def deliver(self, delivery: Delivery) -> str:
        error = self.fault(delivery)
        if error:
            raise error
        return await super().deliver(delivery)


@pytest.fixture
def messenger() -> Moody:
    return Moody()


@pytest.fixture
def outbox(store: SqliteStore, messenger: Moody) -> Outbox:
    store.write(_chats)
    return Outbox(store, {messenger.name: messenger}, Bell())


def _chats(tx: Tx) -> None:
    for chat in ("one", "two"):
        row = {"id": chat, "messenger": "script", "address": chat, "language": "en", "state": "open"}
        tx.insert("chats", {**row, "created": tx.now})


def say(store: SqliteStore, chat: str, text: str) -> None:
    store.write(_say, chat, text)


def _say(tx: Tx, chat: str, text: str) -> None:
    payload = written(Message(text))
    row = {"id": f"{chat}-{text}", "chat": chat, "payload": payload, "buttons": 0}
    tx.insert("messages", {**row, "created": tx.now, "changed": tx.now})
    tx.send(chat, "send", f"{chat}-{text}", payload)


def heard(messenger: Moody, chat: str) -> list[str]:
    return [each.message.text for each in messenger.delivered if each.address == chat and each.message]


async def quiet(outbox: Outbox) -> None:
    while await outbox.step():
        pass


async def test_messages_of_a_chat_arrive_in_order(
    store: SqliteStore, outbox: Outbox, messenger: Moody
) -> None:
    for text in "abc":
        say(store, "one", text)
        say(store, "two", text)
    await quiet(outbox)
    assert heard(messenger, "one") == heard(messenger, "two") == ["a", "b", "c"]


async def test_a_busy_messenger_is_asked_again_after_the_time_it_names(
    store: SqliteStore, outbox: Outbox, messenger: Moody, clock: ManualClock
) -> None:
    say(store, "one", "a")
    say(store, "one", "b")
    busy = [TryLater(30)]
    messenger.fault = lambda delivery: busy.pop() if busy else None
    await quiet(outbox)
    assert heard(messenger, "one") == []
    clock.advance(seconds=29)
    await quiet(outbox)
    assert heard(messenger, "one") == []
    clock.advance(seconds=1)
    await quiet(outbox)
    assert heard(messenger, "one") == ["a", "b"]


async def test_one_chat_that_fails_does_not_hold_up_another(
    store: SqliteStore, outbox: Outbox, messenger: Moody
) -> None:
    say(store, "one", "a")
    say(store, "two", "b")
    messenger.fault = lambda delivery: TryLater(60) if delivery.address == "one" else None
    await quiet(outbox)
    assert heard(messenger, "two") == ["b"]


async def test_a_person_who_blocked_us_gets_nothing_more_and_is_marked(
    store: SqliteStore, outbox: Outbox, messenger: Moody
) -> None:
    say(store, "one", "a")
    say(store, "one", "b")
    messenger.fault = lambda delivery: Unreachable()
    await quiet(outbox)
    messenger.fault = lambda delivery: None
    await quiet(outbox)
    assert heard(messenger, "one") == []
    chat = store.read(lambda tx: tx.get("chats", "one"))
    assert chat and chat["state"] == "left"


async def test_what_can_never_succeed_is_dropped_and_the_next_goes_on(
    store: SqliteStore, outbox: Outbox, messenger: Moody
) -> None:
    say(store, "one", "a")
    say(store, "one", "b")
    messenger.fault = lambda delivery: Impossible("gone") if delivery.key == "one-a" else None
    await quiet(outbox)
    assert heard(messenger, "one") == ["b"]


async def test_an_unknown_fault_is_tried_again_with_longer_waits_and_given_up_in_the_end(
    store: SqliteStore, outbox: Outbox, messenger: Moody, clock: ManualClock
) -> None:
    say(store, "one", "a")
    tries = []

    def fault(delivery: Delivery) -> Exception:
        tries.append(clock())
        return OSError("the wire")

    messenger.fault = fault
    for _ in range(TRIES + 3):
        await quiet(outbox)
        clock.advance(seconds=600)
    assert len(tries) == TRIES


async def test_the_messengers_number_of_a_message_is_kept_for_edits(
    store: SqliteStore, outbox: Outbox, messenger: Moody
) -> None:
    say(store, "one", "a")
    await quiet(outbox)
    store.write(lambda tx: tx.send("one", "edit", "one-a", written(Message("a, better"))))
    await quiet(outbox)
    assert [(each.op, each.reference) for each in messenger.delivered] == [("send", ""), ("edit", "one-a")]

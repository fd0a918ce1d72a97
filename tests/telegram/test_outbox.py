"""The outbox over Telegram: order, waits, edits that overtake each other, people who left."""

from __future__ import annotations

from collections.abc import AsyncIterator
from dataclasses import replace

import pytest

from bot.bell import Bell
from bot.inbox import receive
from bot.messengers.telegram import TelegramMessenger
from bot.outbox import Outbox
from bot.post import Post
from handlers.message import Button, Message
from signing.store.port import Row
from signing.store.sqlite import SqliteStore
from tests.clock import ManualClock
from tests.telegram.fake_api import FakeBotApi
from tests.telegram.fake_people import Human

CARD = Message("Draft", ((Button("Start", "c1:card:start"),),))


class Desk:
    """A chat and everything between a message's row and the person."""

    def __init__(self, store: SqliteStore, messenger: TelegramMessenger, clock: ManualClock) -> None:
        self.store, self.clock = store, clock
        self.post = Post(None)  # type: ignore[arg-type]
        self.outbox = Outbox(store, {messenger.name: messenger}, Bell())

    def chat(self, human: Human) -> str:
        """The chat of somebody who has written to us."""
        update = f"1:{human.api.next_number()}"
        self.store.write(receive, "telegram", update, str(human.number), "{}", "en")
        found = self.store.read(
            lambda tx: tx.find("chat_of_address", messenger="telegram", address=str(human.number))
        )
        return str(found[0]["id"])

    def say(self, chat: str, message: Message, edit: str = "") -> str:
        return self.store.write(lambda tx: self.post.send(tx, chat, message, edit=edit))

    async def settle(self, seconds: float = 0) -> None:
        """Deliver what is due `seconds` from now."""
        self.clock.advance(seconds=seconds)
        while await self.outbox.step():
            pass

    def rows(self, chat: str) -> list[Row]:
        return self.store.read(lambda tx: tx.find("outbox_of_chat", chat=chat))


@pytest.fixture
async def desk(store: SqliteStore, messenger: TelegramMessenger, clock: ManualClock) -> AsyncIterator[Desk]:
    yield Desk(store, messenger, clock)


async def test_messages_of_a_chat_keep_their_order(desk: Desk, lin: Human) -> None:
    chat = desk.chat(lin)
    for word in ("one", "two", "three"):
        desk.say(chat, Message(word))
    await desk.settle()
    assert [shown.text for shown in lin.sees()] == ["one", "two", "three"]


async def test_what_the_server_puts_off_is_sent_after_its_wait_and_before_what_follows(
    desk: Desk, api: FakeBotApi, lin: Human
) -> None:
    chat = desk.chat(lin)
    api.faults.too_many, api.faults.retry_after = 1.0, 137
    desk.say(chat, Message("one"))
    desk.say(chat, Message("two"))
    await desk.settle()
    api.faults.too_many = 0
    await desk.settle(seconds=136)
    before = len(lin.sees())
    await desk.settle(seconds=1)
    assert (before, [shown.text for shown in lin.sees()]) == (0, ["one", "two"])


async def test_one_chat_that_must_wait_does_not_hold_up_another(
    desk: Desk, api: FakeBotApi, lin: Human
) -> None:
    su = Human(api, 700_002)
    api.meet(su.number)
    api.refuse_chat(lin.number, "Forbidden: bot was blocked by the user")
    first, second = desk.chat(lin), desk.chat(su)
    desk.say(first, Message("for lin"))
    desk.say(second, Message("for su"))
    await desk.settle()
    assert [shown.text for shown in su.sees()] == ["for su"]


async def test_of_edits_that_wait_only_the_last_is_sent(desk: Desk, api: FakeBotApi, lin: Human) -> None:
    chat = desk.chat(lin)
    card = desk.say(chat, CARD)
    await desk.settle()
    for at in range(5):
        desk.say(chat, replace(CARD, text=f"Page {at} of 4"), edit=card)
    await desk.settle()
    assert [(shown.text, shown.edits) for shown in lin.sees()] == [("Page 4 of 4", 1)]


async def test_a_card_sent_anew_is_edited_where_it_is_now(desk: Desk, api: FakeBotApi, lin: Human) -> None:
    chat = desk.chat(lin)
    card = desk.say(chat, CARD)
    await desk.settle()
    api.deleted.add(lin.sees()[0].number)
    for word in ("Started", "Signed"):
        desk.say(chat, Message(word), edit=card)
        await desk.settle()
    assert [(shown.text, shown.edits) for shown in lin.sees()] == [("Signed", 1)]


async def test_nothing_more_is_tried_for_who_blocked_us(desk: Desk, api: FakeBotApi, lin: Human) -> None:
    chat = desk.chat(lin)
    api.refuse_chat(lin.number)
    for _ in range(3):
        desk.say(chat, CARD)
    await desk.settle()
    calls = [call for call in api.calls if call.method == "sendMessage"]
    assert (len(calls), {row["state"] for row in desk.rows(chat)}) == (1, {"dead"})


async def test_a_gateway_that_is_down_for_hours_loses_nothing(
    desk: Desk, api: FakeBotApi, lin: Human
) -> None:
    chat = desk.chat(lin)
    api.faults.broken = 1.0
    desk.say(chat, Message("Signed"))
    for _ in range(40):
        await desk.settle(seconds=60)
    api.faults.broken = 0
    await desk.settle(seconds=60)
    assert [shown.text for shown in lin.sees()] == ["Signed"]

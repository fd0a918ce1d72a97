"""What is changed or taken away after it was sent, through both frameworks."""

from __future__ import annotations

from dataclasses import replace

import pytest

from bot.messengers.base import Delivery, NotDeleted
from bot.messengers.telegram import TelegramMessenger
from handlers.message import Message
from tests.telegram.cards import CARD, editing, sending
from tests.telegram.fake_api import FakeBotApi
from tests.telegram.fake_people import Human


async def test_an_edit_takes_the_place_of_the_card(messenger: TelegramMessenger, lin: Human) -> None:
    reference = await messenger.deliver(sending(lin, CARD))
    assert await messenger.deliver(editing(lin, Message("Started."), reference)) == reference
    assert [(shown.text, shown.buttons) for shown in lin.sees()] == [("Started.", [])]


async def test_an_edit_that_changes_nothing_is_done(messenger: TelegramMessenger, lin: Human) -> None:
    reference = await messenger.deliver(sending(lin, CARD))
    await messenger.deliver(editing(lin, CARD, reference))
    assert await messenger.deliver(editing(lin, CARD, reference)) == reference


async def test_a_card_that_the_person_deleted_is_sent_anew(
    messenger: TelegramMessenger, api: FakeBotApi, lin: Human
) -> None:
    reference = await messenger.deliver(sending(lin, CARD))
    api.deleted.add(int(reference))
    again = await messenger.deliver(editing(lin, Message("Started."), reference))
    assert (again != reference, lin.sees()[0].text) == (True, "Started.")


async def test_stripping_leaves_the_words(messenger: TelegramMessenger, lin: Human) -> None:
    reference = await messenger.deliver(sending(lin, CARD))
    await messenger.deliver(Delivery(str(lin.number), "strip", "m1", reference, replace(CARD, rows=())))
    assert [(shown.text, shown.buttons) for shown in lin.sees()] == [("Supply", [])]


async def test_stripping_twice_or_what_is_gone_is_done(
    messenger: TelegramMessenger, api: FakeBotApi, lin: Human
) -> None:
    reference = await messenger.deliver(sending(lin, CARD))
    strip = Delivery(str(lin.number), "strip", "m1", reference, replace(CARD, rows=()))
    await messenger.deliver(strip)
    await messenger.deliver(strip)
    api.deleted.add(int(reference))
    await messenger.deliver(strip)


async def test_a_pinned_card_that_is_done_with_is_unpinned(
    messenger: TelegramMessenger, api: FakeBotApi, lin: Human
) -> None:
    pinned = replace(CARD, pinned=True)
    reference = await messenger.deliver(sending(lin, pinned))
    await messenger.deliver(editing(lin, replace(pinned, text="Started."), reference))
    assert api.pinned == [(lin.number, int(reference))]
    await messenger.deliver(Delivery(str(lin.number), "strip", "m1", reference, replace(pinned, rows=())))
    assert api.pinned == []


async def test_a_pinned_card_sent_anew_is_pinned_in_place_of_the_one_that_is_gone(
    messenger: TelegramMessenger, api: FakeBotApi, lin: Human
) -> None:
    reference = await messenger.deliver(sending(lin, replace(CARD, pinned=True)))
    api.deleted.add(int(reference))
    again = await messenger.deliver(editing(lin, Message("Started.", pinned=True), reference))
    assert (lin.number, int(again)) in api.pinned


async def test_a_secret_message_is_deleted(messenger: TelegramMessenger, api: FakeBotApi, lin: Human) -> None:
    number = lin.writes("110101198503120025")["message"]["message_id"]
    for _ in range(2):
        await messenger.deliver(Delivery(str(lin.number), "delete", reference=str(number)))
    assert number in api.deleted


async def test_a_secret_message_that_is_too_old_to_delete_is_the_persons_to_delete(
    messenger: TelegramMessenger, api: FakeBotApi, lin: Human
) -> None:
    number = lin.writes("110101198503120025")["message"]["message_id"]
    api.too_old.add(number)
    with pytest.raises(NotDeleted):
        await messenger.deliver(Delivery(str(lin.number), "delete", reference=str(number)))

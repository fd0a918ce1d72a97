"""Pictures that are taken out of a chat: on Telegram they are messages of their own, the card stays."""

from __future__ import annotations

from dataclasses import replace

from bot.messengers.base import Delivery
from bot.messengers.telegram import TelegramMessenger
from signing.store.blobs import Blobs
from tests.telegram.fake_people import Human
from tests.telegram.test_messenger import CARD, pictures, sending


async def test_pictures_are_taken_away_and_the_card_stays(
    messenger: TelegramMessenger, blobs: Blobs, lin: Human
) -> None:
    reference = await messenger.deliver(sending(lin, replace(CARD, attachments=pictures(blobs, 3))))
    card, *parts = reference.split()
    clearing = Delivery(str(lin.number), "clear", "m1", card, CARD, parts=tuple(parts))
    await messenger.deliver(clearing)
    assert [str(each.number) for each in lin.sees()] == [card]
    await messenger.deliver(clearing)


async def test_a_card_without_pictures_has_nothing_to_take_away(
    messenger: TelegramMessenger, lin: Human
) -> None:
    reference = await messenger.deliver(sending(lin, CARD))
    assert reference.split() == [str(lin.sees()[0].number)]

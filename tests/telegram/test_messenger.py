"""What reaches the person: each delivery over HTTP to the fake Bot API, through both frameworks."""

from __future__ import annotations

from dataclasses import replace

import pytest

from bot.messengers.base import Delivery, TryLater, Unreachable
from bot.messengers.telegram import TelegramMessenger
from handlers.message import Message
from signing.store.blobs import Blobs
from tests.telegram.cards import ASKING, CARD, pictures, sending
from tests.telegram.fake_api import FakeBotApi
from tests.telegram.fake_people import Human


async def test_a_card_has_its_words_and_its_buttons(messenger: TelegramMessenger, lin: Human) -> None:
    await messenger.deliver(sending(lin, CARD))
    (shown,) = lin.sees()
    assert shown.text == "Supply"
    assert [button["text"] for button in shown.buttons] == ["Start", "Check"]


async def test_a_persons_markup_stays_words(messenger: TelegramMessenger, lin: Human) -> None:
    await messenger.deliver(sending(lin, Message("&lt;/b&gt;&lt;a href=…&gt;&amp;&#39; &#91;x]")))
    assert lin.sees()[0].text == "</b><a href=…>&' [x]"


async def test_markup_that_telegram_does_not_read_still_arrives_as_words(
    messenger: TelegramMessenger, lin: Human
) -> None:
    await messenger.deliver(sending(lin, Message("<b>Signed <u>at</b> 16:02")))
    assert lin.sees()[0].text == "Signed at 16:02"


async def test_a_long_text_comes_in_pieces_and_the_last_has_the_buttons(
    messenger: TelegramMessenger, lin: Human
) -> None:
    await messenger.deliver(sending(lin, replace(CARD, text="line\n" * 1200)))
    first, last = lin.sees()
    assert (first.buttons, len(last.buttons)) == ([], 2)


async def test_asking_for_a_number_takes_a_keyboard_with_the_choices_beside_it(
    messenger: TelegramMessenger, lin: Human
) -> None:
    await messenger.deliver(sending(lin, ASKING))
    assert lin.sees()[0].buttons == [{"text": "Share", "request_contact": True}, {"text": "中文"}]


async def test_the_keyboard_goes_with_the_next_words(messenger: TelegramMessenger, lin: Human) -> None:
    reference = await messenger.deliver(sending(lin, ASKING))
    await messenger.deliver(Delivery(str(lin.number), "strip", "m1", reference, replace(ASKING, rows=())))
    await messenger.deliver(sending(lin, CARD, "m2"))
    await messenger.deliver(sending(lin, Message("Thank you."), "m3"))
    await messenger.deliver(sending(lin, Message("Next."), "m4"))
    assert [shown.markup == {"remove_keyboard": True} for shown in lin.sees()] == [False, False, True, False]


async def test_a_tap_that_is_answered_too_late_is_let_be(
    messenger: TelegramMessenger, api: FakeBotApi, lin: Human
) -> None:
    query = lin.taps(3, ">home")["callback_query"]["id"]
    for _ in range(2):
        await messenger.deliver(Delivery(str(lin.number), "toast", acknowledge=query, text="Yours"))
    assert api.answered == {query: "Yours"}


async def test_work_shows_as_typing(messenger: TelegramMessenger, api: FakeBotApi, lin: Human) -> None:
    await messenger.deliver(Delivery(str(lin.number), "action"))
    assert api.actions == [lin.number]


@pytest.mark.parametrize(
    "reason", ["Forbidden: bot was blocked by the user", "Forbidden: user is deactivated"]
)
async def test_who_blocked_us_or_is_gone_is_unreachable(
    messenger: TelegramMessenger, api: FakeBotApi, lin: Human, reason: str
) -> None:
    api.refuse_chat(lin.number, reason)
    with pytest.raises(Unreachable):
        await messenger.deliver(sending(lin, CARD))


async def test_who_never_started_us_is_unreachable(messenger: TelegramMessenger) -> None:
    with pytest.raises(Unreachable):
        await messenger.deliver(Delivery("99", "send", "m1", message=CARD))


async def test_the_wait_that_the_server_asks_for_is_passed_on(
    messenger: TelegramMessenger, api: FakeBotApi, lin: Human
) -> None:
    api.faults.too_many, api.faults.retry_after = 1.0, 137
    with pytest.raises(TryLater) as later:
        await messenger.deliver(sending(lin, CARD))
    assert later.value.after == 137


async def test_what_was_sent_before_a_wait_is_not_sent_again(
    messenger: TelegramMessenger, api: FakeBotApi, blobs: Blobs, lin: Human
) -> None:
    delivery = sending(lin, replace(CARD, attachments=pictures(blobs, 2)))
    real, api.faults.drawn = api.faults.drawn, iter(["", "too_many"]).__next__  # type: ignore[method-assign]
    with pytest.raises(TryLater):
        await messenger.deliver(delivery)
    api.faults.drawn = real  # type: ignore[method-assign]
    await messenger.deliver(delivery)
    assert [bool(shown.files) for shown in lin.sees()] == [True, True, False]


def test_an_invitation_opens_the_bot_with_its_token(messenger: TelegramMessenger) -> None:
    assert messenger.invitation_link("Ab-_9") == "https://t.me/sealbot_bot?start=Ab-_9"

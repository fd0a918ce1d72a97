"""The fake is as strict as what it stands for: what Telegram refuses, it refuses."""

from __future__ import annotations

from typing import Any

import pytest

from bot.messengers.telegram_api import Bytes, NoAnswer, Refused, Transport
from tests.telegram.fake_api import FakeBotApi
from tests.telegram.fake_people import Human


async def refusal(transport: Transport, method: str, **fields: Any) -> str:
    with pytest.raises(Refused) as refused:
        await transport.call(method, fields)
    return refused.value.description.lower()


@pytest.mark.parametrize(
    "text", ["<b>", "a < b", "<div>x</div>", "</i>", "<b><i>x</b></i>", '<a href="">x</a>']
)
async def test_broken_markup_is_refused(transport: Transport, lin: Human, text: str) -> None:
    said = await refusal(transport, "sendMessage", chat_id=lin.number, text=text, parse_mode="HTML")
    assert "can't parse entities" in said


async def test_numeric_entities_are_read(transport: Transport, lin: Human) -> None:
    await transport.call("sendMessage", {"chat_id": lin.number, "text": "it&#39;s", "parse_mode": "HTML"})
    assert lin.sees()[0].text == "it's"


async def test_4097_characters_are_too_many(transport: Transport, lin: Human) -> None:
    assert "too long" in await refusal(transport, "sendMessage", chat_id=lin.number, text="字" * 4097)


async def test_65_bytes_of_data_are_too_many(transport: Transport, lin: Human) -> None:
    markup = {"inline_keyboard": [[{"text": "x", "callback_data": "字" * 21 + "ab"}]]}
    said = await refusal(transport, "sendMessage", chat_id=lin.number, text="x", reply_markup=markup)
    assert "button_data_invalid" in said


async def test_an_unknown_field_is_refused(transport: Transport, lin: Human) -> None:
    assert "knows no" in await refusal(transport, "sendMessage", chat_id=lin.number, text="x", shiny=1)


async def test_a_chat_that_never_started_us_is_not_found(transport: Transport) -> None:
    assert "chat not found" in await refusal(transport, "sendMessage", chat_id=5, text="x")


async def test_an_album_of_one_is_refused(transport: Transport, lin: Human) -> None:
    media = [{"type": "document", "media": Bytes("a.pdf", b"%PDF")}]
    assert "2-10 items" in await refusal(transport, "sendMediaGroup", chat_id=lin.number, media=media)


async def test_updates_come_again_until_a_later_offset_is_asked_for(transport: Transport, lin: Human) -> None:
    first, second = lin.writes("1"), lin.writes("2")
    again = [await transport.call("getUpdates", {}) for _ in range(2)]
    assert [[each["update_id"] for each in some] for some in again] == [
        [first["update_id"], second["update_id"]]
    ] * 2
    left = await transport.call("getUpdates", {"offset": second["update_id"]})
    assert [each["message"]["text"] for each in left] == ["2"]


async def test_too_many_requests_say_how_long_to_wait(
    transport: Transport, api: FakeBotApi, lin: Human
) -> None:
    api.faults.too_many, api.faults.retry_after = 1.0, 17
    with pytest.raises(Refused) as refused:
        await transport.call("sendMessage", {"chat_id": lin.number, "text": "x"})
    assert (refused.value.status, refused.value.retry_after) == (429, 17.0)


@pytest.mark.parametrize("fault", ["broken", "ambiguous"])
async def test_a_gateway_or_a_silence_is_no_answer(
    transport: Transport, api: FakeBotApi, lin: Human, fault: str
) -> None:
    setattr(api.faults, fault, 1.0)
    with pytest.raises(NoAnswer):
        await transport.call("sendMessage", {"chat_id": lin.number, "text": "x"})
    assert len(lin.sees()) == (fault == "ambiguous")


async def test_a_wrong_token_is_refused_by_name(api: FakeBotApi) -> None:
    from bot.messengers.telegram_aiogram import connect

    stranger = connect("42:AAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA", api.url)
    with pytest.raises(Refused) as refused:
        await stranger.call("getMe", {})
    await stranger.close()
    assert refused.value.status == 401

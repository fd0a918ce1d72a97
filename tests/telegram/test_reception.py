"""The door: durable before it is acknowledged, once however often it comes, taps answered at once."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator
from dataclasses import dataclass, field
from typing import Any

import pytest
from aiohttp import web
from aiohttp.test_utils import TestClient, TestServer

from bot.messengers.telegram_api import NoAnswer, Transport
from bot.messengers.telegram_polling import Polling
from bot.messengers.telegram_reception import Door, Reception
from bot.web.webhook import SECRET_HEADER, Webhook
from tests.telegram.fake_api import FakeBotApi
from tests.telegram.fake_people import Human

DOOR = Door(lambda language, name: f"{language} {name}")
SECRET = "the-secret-of-this-start"


@dataclass
class Box:
    """Stands where the inbox stands. While it is `shut`, nothing can be committed."""

    kept: dict[str, str] = field(default_factory=dict)
    addresses: list[str] = field(default_factory=list)
    shut: bool = False

    async def receive(self, messenger: str, update: str, address: str, payload: str, language: str) -> bool:
        await asyncio.sleep(0)
        if self.shut:
            raise OSError("disk full")
        new = update not in self.kept
        self.kept.setdefault(update, payload)
        self.addresses.append(address)
        return new


@pytest.fixture
def box() -> Box:
    return Box()


@pytest.fixture
def polling(transport: Transport, box: Box) -> Polling:
    return Polling(transport, Reception(transport, box.receive, DOOR), held=0)


async def test_what_was_polled_is_confirmed_only_with_the_next_question(
    polling: Polling, api: FakeBotApi, box: Box, lin: Human
) -> None:
    lin.writes("1")
    await polling.step()
    assert (len(box.kept), len(api.pending)) == (1, 1)
    await polling.step()
    assert api.pending == []


async def test_what_could_not_be_committed_comes_again(polling: Polling, box: Box, lin: Human) -> None:
    lin.writes("1")
    box.shut = True
    with pytest.raises(OSError, match="disk full"):
        await polling.step()
    box.shut = False
    await polling.step()
    assert len(box.kept) == 1


async def test_after_a_restart_what_was_not_confirmed_is_known_by_its_number(
    transport: Transport, box: Box, lin: Human
) -> None:
    lin.writes("1")
    for _ in range(2):
        await Polling(transport, Reception(transport, box.receive, DOOR), held=0).step()
    assert (len(box.kept), len(box.addresses)) == (1, 2)


async def test_updates_reach_the_inbox_in_their_order(polling: Polling, box: Box, lin: Human) -> None:
    numbers = [lin.writes(str(at))["update_id"] for at in range(30)]
    await polling.step()
    assert list(box.kept) == [f"110201543:{number}" for number in numbers]


async def test_a_group_is_confirmed_and_forgotten(
    polling: Polling, api: FakeBotApi, box: Box, lin: Human
) -> None:
    update = lin.writes("110101198503120025")
    update["message"]["chat"] = {"id": -7, "type": "group", "title": "x"}
    await polling.step()
    await polling.step()
    assert (box.kept, api.pending) == ({}, [])


async def test_a_tap_is_answered_before_anything_is_done_with_it(
    transport: Transport, api: FakeBotApi, box: Box, lin: Human
) -> None:
    query = lin.taps(3, ">home")["callback_query"]["id"]
    reception = Reception(transport, box.receive, DOOR)
    await Polling(transport, reception, held=0).step()
    await reception.close()
    assert api.answered == {query: ""}


async def test_a_file_that_was_received_gets_a_pair_of_eyes(
    transport: Transport, api: FakeBotApi, box: Box, lin: Human
) -> None:
    number = lin.sends("Supply.pdf", b"%PDF-1.7", "application/pdf")["message"]["message_id"]
    lin.writes("hello")
    reception = Reception(transport, box.receive, DOOR)
    await Polling(transport, reception, held=0).step()
    await reception.close()
    assert api.reactions == [(lin.number, number)]


async def test_a_tap_that_is_too_old_to_answer_is_taken_all_the_same(
    transport: Transport, api: FakeBotApi, box: Box, lin: Human
) -> None:
    lin.taps(3, ">home")
    api._open_queries.clear()
    reception = Reception(transport, box.receive, DOOR)
    await Polling(transport, reception, held=0).step()
    await reception.close()
    assert (len(box.kept), api.answered) == (1, {})


async def test_polling_goes_on_when_telegram_is_back(transport: Transport, box: Box, lin: Human) -> None:
    waits: list[float] = []
    silent = iter([True, True, False])

    class Moody(Polling):
        async def step(self) -> int:
            if next(silent, None):
                raise NoAnswer
            if box.kept:
                raise asyncio.CancelledError
            return await super().step()

    async def sleep(seconds: float) -> None:
        waits.append(seconds)

    lin.writes("1")
    with pytest.raises(asyncio.CancelledError):
        await Moody(transport, Reception(transport, box.receive, DOOR), 0, sleep).run()
    assert (len(box.kept), waits) == (1, [1.0, 2.0])


@pytest.fixture
async def hook(transport: Transport, box: Box) -> AsyncIterator[TestClient[Any, Any]]:
    app = web.Application()
    app.add_routes(Webhook("/telegram", SECRET, Reception(transport, box.receive, DOOR).take).routes())
    async with TestClient(TestServer(app)) as client:
        yield client


async def knocked(hook: TestClient[Any, Any], update: Any, secret: str | None = SECRET) -> int:
    headers = {SECRET_HEADER: secret} if secret is not None else {}
    return (await hook.post("/telegram", json=update, headers=headers)).status


async def test_the_webhook_says_200_when_the_update_is_durable(
    hook: TestClient[Any, Any], box: Box, lin: Human
) -> None:
    assert (await knocked(hook, lin.writes("1")), len(box.kept)) == (200, 1)


async def test_the_webhook_says_500_when_it_is_not_so_that_it_comes_again(
    hook: TestClient[Any, Any], box: Box, lin: Human
) -> None:
    update = lin.writes("1")
    box.shut = True
    first = await knocked(hook, update)
    box.shut = False
    assert (first, await knocked(hook, update), len(box.kept)) == (500, 200, 1)


async def test_an_update_that_comes_three_times_is_kept_once(
    hook: TestClient[Any, Any], box: Box, lin: Human
) -> None:
    update = lin.writes("1")
    assert {await knocked(hook, update) for _ in range(3)} == {200}
    assert len(box.kept) == 1


@pytest.mark.parametrize("secret", [None, "", "wrong", SECRET + "x", "é"])
async def test_whoever_does_not_know_the_secret_is_turned_away(
    hook: TestClient[Any, Any], box: Box, lin: Human, secret: str | None
) -> None:
    assert (await knocked(hook, lin.writes("1"), secret), box.kept) == (403, {})


@pytest.mark.parametrize("body", [[], "x", {"message": {}}, {"update_id": "1"}, None])
async def test_what_is_no_update_is_refused(hook: TestClient[Any, Any], box: Box, body: Any) -> None:
    assert (await knocked(hook, body), box.kept) == (400, {})


async def test_a_flood_of_bytes_is_not_read(hook: TestClient[Any, Any], box: Box) -> None:
    answer = await hook.post("/telegram", data=b"x" * 2_000_000, headers={SECRET_HEADER: SECRET})
    assert (answer.status, box.kept) == (413, {})

"""The private upload: only who came from a chat gets in, and what they send becomes that chat's next update."""

from __future__ import annotations

import hashlib
import hmac
import json
from collections.abc import AsyncIterator
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any
from urllib.parse import urlencode
from zoneinfo import ZoneInfo

import pytest
from aiohttp import web
from aiohttp.test_utils import TestClient, TestServer
from hypothesis import given
from hypothesis import strategies as st

from bot.events import Fetched
from bot.installation import TEMPLATES
from bot.messengers.telegram_updates import private_upload, translate
from bot.render import Renderer
from bot.web.session import NoSession, Sessions, Visitor, telegram_visitor
from bot.web.session_page import SessionPage
from handlers.message import Upload
from signing.store.blobs import Blobs
from tests.telegram.fake_api import TOKEN

NOW = 1_795_000_000.0
LIN = Visitor("telegram", "700001", "zh-hans")


def init_data(token: str = TOKEN, auth_date: float = NOW, **changed: str) -> str:
    """What Telegram hands to a Mini App, signed as it signs."""
    user = json.dumps({"id": 700001, "first_name": "海清", "language_code": "zh-hans"})
    fields = {"auth_date": str(int(auth_date)), "query_id": "AAH", "signature": "ed25519", "user": user}
    checked = "\n".join(f"{name}={fields[name]}" for name in sorted(fields))
    key = hmac.new(b"WebAppData", token.encode(), hashlib.sha256).digest()
    return urlencode(
        {**fields, "hash": hmac.new(key, checked.encode(), hashlib.sha256).hexdigest(), **changed}
    )


def test_genuine_init_data_says_who_is_there() -> None:
    assert telegram_visitor(init_data(), TOKEN, NOW) == LIN


@pytest.mark.parametrize(
    "forged",
    [
        init_data(token="42:another-bot"),
        init_data(user=json.dumps({"id": 700002})),
        init_data(auth_date=NOW - 601),
        init_data(auth_date=NOW + 120),
        init_data(hash=""),
        init_data() + "&user=%7B%22id%22%3A700002%7D",
        "",
        "hash=x",
        "user=1&auth_date=x&hash=",
    ],
)
def test_anything_else_opens_nothing(forged: str) -> None:
    with pytest.raises(NoSession):
        telegram_visitor(forged, TOKEN, NOW)


def test_without_a_bot_nothing_is_genuine() -> None:
    with pytest.raises(NoSession):
        telegram_visitor(init_data(token=""), "", NOW)


@dataclass
class Time:
    now: float = NOW

    def __call__(self) -> float:
        return self.now


def test_a_link_opens_one_session() -> None:
    sessions = Sessions(Time())
    link = sessions.link(LIN)
    assert sessions.visitor(sessions.open_by_link(link)) == LIN
    with pytest.raises(NoSession):
        sessions.open_by_link(link)


@pytest.mark.parametrize(("seconds", "opens"), [(599, True), (601, False)])
def test_a_link_is_good_for_ten_minutes(seconds: int, opens: bool) -> None:
    time = Time()
    sessions = Sessions(time)
    link = sessions.link(LIN)
    time.now += seconds
    if opens:
        assert sessions.open_by_link(link)
    else:
        with pytest.raises(NoSession):
            sessions.open_by_link(link)


def test_a_session_ends_after_half_an_hour() -> None:
    time = Time()
    sessions = Sessions(time)
    session = sessions.open_by_link(sessions.link(LIN))
    time.now += 1801
    with pytest.raises(NoSession):
        sessions.visitor(session)


def test_a_link_is_no_session_and_a_session_no_link() -> None:
    sessions = Sessions(Time())
    with pytest.raises(NoSession):
        sessions.visitor(sessions.link(LIN))
    with pytest.raises(NoSession):
        sessions.open_by_link(sessions.open_by_link(sessions.link(LIN)))


def test_a_restart_voids_what_was_handed_out() -> None:
    with pytest.raises(NoSession):
        Sessions(Time()).open_by_link(Sessions(Time()).link(LIN))


@given(st.text(max_size=80) | st.integers(0, 400).map(str))
def test_no_other_text_is_a_session(text: str) -> None:
    sessions = Sessions(Time())
    token = sessions.open_by_link(sessions.link(LIN))
    position = len(text) % len(token)
    for forged in (text, token + text, token[:position]):
        if forged != token:
            with pytest.raises(NoSession):
                sessions.visitor(forged)


@dataclass
class Page:
    client: TestClient[Any, Any]
    sessions: Sessions
    arrived: list[tuple[Visitor, str, Upload]] = field(default_factory=list)

    async def send(self, data: bytes, session: str, upload_id: str = "upload-0001") -> int:
        headers = {
            "Authorization": f"Bearer {session}",
            "X-Upload-Id": upload_id,
            "X-File-Name": "..%2F%E8%BA%AB%E4%BB%BD%E8%AF%81.jpg",
            "Content-Type": "image/jpeg",
        }
        async with self.client.post("/private/upload", data=data, headers=headers) as answer:
            return answer.status


@pytest.fixture
async def page(blobs: Blobs, tmp_path: Path) -> AsyncIterator[Page]:
    sessions = Sessions(Time(), TOKEN)
    got: list[tuple[Visitor, str, Upload]] = []

    async def arrived(visitor: Visitor, upload_id: str, upload: Upload) -> None:
        got.append((visitor, upload_id, upload))

    app = web.Application()
    renderer = Renderer(TEMPLATES, ZoneInfo("Asia/Shanghai"))
    app.add_routes(SessionPage(sessions, blobs, renderer, arrived).routes())
    async with TestClient(TestServer(app)) as client:
        yield Page(client, sessions, got)


async def test_from_telegram_to_the_chat(page: Page, blobs: Blobs) -> None:
    async with page.client.post("/private/session", json={"init_data": init_data()}) as answer:
        session = (await answer.json())["session"]
    assert await page.send(b"\xff\xd8\xff-id-card", session) == 200
    ((visitor, upload_id, upload),) = page.arrived
    assert (visitor, upload_id, upload.name, upload.mime) == (LIN, "upload-0001", "身份证.jpg", "image/jpeg")
    assert blobs.read(upload.digest) == b"\xff\xd8\xff-id-card"


async def test_without_a_session_nothing_is_taken(page: Page) -> None:
    assert (await page.send(b"x", ""), page.arrived) == (401, [])


async def test_a_cookie_is_no_session(page: Page) -> None:
    session = page.sessions.open_by_link(page.sessions.link(LIN))
    headers = {"X-Upload-Id": "upload-0001", "Cookie": f"session={session}"}
    async with page.client.post("/private/upload", data=b"x", headers=headers) as answer:
        assert answer.status == 401


@pytest.mark.parametrize("said", [{"init_data": "x"}, {"link": "x.y"}])
async def test_what_is_not_genuine_opens_nothing(page: Page, said: dict[str, str]) -> None:
    async with page.client.post("/private/session", json=said) as answer:
        assert answer.status == 401


@pytest.mark.parametrize("said", [{}, [], "x", 1])
async def test_what_makes_no_sense_opens_nothing(page: Page, said: object) -> None:
    async with page.client.post("/private/session", json=said) as answer:
        assert answer.status == 400


async def test_a_file_over_the_limit_is_refused(page: Page) -> None:
    session = page.sessions.open_by_link(page.sessions.link(LIN))
    assert (await page.send(b"x" * 50_000_001, session), page.arrived) == (413, [])


async def test_looking_at_the_page_uses_no_link_up(page: Page) -> None:
    link = page.sessions.link(LIN)
    async with page.client.get("/private") as answer:
        text = await answer.text()
        policy = answer.headers["Content-Security-Policy"]
    assert "https://web.telegram.org" in policy
    assert '<input type="file"' in text
    assert page.sessions.open_by_link(link)


def test_the_file_is_an_update_of_the_chat() -> None:
    upload = Upload("a" * 64, "id.jpg", "image/jpeg", 9)
    incoming = translate(private_upload("700001", "zh-hans", upload))
    assert (incoming.address, incoming.what, incoming.language) == ("700001", Fetched(upload), "zh-hans")

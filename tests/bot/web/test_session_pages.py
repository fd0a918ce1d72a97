"""The pages that chats open: only who came from a chat gets in, and what they send becomes that chat's next update."""

from __future__ import annotations

import hashlib
import json
import re
from collections.abc import AsyncIterator
from dataclasses import dataclass, field, replace
from typing import Any
from zoneinfo import ZoneInfo

import pytest
from aiohttp import web
from aiohttp.test_utils import TestClient, TestServer

from bot.events import Fetched
from bot.installation import TEMPLATES
from bot.messengers.telegram_render import inline_keyboard, with_pages
from bot.messengers.telegram_updates import page_upload, translate
from bot.pages import PAGES
from bot.questions import Open
from bot.render import LANGUAGES, Renderer
from bot.web.hub import Shown as ShownMessage
from bot.web.pages import Pages
from bot.web.panes import make_pane
from bot.web.session import Sessions, Visitor
from bot.web.session_page import PRIVATE, Page, Shown, ShownPages
from bot.web.session_pages import SessionPages
from handlers.message import Button, Message, Upload
from signing.actor import Actor, NotRegistered
from signing.identity.providers.sandbox import SandboxRegister
from signing.store.blobs import Blobs
from signing.store.port import Reading, Store
from tests.bot.web.test_session import LIN, Time, init_data
from tests.bot.web.trial import trial
from tests.telegram.fake_api import TOKEN

CHAT = Pages(SandboxRegister.shipped())
PICTURE = b"\x89PNG\r\n\x1a\n-page-6"


def shows(tx: Reading, actor: Actor, argument: str) -> Shown:
    """As a room shows things: what belongs to somebody else is refused."""
    if argument != "k1":
        raise NotRegistered
    return Shown({"talks": actor.chat, "about": argument}, {hashlib.sha256(PICTURE).hexdigest(): "image/png"})


KINDS = (
    replace(PRIVATE, largest=1000),
    Page("asked", (), largest=1000, shows=shows),
)


@dataclass
class House:
    """The pages of a bot with a token, and a browser's side of them."""

    client: TestClient[Any, Any]
    sessions: Sessions
    arrived: list[tuple[Visitor, str, Upload]] = field(default_factory=list)

    def session(self, visitor: Visitor = LIN) -> str:
        return self.sessions.open_by_link(self.sessions.link(visitor))

    async def get(self, path: str, session: str) -> tuple[int, bytes]:
        async with self.client.get(path, headers={"Authorization": f"Bearer {session}"}) as answer:
            return answer.status, await answer.read()

    async def send(self, data: bytes, session: str, page: str = "private", **headers: str) -> int:
        said = {
            "Authorization": f"Bearer {session}",
            "X-Upload-Id": "upload-0001",
            "X-File-Name": "..%2F%E8%BA%AB%E4%BB%BD%E8%AF%81.jpg",
            "Content-Type": "image/jpeg",
        }
        async with self.client.post(f"/pages/{page}", data=data, headers={**said, **headers}) as answer:
            return answer.status


@pytest.fixture
async def house(blobs: Blobs, store: Store) -> AsyncIterator[House]:
    sessions = Sessions(Time(), TOKEN)
    got: list[tuple[Visitor, str, Upload]] = []

    async def arrived(visitor: Visitor, upload_id: str, upload: Upload) -> None:
        got.append((visitor, upload_id, upload))

    app, renderer = web.Application(), Renderer(TEMPLATES, ZoneInfo("Asia/Shanghai"))
    shown = ShownPages(store, blobs)
    app.add_routes(SessionPages(KINDS, sessions, shown, blobs, renderer, arrived).routes())
    async with TestClient(TestServer(app)) as client:
        yield House(client, sessions, got)


async def test_from_telegram_to_the_chat(house: House, blobs: Blobs) -> None:
    async with house.client.post("/pages/session", json={"init_data": init_data()}) as answer:
        session = (await answer.json())["session"]
    assert await house.send(b"\xff\xd8\xff-id-card", session, "private/upload") == 200
    ((visitor, upload_id, upload),) = house.arrived
    assert (visitor, upload_id, upload.name, upload.mime) == (LIN, "upload-0001", "身份证.jpg", "image/jpeg")
    assert (blobs.read(upload.digest), upload.page) == (b"\xff\xd8\xff-id-card", "")


async def test_a_pages_answer_names_the_page_and_what_it_is_about(house: House) -> None:
    assert await house.send(b"[]", house.session(), "asked/upload?of=k1") == 200
    ((_, _, upload),) = house.arrived
    assert (upload.page, upload.name, upload.mime) == ("asked:k1", "asked.json", "application/json")


async def test_without_a_session_nothing_is_taken(house: House) -> None:
    assert (await house.send(b"x", "", "private/upload"), house.arrived) == (401, [])


async def test_a_cookie_is_no_session(house: House) -> None:
    cookie = {"Authorization": "", "Cookie": f"session={house.session()}"}
    assert await house.send(b"x", "", "private/upload", **cookie) == 401


@pytest.mark.parametrize("said", [{"init_data": "x"}, {"link": "x.y"}])
async def test_what_is_not_genuine_opens_nothing(house: House, said: dict[str, str]) -> None:
    async with house.client.post("/pages/session", json=said) as answer:
        assert answer.status == 401


@pytest.mark.parametrize("said", [{}, [], "x", 1])
async def test_what_makes_no_sense_opens_nothing(house: House, said: object) -> None:
    async with house.client.post("/pages/session", json=said) as answer:
        assert answer.status == 400


async def test_a_file_over_the_pages_limit_is_refused(house: House) -> None:
    assert (await house.send(b"x" * 1001, house.session(), "private/upload"), house.arrived) == (413, [])


async def test_looking_at_a_page_uses_no_link_up(house: House) -> None:
    link = house.sessions.link(LIN)
    async with house.client.get("/pages/private?of=k1") as answer:
        text = await answer.text()
        policy = answer.headers["Content-Security-Policy"]
    assert "https://web.telegram.org" in policy
    assert 'type="file"' in text
    assert "?of=k1&amp;language=zh" in text
    assert house.sessions.open_by_link(link)


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize("name", [page.name for page in PAGES])
async def test_no_page_holds_a_script_or_a_style_of_its_own(
    blobs: Blobs, store: Store, name: str, language: str
) -> None:
    async def arrived(visitor: Visitor, upload_id: str, upload: Upload) -> None: ...

    app, renderer = web.Application(), Renderer(TEMPLATES, ZoneInfo("Asia/Shanghai"))
    pages = SessionPages(PAGES, Sessions(Time()), ShownPages(store, blobs), blobs, renderer, arrived)
    app.add_routes(pages.routes())
    async with TestClient(TestServer(app)) as client:
        html = await (await client.get(f"/pages/{name}?language={language}")).text()
        for address in re.findall(r'(?:src|href)="(/pages/static/[^"]+)"', html):
            assert (await client.get(address)).status == 200, address
    assert "built-in method" not in html
    assert re.findall(r"<script(?! type=\"application/json\")(?![^>]* src=)", html) == []
    assert "<style" not in html
    assert not re.search(r"\s(?:style|on\w+)=", html)


async def test_a_page_shows_only_what_its_persons_chat_may_see(
    house: House, store: Store, blobs: Blobs
) -> None:
    chat = store.write(make_pane, "林海清", "+8613800134417", "zh")
    session = house.session(Visitor("web", chat.address))
    blobs.write(PICTURE)
    assert await house.get("/pages/asked/shown?of=k1", session) == (
        200,
        json.dumps({"talks": chat.chat, "about": "k1"}).encode(),
    )
    assert (await house.get("/pages/asked/shown?of=k2", session))[0] == 403
    assert (await house.get("/pages/asked/shown?of=k1", ""))[0] == 401
    assert (await house.get("/pages/asked/shown?of=k1", house.session()))[0] == 403
    assert (await house.get("/pages/private/shown", session))[0] == 404


async def test_a_page_gets_the_pictures_that_it_shows_and_no_others(
    house: House, store: Store, blobs: Blobs
) -> None:
    session = house.session(Visitor("web", store.write(make_pane, "林海清", "+8613800134417", "zh").address))
    shown, other = blobs.write(PICTURE), blobs.write(b"another contract")
    assert await house.get(f"/pages/asked/files/{shown}?of=k1", session) == (200, PICTURE)
    assert (await house.get(f"/pages/asked/files/{other}?of=k1", session))[0] == 404
    assert (await house.get(f"/pages/asked/files/{shown}?of=k2", session))[0] == 403


def test_the_file_is_an_update_of_the_chat() -> None:
    upload = Upload("a" * 64, "pad.json", "application/json", 9, page="pad")
    incoming = translate(page_upload("700001", "zh-hans", upload))
    assert (incoming.address, incoming.what, incoming.language) == ("700001", Fetched(upload), "zh-hans")


CARD = Message("Your signature?", ((Button("Draw it", page="asked:k1"),),))


async def test_the_web_chat_makes_a_link_when_its_button_is_pressed_and_keeps_it_nowhere(
    store: Store, blobs: Blobs
) -> None:
    async with trial(store, blobs) as chat:
        pane = chat.pane()
        key = await chat.say(pane, CARD)
        html = CHAT.shown("en", pane.address, ShownMessage(key, 0, CARD))
        address = re.findall(r'href="(/open/[^"]+)"', html)[0]
        async with chat.client.get(address, allow_redirects=False) as answer:
            where = answer.headers["Location"]
        assert re.fullmatch(r"/pages/asked\?of=k1#link=[\w.-]+", where)
        row = store.read(lambda tx: tx.get("messages", key))
        assert row is not None and "link" not in row["payload"]
        assert (await chat.client.get("/open/unknown/asked", allow_redirects=False)).status == 404


def test_a_page_answers_the_question_whose_card_opened_it_and_no_other() -> None:
    opened = Open("seal.how", pages=("pad",), upload=False)
    answer = Upload("a" * 64, "pad.json", "application/json", 9, page="pad")
    assert opened.takes(Fetched(answer))
    assert Open.read(opened.written()) == opened
    assert not Open("licence.photo", upload=True).takes(Fetched(answer))
    assert not opened.takes(Fetched(replace(answer, page="")))


@pytest.mark.parametrize(
    ("base_url", "rows"),
    [
        (
            "https://seal.example",
            [[{"text": "Draw it", "web_app": {"url": "https://seal.example/pages/asked?of=k1"}}]],
        ),
        ("http://127.0.0.1:8080", []),
    ],
)
def test_telegram_opens_pages_inside_itself_and_only_by_https(base_url: str, rows: object) -> None:
    assert inline_keyboard(with_pages(CARD, base_url).rows) == {"inline_keyboard": rows}

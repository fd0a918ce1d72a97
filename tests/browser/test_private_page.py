"""The private page as Telegram opens it on a phone: it says what happens to a file, and the file arrives."""

from __future__ import annotations

import asyncio
import threading
from collections.abc import Iterator
from dataclasses import dataclass, field, replace
from pathlib import Path
from urllib.parse import quote
from zoneinfo import ZoneInfo

import pytest
from aiohttp import web
from playwright.sync_api import Browser, Page, expect

from bot.installation import TEMPLATES
from bot.render import Renderer
from bot.web.session import Sessions, Visitor
from bot.web.session_page import PRIVATE, ShownPages
from bot.web.session_pages import SessionPages
from handlers.message import Upload
from signing.store.blobs import Blobs
from signing.store.sqlite import SqliteStore
from tests.bot.web.test_session import LIN, Time, init_data
from tests.telegram.fake_api import TOKEN

PHONE = {"width": 390, "height": 844}
LARGEST = 1000


@dataclass
class Door:
    """The page's server, in a thread of its own; `arrived` is what came by the page."""

    url: str = ""
    time: Time = field(default_factory=Time)
    arrived: list[tuple[Visitor, Upload]] = field(default_factory=list)


@pytest.fixture
def door(store: SqliteStore, blobs: Blobs) -> Iterator[Door]:
    made, ready, loop = Door(), threading.Event(), asyncio.new_event_loop()

    async def arrived(visitor: Visitor, upload_id: str, upload: Upload) -> None:
        made.arrived.append((visitor, upload))

    async def serve() -> web.AppRunner:
        kinds = (replace(PRIVATE, largest=LARGEST),)
        pages = web.Application()
        renderer, sessions = Renderer(TEMPLATES, ZoneInfo("Asia/Shanghai")), Sessions(made.time, TOKEN)
        shown = ShownPages(store, blobs)
        pages.add_routes(SessionPages(kinds, sessions, shown, blobs, renderer, arrived).routes())
        runner = web.AppRunner(pages, shutdown_timeout=0.1)
        await runner.setup()
        await web.TCPSite(runner, "127.0.0.1", 0).start()
        made.url = f"http://127.0.0.1:{runner.addresses[0][1]}/pages/private"
        ready.set()
        return runner

    def run() -> None:
        runner = loop.run_until_complete(serve())
        loop.run_forever()
        loop.run_until_complete(runner.cleanup())
        loop.close()

    thread = threading.Thread(target=run, daemon=True)
    thread.start()
    assert ready.wait(10)
    yield made
    loop.call_soon_threadsafe(loop.stop)
    thread.join(10)


@pytest.fixture
def page(browser: Browser) -> Iterator[Page]:
    context = browser.new_context(viewport=PHONE, has_touch=True, is_mobile=True, locale="en-GB")
    yield context.new_page()
    context.close()


def opened(page: Page, door: Door) -> None:
    """As Telegram opens it: what it knows of the person stands in the address's fragment."""
    page.goto(f"{door.url}#tgWebAppData={quote(init_data(), safe='')}")


def chosen(page: Page, folder: Path, name: str, data: bytes) -> None:
    file = folder / name
    file.write_bytes(data)
    page.set_input_files("#file", file)


def test_a_file_that_is_chosen_arrives_and_is_said_to(page: Page, door: Door, tmp_path: Path) -> None:
    opened(page, door)
    chosen(page, tmp_path, "licence.pdf", b"%PDF-1.7 licence")
    expect(page.locator("#result")).to_have_text("Received. Go back to the chat: it goes on there.")
    ((visitor, upload),) = door.arrived
    assert (visitor, upload.name, upload.size) == (LIN, "licence.pdf", 16)


def test_another_file_can_follow(page: Page, door: Door, tmp_path: Path) -> None:
    opened(page, door)
    for name in ("a.pdf", "b.pdf"):
        with page.expect_response("**/upload"):
            chosen(page, tmp_path, name, b"%PDF-1.7")
    expect(page.locator("#result")).to_contain_text("Received")
    assert [upload.name for _, upload in door.arrived] == ["a.pdf", "b.pdf"]


def test_a_file_over_the_limit_is_refused_in_words(page: Page, door: Door, tmp_path: Path) -> None:
    opened(page, door)
    chosen(page, tmp_path, "large.pdf", b"x" * (LARGEST + 1))
    expect(page.locator("#result")).to_contain_text("Save it smaller")
    assert door.arrived == []


def test_a_page_that_was_opened_too_long_ago_says_so(page: Page, door: Door, tmp_path: Path) -> None:
    opened(page, door)
    door.time.now += 3600
    chosen(page, tmp_path, "late.pdf", b"%PDF-1.7")
    expect(page.locator("#result")).to_contain_text("opened too long ago")
    assert door.arrived == []


def test_it_fits_a_phone_and_its_button_a_thumb(page: Page, door: Door) -> None:
    opened(page, door)
    width = page.evaluate("document.documentElement.scrollWidth")
    button = page.locator("label.shell-file").bounding_box()
    assert width <= PHONE["width"]
    assert button is not None
    assert button["height"] >= 44


def test_it_speaks_the_other_language_and_stays_the_same_session(
    page: Page, door: Door, tmp_path: Path
) -> None:
    opened(page, door)
    page.click("#other")
    expect(page.locator("h1")).to_have_text("私密发送文件")
    chosen(page, tmp_path, "licence.pdf", b"%PDF-1.7")
    expect(page.locator("#result")).to_have_text("已收到。请返回聊天继续。")

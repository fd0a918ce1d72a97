"""The page's frame: its words in two languages, panes, invitations, bubbles."""

from __future__ import annotations

import re

import pytest

from bot.web.history import shown_file
from bot.web.hub import BACKLOG, Acked, Connection, Shown
from bot.web.pages import FRAME, LANGUAGES, Pages, preferred, words_of
from bot.web.panes import find_pane
from handlers.message import Attachment, Button, Message
from signing.identity.providers.sandbox import SandboxRegister
from signing.store.blobs import Blobs
from signing.store.port import Store
from tests.bot.web.trial import trial

PAGES = Pages(SandboxRegister.shipped())


def test_both_languages_hold_the_same_words() -> None:
    assert words_of("en").keys() == words_of("zh").keys()


def test_every_word_is_used_and_every_used_word_is_there() -> None:
    spoken_by_templates = ("verify",)
    files = (path for path in FRAME.iterdir() if path.suffix in (".html", ".js"))
    own = [path for path in files if path.stem not in spoken_by_templates]
    sources = [path.read_text("utf-8") for path in own]
    used = set(re.findall(r"words\.([a-z_]+)", "".join(sources)))
    assert used == set(words_of("en"))


@pytest.mark.parametrize(
    ("header", "language"),
    [("zh-CN,zh;q=0.9,en;q=0.8", "zh"), ("de-DE, en;q=0.5", "en"), ("fr", "en"), ("", "en"), ("de,zh", "zh")],
)
def test_the_browsers_language_is_taken(header: str, language: str) -> None:
    assert preferred(header) == language


@pytest.mark.parametrize("language", LANGUAGES)
def test_no_page_holds_a_script_or_a_style_of_its_own(language: str) -> None:
    for html in (PAGES.chat(language), PAGES.invitation(language, "token")):
        assert re.findall(r"<script(?! type=\"application/json\")(?![^>]* src=)", html) == []
        assert "<style" not in html
        assert not re.search(r"\s(?:style|on\w+)=", html)


async def test_the_language_can_be_switched_and_stays(store: Store, blobs: Blobs) -> None:
    async with trial(store, blobs) as house:
        assert 'lang="en"' in await (await house.client.get("/")).text()
        await house.client.get("/?language=zh")
        house.client.session.cookie_jar.update_cookies({"language": "zh"})
        assert 'lang="zh-Hans"' in await (await house.client.get("/")).text()


async def test_a_new_pane_is_a_chat_with_a_phone_and_an_address_nobody_guesses(
    store: Store, blobs: Blobs
) -> None:
    async with trial(store, blobs) as house:
        asked = {"name": "李明", "phone": "138 0013 4417"}
        answers = [
            await (await house.client.post("/panes", json=asked, headers={"Origin": house.origin})).json()
            for _ in range(2)
        ]
        assert answers[0]["phone"] == "+8613800134417"
        assert answers[0]["address"] != answers[1]["address"]
        assert len(answers[0]["address"]) >= 32
        assert store.read(find_pane, answers[0]["address"]) is not None


@pytest.mark.parametrize(
    "asked", [{}, [], {"name": "", "phone": "13800134417"}, {"name": "A", "phone": "12"}, "x" * 9000]
)
async def test_a_pane_needs_a_name_and_a_mobile_number(store: Store, blobs: Blobs, asked: object) -> None:
    async with trial(store, blobs) as house:
        answer = await house.client.post("/panes", json=asked, headers={"Origin": house.origin})
        assert answer.status == 400


async def test_looking_at_an_invitation_opens_nothing(store: Store, blobs: Blobs) -> None:
    async with trial(store, blobs) as house:
        pane = house.pane()
        page = await (await house.client.get("/i/Tok_en-1")).text()
        assert 'data-token="Tok_en-1"' in page
        assert house.updates(pane) == []
        assert (await house.client.get("/i/no%22token")).status == 404


async def test_health_is_the_stores(store: Store, blobs: Blobs) -> None:
    async with trial(store, blobs) as house:
        assert (await (await house.client.get("/healthz")).json())["ok"] is True


def test_what_people_wrote_cannot_leave_its_place_in_a_bubble() -> None:
    evil = '"><script>alert(1)</script>'
    file = Attachment("0" * 64, evil, "application/pdf", evil)
    picture = Attachment("1" * 64, evil, "image/png", evil)
    message = Message(evil, ((Button(evil, data=evil),),), (file, picture))
    html = PAGES.shown("en", "address", Shown("m1", 0, message))
    assert "<script" not in html
    assert 'alt="&#34;&gt;&lt;script&gt;' in html


def test_a_button_opens_pages_only() -> None:
    rows = ((Button("Check", url="https://example.org/c"), Button("Bad", url="javascript:alert(1)")),)
    html = PAGES.shown("en", "address", Shown("m1", 0, Message("x", rows)))
    assert 'href="https://example.org/c"' in html
    assert "javascript:" not in html


def test_a_button_for_a_chat_picker_is_not_there_where_there_is_none() -> None:
    rows = ((Button("Choose a chat", share="Supply"),), (Button("Back", data="b"),))
    html = PAGES.shown("en", "address", Shown("m1", 0, Message("x", rows)))
    assert "Choose a chat" not in html
    assert html.count('class="row"') == 1


def test_a_button_is_dressed_by_its_style() -> None:
    rows = ((Button("Start", data="a", style="primary"),), (Button("Discard", data="b", style="danger"),))
    html = PAGES.shown("en", "address", Shown("m1", 0, Message("x", rows)))
    assert re.findall(r'class="card-button (\w+)"', html) == ["primary", "danger"]
    assert html.count('class="row"') == 2


def test_a_picture_without_a_caption_is_called_by_its_name() -> None:
    message = Message("x", attachments=(Attachment("1" * 64, "page-6.png", "image/png"),))
    assert 'alt="page-6.png"' in PAGES.shown("en", "address", Shown("m1", 0, message))


async def test_a_window_that_takes_nothing_is_closed_instead_of_filling_the_memory() -> None:
    connection = Connection("address", "+8613800134417")
    for number in range(BACKLOG + 1):
        connection.push(Acked(str(number)))
    assert [await connection.events.get() for _ in range(connection.events.qsize())] == [None]


def test_a_digest_that_the_chat_has_not_seen_names_no_file(store: Store) -> None:
    assert store.read(shown_file, "h1", "0" * 64) is None

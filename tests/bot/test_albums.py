"""Files that are sent together: an answer each, and one card when no more have come for a while."""

from __future__ import annotations

import re
import shutil
from collections.abc import Iterator
from itertools import count
from pathlib import Path
from typing import Any
from zoneinfo import ZoneInfo

import pytest

from bot.asking import CARD
from bot.clock import Clock
from bot.conversation import Conversations
from bot.events import Command, Fetched, Incoming, Text
from bot.hearing import Hearing
from bot.inbox import receive
from bot.installation import TEMPLATES
from bot.post import Post, read_message
from bot.render import Renderer
from bot.scene import Parts
from handlers.chat import Answer, Chat, Dialogues
from handlers.message import Upload
from signing.store.port import Tx
from signing.store.sqlite import SqliteStore
from signing.store.vault import Vault
from tests.clock import ManualClock

dialogues = Dialogues()
SECONDS = 1.5
NO_MORE = re.compile("one at a time")


@dialogues("photos", takes_upload=True)
async def photos(chat: Chat, services: Any, upload: dict[str, Any]) -> None:
    """Gathers pictures until somebody says that these are all."""
    names = [upload["name"]]
    while True:
        answer: Answer[None] = await chat.answer("photos.card", upload=True, after=SECONDS, names=names)
        if answer.upload is None:
            await chat.say("photos.done", names=names)
            return
        names.append(answer.upload.name)


@dialogues("one", command="one")
async def one(chat: Chat, services: Any) -> None:
    """Takes a single picture and asks something else then."""
    await chat.answer("photos.one", upload=True)
    await chat.choose("photos.sure")


class Desk:
    """A chat that hears pictures; `said` is what it was told, with the labels of the buttons."""

    def __init__(self, store: SqliteStore, hearing: Hearing, alarm: Any, clock: ManualClock) -> None:
        self.store, self.hearing, self.time = store, hearing, clock
        self.clock = Clock(store, {CARD: alarm}, None)  # type: ignore[arg-type]
        self.chat = store.write(self._chat)
        self.numbers = count(1)

    def _chat(self, tx: Tx) -> str:
        receive(tx, "script", "0", "lin", "{}", "en")
        return str(tx.find("chat_of_address", messenger="script", address="lin")[0]["id"])

    def hears(self, what: Any, album: str = "a") -> None:
        def hear(tx: Tx) -> None:
            row = tx.get("chats", self.chat)
            assert row is not None
            self.hearing.hear(tx, row, Incoming("lin", what, str(next(self.numbers)), album=album))

        self.store.write(hear)

    def picture(self, album: str = "a") -> None:
        name = f"p{next(self.numbers)}"
        self.hears(Fetched(Upload("0" * 64, name, "image/jpeg", 9)), album)

    def passes(self, seconds: float) -> None:
        self.time.advance(seconds=seconds)
        while self.store.write(self.clock._fire):
            pass

    @property
    def said(self) -> list[str]:
        rows = self.store.read(lambda tx: tx.find("messages_of_chat", chat=self.chat))
        return [read_message(row["payload"]).text for row in rows]


@pytest.fixture
def desk(tmp_path: Path, store: SqliteStore, vault: Vault, clock: ManualClock) -> Iterator[Desk]:
    words = tmp_path / "words"
    for language in ("en", "zh"):
        shutil.copytree(TEMPLATES / language, words / language)
        (words / language / "photos.html").write_text(
            "{% block card %}{{ names|length }} pictures so far\n[[done|Done]]{% endblock %}\n"
            "{% block done %}{{ names|length }} taken{% endblock %}\n"
            "{% block one %}A picture?{% endblock %}\n"
            "{% block sure %}Sure?\n[[yes|Yes]]{% endblock %}\n"
        )
    parts = Parts(Post(Renderer(words, ZoneInfo("UTC"))), vault, {})
    conversations = Conversations(dialogues, None, parts, "1")
    yield Desk(store, Hearing(conversations), conversations.show_card, clock)


def test_the_card_waits_until_no_more_pictures_come(desk: Desk) -> None:
    for _ in range(3):
        desk.picture()
        desk.passes(1.4)
    assert desk.said == []
    desk.passes(0.2)
    assert desk.said == ["3 pictures so far"]


def test_a_picture_that_comes_later_brings_a_new_card_after_it(desk: Desk) -> None:
    desk.picture()
    desk.passes(2)
    desk.picture("another")
    desk.passes(2)
    assert desk.said == ["1 pictures so far", "2 pictures so far"]


def test_done_typed_before_the_card_is_there_is_the_answer(desk: Desk) -> None:
    desk.picture()
    desk.hears(Text("done"))
    desk.passes(2)
    assert desk.said == ["1 taken"]


def test_the_card_is_shown_once_however_often_the_clock_comes(desk: Desk) -> None:
    desk.picture()
    desk.passes(2)
    desk.passes(600)
    assert desk.said == ["1 pictures so far"]


def test_a_question_that_takes_one_picture_says_once_that_it_took_the_first(desk: Desk) -> None:
    desk.hears(Command("one"), "")
    for _ in range(4):
        desk.picture()
    assert sorted(desk.said) == sorted(["A picture?", "Sure?", next(filter(NO_MORE.search, desk.said))])

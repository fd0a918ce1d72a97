"""Work that takes long: one line says so, and the outcome comes in its place."""

from __future__ import annotations

import asyncio
from pathlib import Path
from threading import Event
from zoneinfo import ZoneInfo

import pytest

from bot.bell import Bell
from bot.conversation import Conversations
from bot.installation import TEMPLATES
from bot.post import Post, read_message
from bot.render import Renderer
from bot.scene import Parts
from bot.waiting import Pace
from bot.works import Works
from handlers.chat import Chat, Dialogues
from signing.documents.reporting import report
from signing.store.port import Tx
from signing.store.sqlite import SqliteStore
from signing.store.vault import Vault

QUICK = Pace(first=0.01, every=0.01, long=0.03)


class Slowly:
    """Work that ends when it is let, on the way to the last of so many pages."""

    def __init__(self) -> None:
        self.let = Event()
        self.pages = 0

    def work(self) -> str:
        if self.pages:
            report(4, self.pages)
        self.let.wait(5)
        return "en"


@pytest.fixture
def slowly() -> Slowly:
    return Slowly()


@pytest.fixture
def conversations(vault: Vault, slowly: Slowly) -> Conversations:
    dialogues = Dialogues()

    @dialogues("long")
    async def talk(chat: Chat, services: None) -> None:
        await chat.call(slowly.work)
        await chat.say("home.spoken")

    parts = Parts(Post(Renderer(TEMPLATES, ZoneInfo("UTC"))), vault, {slowly.work.__qualname__: slowly.work})
    return Conversations(dialogues, None, parts, "1")


def begin(tx: Tx, conversations: Conversations) -> None:
    chat = {"id": "one", "messenger": "script", "address": "one", "language": "en", "state": "open"}
    tx.insert("chats", {**chat, "person": None, "profile": None, "created": tx.now})
    conversations.begin(tx, tx.get("chats", "one") or {}, conversations.dialogues.by_name["long"], {})


def shown(store: SqliteStore) -> list[str]:
    rows = store.read(lambda tx: tx.find("messages_of_chat", chat="one"))
    return [read_message(row["payload"]).text for row in rows]


async def until_done(works: Works) -> None:
    while await works.step():
        pass


async def run(store: SqliteStore, conversations: Conversations, slowly: Slowly, lines: int) -> list[str]:
    """Let the work end when this many lines were said about it; what stood in the chat just before."""
    works = Works(store, conversations.parts.works, conversations, Bell(), QUICK)
    store.write(begin, conversations)
    working = asyncio.create_task(until_done(works))
    seen: list[str] = []
    while len(seen) < lines:
        await asyncio.sleep(0.005)
        seen += [text for text in shown(store) if text not in seen]
    slowly.let.set()
    await working
    return seen


async def test_long_work_is_said_in_one_line_that_changes_and_makes_room_for_the_outcome(
    store: SqliteStore, conversations: Conversations, slowly: Slowly
) -> None:
    seen = await run(store, conversations, slowly, lines=2)
    assert "a little longer" in seen[0] and "takes long" in seen[1]
    assert shown(store) == ["We talk English from here on."]


async def test_quick_work_says_nothing_of_itself(
    store: SqliteStore, conversations: Conversations, slowly: Slowly, tmp_path: Path
) -> None:
    await run(store, conversations, slowly, lines=0)
    assert shown(store) == ["We talk English from here on."]


async def test_work_that_says_at_which_page_it_is_is_told_by_the_page(
    store: SqliteStore, conversations: Conversations, slowly: Slowly
) -> None:
    slowly.pages = 12
    seen = await run(store, conversations, slowly, lines=2)
    assert seen[0] == "Page 4 of 12." and "takes long (page 4 of 12)" in seen[1]
    assert shown(store) == ["We talk English from here on."]

"""The web chat in front of the real store, inbox and outbox; only what is said is a test's own."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator, Callable
from contextlib import asynccontextmanager
from dataclasses import dataclass, field
from typing import Any, cast

from aiohttp import ClientWebSocketResponse
from aiohttp.test_utils import TestClient, TestServer

from bot.bell import Bell
from bot.conversation import Conversations
from bot.events import Incoming
from bot.inbox import Inbox
from bot.messengers.web import WebMessenger
from bot.outbox import Outbox
from bot.post import Post
from bot.render import Renderer
from bot.web.application import application
from bot.web.panes import Pane, make_pane
from handlers.message import Message
from signing.identity.providers.sandbox import SandboxRegister
from signing.store.blobs import Blobs
from signing.store.port import Row, Store, Tx

Answers = Callable[[Tx, Row, Incoming, Post], None]


def says_nothing(tx: Tx, chat: Row, incoming: Incoming, post: Post) -> None:
    """The talk of tests that look at one direction only."""


@dataclass
class Talk:
    """Stands where the conversations stand: hears each update in the transaction that claims it."""

    post: Post
    answers: Answers = says_nothing
    heard: list[Incoming] = field(default_factory=list)

    def hear(self, tx: Tx, chat: Row, incoming: Incoming) -> bool:
        self.heard.append(incoming)
        self.answers(tx, chat, incoming, self.post)
        return False


@dataclass
class Trial:
    """A running web chat and a browser's side of it."""

    store: Store
    blobs: Blobs
    client: TestClient[Any, Any]
    talk: Talk
    inbox: Inbox
    outbox: Outbox

    @property
    def origin(self) -> str:
        return f"http://{self.client.host}:{self.client.port}"

    def pane(self, name: str = "林海清", phone: str = "+8613800134417") -> Pane:
        return self.store.write(make_pane, name, phone, "en")

    @asynccontextmanager
    async def socket(self, pane: Pane, language: str = "en") -> AsyncIterator[ClientWebSocketResponse]:
        headers = {"Origin": self.origin, "Accept-Language": language}
        async with self.client.ws_connect(f"/ws?address={pane.address}", headers=headers) as socket:
            yield socket

    async def settle(self) -> None:
        """Everything that waits is heard and delivered."""
        while await self.inbox.step() or await self.outbox.step():
            pass

    async def say(self, pane: Pane, message: Message, edit: str = "") -> str:
        """The assistant says something; the message's id."""
        key = self.store.write(lambda tx: self.talk.post.send(tx, pane.chat, message, edit=edit))
        await self.settle()
        return key

    def updates(self, pane: Pane) -> list[Row]:
        return self.store.read(lambda tx: tx.find("newest_updates_of_chat", chat=pane.chat, limit=100))


@asynccontextmanager
async def trial(store: Store, blobs: Blobs, answers: Answers = says_nothing) -> AsyncIterator[Trial]:
    """Posts of a test never render, so that they need no templates."""
    talk, bell = Talk(Post(cast(Renderer, None)), answers), Bell()
    messenger = WebMessenger(store, "http://127.0.0.1:8080")
    messengers = {"web": messenger}
    inbox = Inbox(store, messengers, cast(Conversations, talk), blobs, bell)
    outbox = Outbox(store, messengers, bell)
    app = application(store, blobs, inbox.receive, messenger, SandboxRegister.shipped(), bell)
    async with TestClient(TestServer(app)) as client:
        yield Trial(store, blobs, client, talk, inbox, outbox)


async def frame(socket: ClientWebSocketResponse, kind: str) -> Any:
    """What the next frame of this kind says; others before it are skipped."""
    async with asyncio.timeout(5):
        while True:
            received = await socket.receive_json()
            if kind in received:
                return received[kind]

"""The web application: the local chat, put together from its parts, and room for further routes."""

from __future__ import annotations

import asyncio
import time
from collections.abc import AsyncIterator, Awaitable, Callable, Sequence
from contextlib import asynccontextmanager, suppress

from aiohttp import web

from bot.bell import Bell
from bot.health import Health
from bot.messengers.web import WebMessenger
from bot.web.chat_page import ChatPage
from bot.web.door import Door, Receive
from bot.web.files import Files
from bot.web.guard import LOOPBACK, Guard, harden
from bot.web.hub import Hub
from bot.web.opening import Opening
from bot.web.pages import Pages
from bot.web.phone import Phone
from bot.web.session import Sessions
from bot.web.sockets import Sockets
from bot.web.uploads import Uploads
from signing.identity.providers.sandbox import SandboxRegister
from signing.store.blobs import Blobs
from signing.store.port import Store

ONLY_HERE = "127.0.0.1"
GOODBYE_SECONDS = 2.0


def application(
    store: Store,
    blobs: Blobs,
    receive: Receive,
    messenger: WebMessenger,
    register: SandboxRegister,
    bell: Bell,
    routes: Sequence[web.AbstractRouteDef] = (),
    hosts: frozenset[str] = LOOPBACK,
    sessions: Sessions | None = None,
) -> web.Application:
    """The local chat on the messenger's hub. `receive` is the inbox's; `register` the people to play.

    `routes` are served beside the chat and guard themselves: the chat's rule that only this machine may ask
    (`hosts`) does not hold for them. `sessions` opens those of the pages among them that need one.
    """
    phone, pages, guard = Phone(store, messenger.hub), Pages(register), Guard(hosts)
    page = ChatPage(store, pages)
    door = Door(store, receive, messenger.hub)
    sockets = Sockets(store, messenger.hub, door, pages, register)
    opening = Opening(store, sessions or Sessions(time.time))
    app = web.Application()
    app.add_routes(
        [
            *_reading(guard, page, Files(store, blobs), phone, opening, Health(store)),
            *_acting(guard, page, sockets, Uploads(store, blobs, door)),
            *routes,
        ]
    )
    app.on_response_prepare.append(harden)
    app.cleanup_ctx.append(_following(bell, phone))
    app.on_shutdown.append(_closing(messenger.hub))
    return app


def _reading(
    guard: Guard, page: ChatPage, files: Files, phone: Phone, opening: Opening, health: Health
) -> list[web.RouteDef]:
    return [
        web.get("/", guard.reading(page.page)),
        web.get("/static/{name}", guard.reading(page.static)),
        web.get("/i/{token}", guard.reading(page.invitation)),
        web.get("/files/{address}/{digest:[0-9a-f]{64}}", guard.reading(files.get)),
        web.get("/open/{address}/{page}", guard.reading(opening.get)),
        web.get("/phone", guard.reading(phone.get)),
        web.get("/healthz", guard.reading(health)),
    ]


def _acting(guard: Guard, page: ChatPage, sockets: Sockets, uploads: Uploads) -> list[web.RouteDef]:
    return [
        web.get("/ws", guard.acting(sockets.open)),
        web.post("/panes", guard.acting(page.make_pane)),
        web.post("/upload", guard.acting(uploads.post)),
    ]


def _following(bell: Bell, phone: Phone) -> Callable[[web.Application], AsyncIterator[None]]:
    async def follow(_: web.Application) -> AsyncIterator[None]:
        task = asyncio.create_task(bell.follow(phone.step))
        yield
        task.cancel()
        with suppress(asyncio.CancelledError):
            await task

    return follow


def _closing(hub: Hub) -> Callable[[web.Application], Awaitable[None]]:
    async def close(_: web.Application) -> None:
        hub.close()

    return close


@asynccontextmanager
async def listening(app: web.Application, port: int) -> AsyncIterator[int]:
    """Serve on this machine alone; the port it got (`port` 0: any that is free).

    No access log: addresses and tokens stand in the paths.
    """
    runner = web.AppRunner(app, access_log=None, shutdown_timeout=GOODBYE_SECONDS)
    await runner.setup()
    try:
        site = web.TCPSite(runner, ONLY_HERE, port)
        await site.start()
        yield runner.addresses[0][1]
    finally:
        await runner.cleanup()

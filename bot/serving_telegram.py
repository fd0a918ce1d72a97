"""Serving on Telegram: the bot by polling or webhook, and the web part's public pages, in one process."""

from __future__ import annotations

import asyncio
import secrets
import time
from collections.abc import AsyncIterator, Awaitable, Callable, Coroutine, Sequence
from contextlib import asynccontextmanager
from typing import Protocol
from urllib.parse import urlsplit

from aiohttp import web

from bot.app import App, open_app
from bot.health import Health
from bot.installation import TEMPLATES, open_vault
from bot.messengers.pace import Pace
from bot.messengers.stored import StoredFiles
from bot.messengers.telegram import DOWNLOAD, NAME, UPLOAD, TelegramMessenger
from bot.messengers.telegram_api import Transport
from bot.messengers.telegram_inline import Inline
from bot.messengers.telegram_menu import Menus
from bot.messengers.telegram_polling import Polling
from bot.messengers.telegram_reception import Door, Reception
from bot.messengers.telegram_updates import ALLOWED, page_upload
from bot.messengers.telegram_words import house_words
from bot.pages import session_pages
from bot.render import Renderer
from bot.settings import Settings
from bot.web.guard import harden
from bot.web.session import Sessions, Visitor
from bot.web.session_pages import SessionPages
from bot.web.webhook import Webhook
from handlers.message import Upload
from signing.contracts.passing_on import PassingOn
from signing.store.blobs import Blobs
from signing.store.port import Store

LOCAL_LIMIT = 200_000_000
CONNECTIONS = 40
Routes = Callable[[App], Sequence[web.AbstractRouteDef]]


class Connect(Protocol):
    """`connect` of a framework's module."""

    def __call__(self, token: str, api: str = "") -> Transport: ...


def connection(framework: str) -> Connect:
    """The framework that the settings name, imported now and no sooner: each costs seconds and memory."""
    if framework == "ptb":
        from bot.messengers.telegram_ptb import connect as ptb

        return ptb
    from bot.messengers.telegram_aiogram import connect as aiogram

    return aiogram


async def open_transport(settings: Settings) -> tuple[Transport, str]:
    """The wire to the bot whose token is set, and the bot's username. Raises Refused, NoAnswer."""
    assert settings.telegram_token is not None
    connect = connection(settings.telegram_framework)
    transport = connect(settings.telegram_token.get_secret_value(), settings.telegram_api.rstrip("/"))
    await transport.open()
    me = await transport.call("getMe", {})
    return transport, me["username"]


def telegram(
    settings: Settings, store: Store, transport: Transport, username: str, pace: Pace | None = None
) -> TelegramMessenger:
    """The messenger of an installation. `pace` is Telegram's, if no other is given."""
    files = StoredFiles(store, Blobs(settings.data / "blobs", open_vault(settings)))
    down, up = (LOCAL_LIMIT, LOCAL_LIMIT) if settings.telegram_api else (DOWNLOAD, UPLOAD)
    return TelegramMessenger(transport, files, username, pace, down, up, settings.url)


async def serve_telegram(
    settings: Settings,
    public: Routes,
    until_told: Callable[[App], Awaitable[None]],
    started: asyncio.Event | None = None,
    pace: Pace | None = None,
) -> None:
    """Serve until `until_told`, which runs the assistant, returns. `public` are the web part's pages for anyone."""
    settings.data.mkdir(mode=0o700, parents=True, exist_ok=True)
    transport, username = await open_transport(settings)
    try:
        with open_app(settings, lambda store: telegram(settings, store, transport, username, pace)) as app:
            menus = menus_of(settings, app, transport)
            await menus.set()
            reception = reception_of(settings, app, transport, username)
            hooked = _Hooked(settings, reception) if settings.webhook_url else None
            pages = _pages(settings, app)
            health = web.get("/healthz", Health(app.store))
            async with _listening(
                settings, [health, *public(app), *pages.routes(), *(hooked.routes() if hooked else ())]
            ):
                receiving = hooked.register(transport) if hooked else Polling(transport, reception).run()
                async with _beside(receiving), _beside(menus.follow()):
                    if started is not None:
                        started.set()
                    await until_told(app)
            await reception.close()
    finally:
        await transport.close()


def reception_of(settings: Settings, app: App, transport: Transport, username: str) -> Reception:
    """The door of a bot that is ours alone."""
    door, receive = Door(house_words()), app.assistant.inbox.receive
    return Reception(transport, receive, door, inline_of(settings, app), username)


def menus_of(settings: Settings, app: App, transport: Transport) -> Menus:
    """The menus, with those who are operators at each moment."""
    operators = app.services.operators

    def named() -> list[str]:
        return [each.id for each in app.store.read(operators.all)]

    return Menus(transport, house_words(), named, app.messengers[NAME].abilities.pages)


def inline_of(settings: Settings, app: App) -> Inline:
    """What hands invitations into any chat."""
    link = app.messengers[NAME].invitation_link
    return Inline(app.store, PassingOn(app.vault), Renderer(TEMPLATES, settings.zone), link)


class _Hooked:
    """The webhook of this start; its secret is new each time, unless the settings name one."""

    def __init__(self, settings: Settings, reception: Reception) -> None:
        given = settings.webhook_secret
        self._secret = given.get_secret_value() if given else secrets.token_urlsafe(32)
        self._url = settings.webhook_url
        self._take = reception.take

    def routes(self) -> list[web.RouteDef]:
        return Webhook(urlsplit(self._url).path or "/", self._secret, self._take).routes()

    async def register(self, transport: Transport) -> None:
        """Tell Telegram the address. Raises Refused, NoAnswer."""
        where = {"url": self._url, "secret_token": self._secret, "allowed_updates": ALLOWED}
        await transport.call("setWebhook", {**where, "max_connections": CONNECTIONS})


def _pages(settings: Settings, app: App) -> SessionPages:
    """The pages that a chat opens; what comes by them is an update of that chat."""
    token = settings.telegram_token.get_secret_value() if settings.telegram_token else ""
    receive = app.assistant.inbox.receive

    async def arrived(visitor: Visitor, upload_id: str, upload: Upload) -> None:
        payload = page_upload(visitor.address, visitor.language, upload)
        key = f"page:{visitor.address}:{upload_id}"
        await receive(NAME, key, visitor.address, payload, visitor.language)

    return session_pages(settings, app, Sessions(time.time, token), arrived)


@asynccontextmanager
async def _listening(settings: Settings, routes: Sequence[web.AbstractRouteDef]) -> AsyncIterator[None]:
    pages = web.Application()
    pages.add_routes(routes)
    pages.on_response_prepare.append(harden)
    runner = web.AppRunner(pages, access_log=None)
    await runner.setup()
    try:
        await web.TCPSite(runner, settings.host, settings.port).start()
        yield
    finally:
        await runner.cleanup()


@asynccontextmanager
async def _beside(work: Coroutine[None, None, None]) -> AsyncIterator[None]:
    """Run `work` meanwhile; if it fails, so does what is done beside it."""
    async with asyncio.TaskGroup() as group:
        task = group.create_task(work)
        yield
        task.cancel()

"""Serving: the assistant at work and the web part, in one process, until it is told to stop."""

from __future__ import annotations

import asyncio
import contextlib
import signal
import time

from aiohttp import web

from bot.app import App, open_app
from bot.identity import sandbox_register
from bot.installation import TEMPLATES, utc_now
from bot.messengers.web import WebMessenger
from bot.pages import session_pages
from bot.render import Renderer
from bot.serving_telegram import serve_telegram
from bot.settings import Settings
from bot.web.application import application
from bot.web.door import Door
from bot.web.pki import Pki
from bot.web.session import Sessions, Visitor
from bot.web.session_pages import SessionPages
from bot.web.updates import Sent, Update
from bot.web.verification import NumberPage
from bot.web.verify_page import VerifyPage
from handlers.message import Upload


def open_web_app(settings: Settings) -> tuple[App, WebMessenger]:
    """The program around the web chat."""
    app = open_app(settings, lambda store: WebMessenger(store, settings.url))
    messenger = app.messengers[WebMessenger.name]
    assert isinstance(messenger, WebMessenger)
    return app, messenger


async def serve(settings: Settings, started: asyncio.Event | None = None) -> None:
    """Serve until SIGINT or SIGTERM, on Telegram if there is a token. `started` is set when the web part answers."""
    if settings.telegram_token is not None:
        await serve_telegram(settings, lambda app: public_routes(app, settings), until_told, started)
        return
    app, messenger = open_web_app(settings)
    with app:
        inbox, bell = app.assistant.inbox, app.assistant.bell
        sessions = Sessions(time.time)
        routes = [*public_routes(app, settings), *_pages(settings, app, messenger, sessions).routes()]
        people = sandbox_register(settings)
        pages = application(
            app.store, app.blobs, inbox.receive, messenger, people, bell, routes, sessions=sessions
        )
        runner = web.AppRunner(pages, access_log=None)
        await runner.setup()
        await web.TCPSite(runner, settings.host, settings.port).start()
        if started is not None:
            started.set()
        try:
            await until_told(app)
        finally:
            await runner.cleanup()


def public_routes(app: App, settings: Settings) -> list[web.RouteDef]:
    """What anyone may ask of the web part, whatever the messenger."""
    renderer = Renderer(TEMPLATES, settings.zone)
    page, numbers = VerifyPage(app.checking, renderer, utc_now), NumberPage(app.store, renderer)
    return [*Pki(app.store, app.certificates, utc_now).routes(), *page.routes(), *numbers.routes()]


def _pages(settings: Settings, app: App, messenger: WebMessenger, sessions: Sessions) -> SessionPages:
    """The pages that the web chat opens; what comes by them is an update of the pane."""
    door = Door(app.store, app.assistant.inbox.receive, messenger.hub)

    async def arrived(visitor: Visitor, upload_id: str, upload: Upload) -> None:
        await door.take_in(Update(upload_id, visitor.address, Sent(upload), visitor.language))

    return session_pages(settings, app, sessions, arrived)


async def until_told(app: App) -> None:
    """Run the assistant until SIGINT or SIGTERM, or until it fails."""
    if app.settings.metrics_port:
        app.metrics.serve(app.settings.metrics_port)
    working = asyncio.create_task(app.assistant.run())
    stop = asyncio.Event()
    loop = asyncio.get_running_loop()
    for number in (signal.SIGINT, signal.SIGTERM):
        with contextlib.suppress(NotImplementedError, RuntimeError, ValueError):
            loop.add_signal_handler(number, stop.set)
    stopping = asyncio.create_task(stop.wait())
    await asyncio.wait({working, stopping}, return_when=asyncio.FIRST_COMPLETED)
    for task in (stopping, working):
        task.cancel()
    with contextlib.suppress(asyncio.CancelledError):
        await working

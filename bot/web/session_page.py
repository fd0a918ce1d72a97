"""The private upload: a page opened from a chat, for files that should not pass through a messenger's servers,
or are too large for it."""

from __future__ import annotations

import asyncio
import re
from collections.abc import Awaitable, Callable
from urllib.parse import unquote

from aiohttp import web
from jinja2 import Environment, FileSystemLoader, StrictUndefined

from bot.render import LANGUAGES, Renderer
from bot.web.guard import POLICY
from bot.web.pages import FRAME
from bot.web.session import NoSession, Sessions, Visitor
from bot.web.uploads import MIME, clean_name
from bot.web.visitors import language_of
from handlers.message import Upload
from signing.store.blobs import Blobs

PATH = "/private"
LARGEST = 50_000_000
SECONDS = 600
AT_ONCE = 4
UPLOAD_ID = re.compile(r"[A-Za-z0-9_-]{8,64}")
STATIC = {"private.js": "text/javascript", "page.css": "text/css", "icon.svg": "image/svg+xml"}
WORDS = ("title", "lead", "choose", "busy", "done", "too_large", "expired", "broken", "other")
FRAMED = POLICY.replace("frame-ancestors 'none'", "frame-ancestors https://web.telegram.org")

Arrived = Callable[[Visitor, str, Upload], Awaitable[None]]
"""Takes in a file: whose, the upload's own id (again is the same file), and what it is. Then it is durable."""


class SessionPage:
    """Serves the page and takes its files. Nothing is shown before the session is opened, and then only words."""

    def __init__(self, sessions: Sessions, blobs: Blobs, renderer: Renderer, arrived: Arrived) -> None:
        self._sessions = sessions
        self._blobs = blobs
        self._renderer = renderer
        self._arrived = arrived
        self._turns = asyncio.Semaphore(AT_ONCE)
        loader = FileSystemLoader(FRAME)
        self._frame = Environment(loader=loader, autoescape=True, undefined=StrictUndefined)

    def routes(self) -> list[web.RouteDef]:
        """For the web application."""
        return [
            web.get(PATH, self.page),
            web.get(PATH + "/{name}", self.static),
            web.post(PATH + "/session", self.open),
            web.post(PATH + "/upload", self.upload),
        ]

    async def page(self, request: web.Request) -> web.Response:
        """The page's words. Opening it uses no link up: a preview robot opens pages too."""
        language = language_of(request)
        words = {word: self._renderer.text(language, f"private.{word}", {}) for word in WORDS}
        other = next(each for each in LANGUAGES if each != language)
        html = self._frame.get_template("private.html").render(words=words, language=language, other=other)
        headers = {"Content-Security-Policy": FRAMED, "X-Frame-Options": "ALLOWALL"}
        return web.Response(text=html, content_type="text/html", headers=headers)

    async def static(self, request: web.Request) -> web.Response:
        name = request.match_info["name"]
        if name not in STATIC:
            raise web.HTTPNotFound
        return web.Response(text=(FRAME / name).read_text("utf-8"), content_type=STATIC[name])

    async def open(self, request: web.Request) -> web.Response:
        """`init_data` or `link` for a `session`, as JSON; 401 where it is not genuine or too old."""
        try:
            said = await request.json()
            if "link" in said:
                session = self._sessions.open_by_link(str(said["link"]))
            else:
                session = self._sessions.open_by_init_data(str(said["init_data"]))
        except NoSession:
            raise web.HTTPUnauthorized from None
        except (ValueError, KeyError, TypeError):
            raise web.HTTPBadRequest from None
        return web.json_response({"session": session})

    async def upload(self, request: web.Request) -> web.Response:
        """The file as the body, its name in X-File-Name, its id in X-Upload-Id; 200 when it is durable."""
        visitor, upload_id = self._visitor(request), request.headers.get("X-Upload-Id", "")
        if not UPLOAD_ID.fullmatch(upload_id):
            raise web.HTTPBadRequest
        async with self._turns, asyncio.timeout(SECONDS):
            data = await _body(request)
            digest = await asyncio.to_thread(self._blobs.write, data)
        name = clean_name(unquote(request.headers.get("X-File-Name", "")))
        mime = request.content_type if MIME.fullmatch(request.content_type) else "application/octet-stream"
        await self._arrived(visitor, upload_id, Upload(digest, name, mime, len(data)))
        return web.json_response({"taken": upload_id})

    def _visitor(self, request: web.Request) -> Visitor:
        kind, _, token = request.headers.get("Authorization", "").partition(" ")
        try:
            return self._sessions.visitor(token if kind == "Bearer" else "")
        except NoSession:
            raise web.HTTPUnauthorized from None


async def _body(request: web.Request) -> bytes:
    data = bytearray()
    async for part in request.content.iter_any():
        data += part
        if len(data) > LARGEST:
            raise web.HTTPRequestEntityTooLarge(LARGEST, len(data))
    if not data:
        raise web.HTTPBadRequest
    return bytes(data)

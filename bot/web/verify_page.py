"""The public page that checks a PDF for whoever drops one on it. The file is kept nowhere."""

from __future__ import annotations

import asyncio
from collections.abc import Callable
from datetime import datetime
from urllib.parse import unquote

from aiohttp import web
from jinja2 import Environment, FileSystemLoader, StrictUndefined
from markupsafe import Markup

from bot.render import LANGUAGES, Renderer
from bot.web.markup import sanitized
from bot.web.pages import FRAME
from bot.web.visitors import language_of
from signing.checking import Checking

LARGEST = 25 * 1024 * 1024
AT_ONCE, WAITING, SECONDS = 2, 8, 60
NAME_CHARS, FEW = 120, 40
STATIC = {"verify.js": "text/javascript", "page.css": "text/css", "icon.svg": "image/svg+xml"}
WORDS = ("title", "lead", "choose", "drop", "busy", "unsigned", "too_large", "busy_here", "broken", "other")


class VerifyPage:
    """Guards itself: it may be asked under any name, keeps nothing, and works on few files at a time."""

    def __init__(self, checking: Checking, renderer: Renderer, clock: Callable[[], datetime]) -> None:
        self._checking = checking
        self._renderer = renderer
        self._clock = clock
        self._turns = asyncio.Semaphore(AT_ONCE)
        self._waiting = 0
        loader = FileSystemLoader(FRAME)
        self._frame = Environment(loader=loader, autoescape=True, undefined=StrictUndefined)

    def routes(self) -> list[web.RouteDef]:
        """For `application(routes=...)`."""
        return [
            web.get("/verify", self.page),
            web.post("/verify", self.check),
            web.get("/verify/{name}", self.static),
        ]

    async def page(self, request: web.Request) -> web.Response:
        language = language_of(request)
        words = {word: self._words(language, word) for word in WORDS}
        other = next(each for each in LANGUAGES if each != language)
        html = self._frame.get_template("verify.html").render(words=words, language=language, other=other)
        return web.Response(text=html, content_type="text/html")

    async def static(self, request: web.Request) -> web.Response:
        name = request.match_info["name"]
        if name not in STATIC:
            raise web.HTTPNotFound
        return web.Response(text=(FRAME / name).read_text("utf-8"), content_type=STATIC[name])

    async def check(self, request: web.Request) -> web.Response:
        """The file as the body, its name in the header X-File-Name; what the assistant would say of it, as HTML."""
        language, name = language_of(request), unquote(request.headers.get("X-File-Name", ""))[:NAME_CHARS]
        if self._waiting >= WAITING:
            return self._sentence(language, "busy_here", 503)
        self._waiting += 1
        try:
            async with asyncio.timeout(SECONDS):
                pdf = await _body(request)
            if pdf is None:
                return self._sentence(language, "too_large", 413)
            async with self._turns:
                checked = await asyncio.to_thread(self._checking.in_short, pdf, self._clock())
        except TimeoutError:
            raise web.HTTPRequestTimeout from None
        finally:
            self._waiting -= 1
        if checked is None:
            return self._sentence(language, "unsigned", 200)
        said = self._renderer.text(language, "verify.report", {"name": name, "checked": checked, "few": FEW})
        return _html(sanitized(said).replace("\n", Markup("<br>")), 200)

    def _sentence(self, language: str, word: str, status: int) -> web.Response:
        return _html(sanitized(self._words(language, word)), status)

    def _words(self, language: str, word: str) -> str:
        return self._renderer.text(language, f"verify.page_{word}", {})


async def _body(request: web.Request) -> bytes | None:
    data = bytearray()
    async for part in request.content.iter_any():
        data += part
        if len(data) > LARGEST:
            return None
    return bytes(data)


def _html(text: str, status: int) -> web.Response:
    return web.Response(text=text, content_type="text/html", status=status)

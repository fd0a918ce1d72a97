"""Pages that a chat opens: each is a shell, one script and its words. What they send is an update of that chat."""

from __future__ import annotations

import asyncio
import re
from collections.abc import Awaitable, Callable, Sequence
from pathlib import Path
from types import SimpleNamespace
from urllib.parse import unquote

from aiohttp import web
from jinja2 import Environment, FileSystemLoader, StrictUndefined

from bot.render import LANGUAGES, Renderer
from bot.web.guard import POLICY
from bot.web.pages import FRAME
from bot.web.session import NoSession, Sessions, Visitor
from bot.web.session_page import PATH, Page, ShownPages
from bot.web.uploads import MIME, clean_name
from bot.web.visitors import language_of
from handlers.message import Upload
from signing.store.blobs import Blobs

OPENED = Path(__file__).parent / "opened"
SECONDS = 600
AT_ONCE = 4
UPLOAD_ID = re.compile(r"[A-Za-z0-9_-]{8,64}")
STATIC = {".css": "text/css", ".js": "text/javascript", ".svg": "image/svg+xml"}
SHARED = ("busy", "done", "too_large", "expired", "broken", "other")
FRAMED = POLICY.replace("frame-ancestors 'none'", "frame-ancestors https://web.telegram.org").replace(
    "img-src 'self'", "img-src 'self' blob:"
)

Arrived = Callable[[Visitor, str, Upload], Awaitable[None]]
"""Takes in a file: whose, the upload's own id (again is the same file), and what it is. Then it is durable."""


class SessionPages:
    """Serves the pages and takes what they send. Before a session is opened they hold nothing but words."""

    def __init__(
        self,
        pages: Sequence[Page],
        sessions: Sessions,
        shown: ShownPages,
        blobs: Blobs,
        renderer: Renderer,
        arrived: Arrived,
    ) -> None:
        self._pages = {page.name: page for page in pages}
        self._sessions = sessions
        self._shown = shown
        self._blobs = blobs
        self._renderer = renderer
        self._arrived = arrived
        self._turns = asyncio.Semaphore(AT_ONCE)
        self._frame = Environment(loader=FileSystemLoader(OPENED), autoescape=True, undefined=StrictUndefined)
        self._static = {file.name: file for file in (FRAME / "page.css", FRAME / "icon.svg")}
        self._static |= {file.name: file for file in OPENED.iterdir() if file.suffix in STATIC}

    def routes(self) -> list[web.RouteDef]:
        """For the web application."""
        return [
            web.post(f"{PATH}/session", self.open),
            web.get(f"{PATH}/static/{{file}}", self.static),
            web.get(f"{PATH}/{{name}}", self.page),
            web.get(f"{PATH}/{{name}}/shown", self.shown),
            web.get(f"{PATH}/{{name}}/files/{{digest:[0-9a-f]{{64}}}}", self.file),
            web.post(f"{PATH}/{{name}}/upload", self.upload),
        ]

    async def page(self, request: web.Request) -> web.Response:
        """The page's words. Opening it uses no link up: a preview robot opens pages too."""
        page, language = self._page(request), language_of(request)
        words = {word: self._renderer.text(language, f"page.{word}", {}) for word in SHARED}
        words |= {word: self._renderer.text(language, f"{page.name}.{word}", {}) for word in page.words}
        other = next(each for each in LANGUAGES if each != language)
        address = str(request.rel_url.update_query(language=other))
        html = self._frame.get_template(f"{page.name}.html").render(
            words=SimpleNamespace(**words),  # attributes, so that no word meets a method of dict
            every_word=words,
            language=language,
            other=other,
            other_address=address,
            name=page.name,
        )
        headers = {"Content-Security-Policy": FRAMED, "X-Frame-Options": "ALLOWALL"}
        return web.Response(text=html, content_type="text/html", headers=headers)

    async def static(self, request: web.Request) -> web.Response:
        file = self._static.get(request.match_info["file"])
        if file is None:
            raise web.HTTPNotFound
        return web.Response(text=file.read_text("utf-8"), content_type=STATIC[file.suffix])

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

    async def shown(self, request: web.Request) -> web.Response:
        """What the page is about, as JSON; 404 where there is nothing to show, 403 where it is not this person's."""
        page, visitor = self._page(request), self._visitor(request)
        return web.json_response(self._shown.data(page, visitor, request.query.get("of", "")))

    async def file(self, request: web.Request) -> web.Response:
        """A picture that `shown` names."""
        page, visitor = self._page(request), self._visitor(request)
        digest, argument = request.match_info["digest"], request.query.get("of", "")
        data, mime = await asyncio.to_thread(self._shown.file, page, visitor, argument, digest)
        return web.Response(body=data, content_type=mime)

    async def upload(self, request: web.Request) -> web.Response:
        """The file as the body, its name in X-File-Name, its id in X-Upload-Id; 200 when it is durable."""
        page, visitor = self._page(request), self._visitor(request)
        upload_id = request.headers.get("X-Upload-Id", "")
        if not UPLOAD_ID.fullmatch(upload_id):
            raise web.HTTPBadRequest
        async with self._turns, asyncio.timeout(SECONDS):
            data = await _body(request, page.largest)
            digest = await asyncio.to_thread(self._blobs.write, data)
        await self._arrived(visitor, upload_id, _upload(page, request, digest, len(data)))
        return web.json_response({"taken": upload_id})

    def _page(self, request: web.Request) -> Page:
        page = self._pages.get(request.match_info["name"])
        if page is None:
            raise web.HTTPNotFound
        return page

    def _visitor(self, request: web.Request) -> Visitor:
        kind, _, token = request.headers.get("Authorization", "").partition(" ")
        try:
            return self._sessions.visitor(token if kind == "Bearer" else "")
        except NoSession:
            raise web.HTTPUnauthorized from None


def _upload(page: Page, request: web.Request, digest: str, size: int) -> Upload:
    if page.answers:
        argument = request.query.get("of", "")
        asked = f"{page.name}:{argument}" if argument else page.name
        return Upload(digest, f"{page.name}.json", "application/json", size, page=asked)
    name = clean_name(unquote(request.headers.get("X-File-Name", "")))
    mime = request.content_type if MIME.fullmatch(request.content_type) else "application/octet-stream"
    return Upload(digest, name, mime, size)


async def _body(request: web.Request, largest: int) -> bytes:
    data = bytearray()
    async for part in request.content.iter_any():
        data += part
        if len(data) > largest:
            raise web.HTTPRequestEntityTooLarge(largest, len(data))
    if not data:
        raise web.HTTPBadRequest
    return bytes(data)

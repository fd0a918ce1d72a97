"""The page itself: its frame, its scripts and styles, an invitation's page, and making a new pane."""

from __future__ import annotations

import asyncio
import re
from typing import Annotated

from aiohttp import web
from pydantic import Field, TypeAdapter, ValidationError
from pydantic.dataclasses import dataclass

from bot.web.pages import FRAME, LANGUAGES, Pages
from bot.web.panes import NAME_CHARS, make_pane
from bot.web.visitors import COOKIE, language_of
from signing.errors import SigningError
from signing.identity.elements import mobile_number
from signing.store.port import Store

TOKEN = re.compile(r"[A-Za-z0-9_-]{1,64}")
STATIC = {".css": "text/css", ".js": "text/javascript", ".svg": "image/svg+xml"}
ASKED_BYTES = 4096


@dataclass(frozen=True, slots=True)
class Asked:
    """Who a new pane is to be."""

    name: Annotated[str, Field(min_length=1, max_length=NAME_CHARS)]
    phone: Annotated[str, Field(max_length=30)]


class ChatPage:
    """Hands out HTML, and addresses."""

    def __init__(self, store: Store, pages: Pages) -> None:
        self._store = store
        self._pages = pages
        self._static = {path.name: path for path in FRAME.iterdir() if path.suffix in STATIC}

    async def page(self, request: web.Request) -> web.Response:
        return self._html(request, self._pages.chat(language_of(request)))

    async def invitation(self, request: web.Request) -> web.Response:
        """Whoever looks at this (a preview robot, say) opens nothing: the person presses a button there."""
        token = request.match_info["token"]
        if not TOKEN.fullmatch(token):
            raise web.HTTPNotFound(text="No such invitation.\n")
        return self._html(request, self._pages.invitation(language_of(request), token))

    async def static(self, request: web.Request) -> web.Response:
        path = self._static.get(request.match_info["name"])
        if path is None:
            raise web.HTTPNotFound
        headers = {"Cache-Control": "no-cache"}
        return web.Response(text=path.read_text("utf-8"), content_type=STATIC[path.suffix], headers=headers)

    async def make_pane(self, request: web.Request) -> web.Response:
        try:
            asked = TypeAdapter(Asked).validate_json(await request.content.read(ASKED_BYTES))
            phone = mobile_number(asked.phone)
        except (ValidationError, SigningError):
            return web.json_response({"refused": "person"}, status=400)
        made = self._store.submit(make_pane, asked.name.strip(), phone, language_of(request))
        pane = await asyncio.wrap_future(made)
        return web.json_response({"address": pane.address, "name": pane.name, "phone": pane.phone})

    def _html(self, request: web.Request, html: str) -> web.Response:
        answer = web.Response(text=html, content_type="text/html")
        if request.query.get(COOKIE) in LANGUAGES:
            answer.set_cookie(
                COOKIE, request.query[COOKIE], samesite="Strict", httponly=True, max_age=31_536_000
            )
        return answer

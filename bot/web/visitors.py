"""What a request says about its visitor: the page's language, and the pane that its address names."""

from __future__ import annotations

from aiohttp import web

from bot.web.pages import LANGUAGES, preferred
from bot.web.panes import Pane, find_pane
from signing.store.port import Store

COOKIE = "language"


def language_of(request: web.Request) -> str:
    """The language that was switched to, else the first that the browser asks for."""
    chosen = request.query.get(COOKIE) or request.cookies.get(COOKIE, "")
    return chosen if chosen in LANGUAGES else preferred(request.headers.get("Accept-Language", ""))


def pane_of(store: Store, request: web.Request) -> Pane:
    """Raises HTTPNotFound for an address that is not one of ours."""
    address = request.match_info.get("address") or request.query.get("address", "")
    pane = store.read(find_pane, address)
    if pane is None:
        raise web.HTTPNotFound(text="No such pane.\n")
    return pane

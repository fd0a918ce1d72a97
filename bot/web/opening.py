"""From a card of the web chat to one of our pages: the link is made when it is pressed, and stands nowhere before."""

from __future__ import annotations

from aiohttp import web

from bot.web.session import Sessions, Visitor
from bot.web.session_page import page_address
from bot.web.visitors import language_of, pane_of
from signing.store.port import Store


class Opening:
    """Sends a browser that holds a pane's address on to a page, with a link that opens one session."""

    def __init__(self, store: Store, sessions: Sessions) -> None:
        self._store = store
        self._sessions = sessions

    async def get(self, request: web.Request) -> web.Response:
        pane = pane_of(self._store, request)
        link = self._sessions.link(Visitor("web", pane.address, language_of(request)))
        raise web.HTTPSeeOther(f"{page_address(request.match_info['page'])}#link={link}")

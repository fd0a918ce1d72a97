"""Who may talk to the web chat: pages that it served itself, under a name of this machine, and nobody else."""

from __future__ import annotations

from collections.abc import Awaitable, Callable
from urllib.parse import urlsplit

from aiohttp import web

Handler = Callable[[web.Request], Awaitable[web.StreamResponse]]

LOOPBACK = frozenset({"127.0.0.1", "localhost"})
POLICY = (
    "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self'; connect-src 'self'; "
    "form-action 'none'; base-uri 'none'; frame-ancestors 'none'"
)
HEADERS = {
    "X-Content-Type-Options": "nosniff",
    "Referrer-Policy": "no-referrer",
    "Cross-Origin-Opener-Policy": "same-origin",
    "Cross-Origin-Resource-Policy": "same-origin",
    "X-Frame-Options": "DENY",
    "Cache-Control": "no-store",
    "Content-Security-Policy": POLICY,
}


class Guard:
    """Wraps handlers. `hosts` are the names under which the chat may be asked for: any other Host header is a
    foreign page that points its own name at this machine (DNS rebinding)."""

    def __init__(self, hosts: frozenset[str] = LOOPBACK) -> None:
        self._hosts = hosts

    def reading(self, handler: Handler) -> Handler:
        """For pages and files."""

        async def guarded(request: web.Request) -> web.StreamResponse:
            if _hostname(request.host) not in self._hosts:
                raise web.HTTPMisdirectedRequest(text="This chat is not served under that name.\n")
            return await handler(request)

        return guarded

    def acting(self, handler: Handler) -> Handler:
        """For sockets and whatever changes something: our own page must have sent it."""

        async def guarded(request: web.Request) -> web.StreamResponse:
            if not _is_own_page(request):
                raise web.HTTPForbidden(text="Only the chat's own page may do this.\n")
            return await handler(request)

        return self.reading(guarded)


async def harden(_: web.Request, response: web.StreamResponse) -> None:
    """Headers of every answer; a handler may have set stricter ones."""
    for name, value in HEADERS.items():
        response.headers.setdefault(name, value)


def _is_own_page(request: web.Request) -> bool:
    return urlsplit(request.headers.get("Origin", "")).netloc == request.host


def _hostname(host: str) -> str | None:
    try:
        return urlsplit(f"//{host}").hostname
    except ValueError:
        return None

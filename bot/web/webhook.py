"""The webhook: Telegram brings an update, and hears 200 only when it is durable.

Source: Bot API 10.0, setWebhook: `secret_token` (1-256 of A-Za-z0-9_-) comes back in X-Telegram-Bot-Api-Secret-Token.
"""

from __future__ import annotations

import json
from collections.abc import Awaitable, Callable, Mapping
from hmac import compare_digest
from typing import Any

from aiohttp import web

SECRET_HEADER = "X-Telegram-Bot-Api-Secret-Token"  # noqa: S105 (the header's name)
LARGEST = 1024 * 1024

Take = Callable[[Mapping[str, Any]], Awaitable[None]]
"""What brings an update to the inbox; when it returns the update is durable."""


class Webhook:
    """One address for one bot. Whoever does not know the secret learns nothing."""

    def __init__(self, path: str, secret: str, take: Take) -> None:
        self._path = path
        self._secret = secret.encode()
        self._take = take

    def routes(self) -> list[web.RouteDef]:
        return [web.post(self._path, self.post)]

    async def post(self, request: web.Request) -> web.Response:
        """400 for what is no update: Telegram would send nothing else. Any failure of ours is 500: it comes again."""
        if not compare_digest(request.headers.get(SECRET_HEADER, "").encode(), self._secret):
            raise web.HTTPForbidden(text="Not for you.\n")
        try:
            update = json.loads(await request.content.readexactly(_length(request)))
        except (ValueError, EOFError):
            raise web.HTTPBadRequest(text="Not an update.\n") from None
        if not isinstance(update, dict) or not isinstance(update.get("update_id"), int):
            raise web.HTTPBadRequest(text="Not an update.\n")
        await self._take(update)
        return web.Response()


def _length(request: web.Request) -> int:
    if request.content_length is None or request.content_length > LARGEST:
        raise web.HTTPRequestEntityTooLarge(LARGEST, request.content_length or 0)
    return request.content_length

"""Files that a chat has seen, and nobody else's: pictures and PDFs to look at, anything else to save."""

from __future__ import annotations

import asyncio
from urllib.parse import quote

from aiohttp import web

from bot.web.history import ShownFile, shown_file
from bot.web.visitors import pane_of
from signing.errors import SigningError
from signing.store.blobs import Blobs
from signing.store.port import Reading, Store

KINDS = {b"%PDF-": "application/pdf", b"\x89PNG\r\n\x1a\n": "image/png", b"\xff\xd8\xff": "image/jpeg"}
UNKNOWN = "application/octet-stream"
POLICY = "default-src 'none'; frame-ancestors 'none'"


class Files:
    """Serves stored files under the address of the pane that they were shown in."""

    def __init__(self, store: Store, blobs: Blobs) -> None:
        self._store = store
        self._blobs = blobs

    async def get(self, request: web.Request) -> web.Response:
        pane = pane_of(self._store, request)
        file = self._store.read(shown_file, pane.chat, request.match_info["digest"])
        if file is None:
            raise web.HTTPNotFound(text="No such file in this chat.\n")
        try:
            data = await asyncio.to_thread(self._store.read, self._bytes, file)
        except SigningError:
            raise web.HTTPGone(text="This file is no longer kept.\n") from None
        return _answer(data, file.name, save="download" in request.query)

    def _bytes(self, tx: Reading, file: ShownFile) -> bytes:
        if file.subject is None:
            return self._blobs.read(file.digest)
        return self._blobs.read_sealed(tx, file.subject, file.digest)


def _answer(data: bytes, name: str, *, save: bool) -> web.Response:
    """The type comes from the first bytes, never from what somebody said it was."""
    kind = next((kind for start, kind in KINDS.items() if data.startswith(start)), UNKNOWN)
    how = "attachment" if save or kind == UNKNOWN else "inline"
    disposition = f"{how}; filename*=UTF-8''{quote(name, safe='')}"
    headers = {"Content-Disposition": disposition, "Content-Security-Policy": POLICY}
    return web.Response(body=data, content_type=kind, headers=headers)

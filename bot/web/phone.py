"""The simulated phone: text messages that the trial place 'sent', for the pane that has the number."""

from __future__ import annotations

from aiohttp import web

from bot.web.hub import Connection, Hub, Texted
from bot.web.visitors import pane_of
from signing.store.port import Row, Store
from signing.store.times import MINUTE, moment

OVERLAP = MINUTE


class Phone:
    """Shows texts over HTTP, and brings new ones to whoever has the pane open."""

    def __init__(self, store: Store, hub: Hub) -> None:
        self._store = store
        self._hub = hub

    async def get(self, request: web.Request) -> web.Response:
        pane = pane_of(self._store, request)
        rows = self._store.read(lambda tx: tx.find("texts_of_phone", phone=pane.phone))
        texts = [{"id": row["id"], "body": row["body"], "at": _iso(row)} for row in rows]
        return web.json_response({"phone": pane.phone, "texts": texts})

    async def step(self) -> bool:
        """Push texts that an open pane has not seen; False if there were none."""
        brought = [self._bring(connection) for connection in self._hub.connections()]
        return any(brought)

    def _bring(self, connection: Connection) -> bool:
        new = [row for row in self._recent(connection.phone) if row["id"] not in connection.texts]
        for row in new:
            connection.texts.add(row["id"])
            connection.push(Texted(row))
        return bool(new)

    def _recent(self, phone: str) -> list[Row]:
        """A text may commit a little after it was stamped; `connection.texts` holds what was shown already."""
        return self._store.read(
            lambda tx: tx.find("texts_of_phone_since", phone=phone, since=tx.now - OVERLAP)
        )


def _iso(row: Row) -> str:
    return moment(row["created"]).isoformat()

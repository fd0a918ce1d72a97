"""The web chat as a messenger: its updates are durable before they are acknowledged, its messages are pushed to
whoever looks and read from the database by whoever comes later."""

from __future__ import annotations

import asyncio

from bot.events import File, Incoming
from bot.messengers.base import Abilities, CannotFetch, Delivery
from bot.web.hub import Deleted, Hub, Shown, Stripped, Toasted, Working
from bot.web.updates import Blanked, Update, inbox_key, incoming, read_update
from handlers.message import Message
from signing.store.port import Store, Tx


class WebMessenger:
    """`base_url` is where the chat is served, without a slash at its end."""

    name = "web"
    abilities = Abilities()
    group_link = ""

    def __init__(self, store: Store, base_url: str, hub: Hub | None = None) -> None:
        self.hub = hub or Hub()
        self._store = store
        self._base_url = base_url.rstrip("/")

    def translate(self, payload: str) -> Incoming:
        return incoming(read_update(payload))

    async def fetch(self, file: File) -> bytes:
        """Never asked for: an upload lies in the blobs before its update is received."""
        raise CannotFetch("gone")

    async def deliver(self, delivery: Delivery) -> str:
        match delivery.op:
            case "send" | "edit" | "clear":
                assert delivery.message is not None
                return self._show(delivery, delivery.message)
            case "strip" if delivery.message is not None and delivery.message.rows:
                return self._show(delivery, delivery.message)
            case "strip":
                self.hub.push(delivery.address, Stripped(delivery.key))
                return delivery.key
            case "delete":
                await self._delete(delivery.address, delivery.reference)
            case "toast":
                self.hub.push(delivery.address, Toasted(delivery.acknowledge, delivery.text))
            case "action":
                self.hub.push(delivery.address, Working())
        return ""

    def invitation_link(self, token: str) -> str:
        return f"{self._base_url}/i/{token}"

    def _show(self, delivery: Delivery, message: Message) -> str:
        row = self._store.read(lambda tx: tx.get("messages", delivery.key))
        at = row["created"] if row else self._store.read(lambda tx: tx.now)
        self.hub.push(delivery.address, Shown(delivery.key, at, message))
        return delivery.key

    async def _delete(self, address: str, reference: str) -> None:
        """From the database first, so that no window opened from now on can show it."""
        await asyncio.wrap_future(self._store.submit(blank, address, reference))
        self.hub.push(address, Deleted(reference))


def blank(tx: Tx, address: str, reference: str) -> None:
    """Take the words out of a handled update; its id stays, so that it cannot come a second time."""
    empty = Update(reference, address, Blanked()).written()
    tx.run("blank_update", update=inbox_key(address, reference), payload=empty)

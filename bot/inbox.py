"""The inbox: an update is durable before it is acknowledged, and each is handled once, in its chat's order."""

from __future__ import annotations

import asyncio
from collections.abc import Mapping
from dataclasses import replace

from bot.bell import Bell
from bot.chats import chat_at
from bot.events import Fetched, File, Incoming
from bot.flight import Flight
from bot.hearing import Hearing
from bot.logs import logger
from bot.messengers.base import CannotFetch, Messenger, TryLater
from bot.watch import Watch, timed, unwatched
from handlers.message import Upload
from signing.store.blobs import Blobs
from signing.store.port import Reading, Row, Store, Tx

TRIES = 3
CHATS_AT_ONCE = 64
FETCH_AGAIN = (0.0, 2.0, 5.0, 10.0, 30.0)

log = logger(__name__)


class Inbox:
    """Takes updates in and has the conversations hear them."""

    def __init__(
        self,
        store: Store,
        messengers: Mapping[str, Messenger],
        hearing: Hearing,
        blobs: Blobs,
        bell: Bell,
        watch: Watch = unwatched,
    ) -> None:
        self._store = store
        self._watch = watch
        self._messengers = messengers
        self._hearing = hearing
        self._blobs = blobs
        self._bell = bell
        self._flight = Flight(bell, CHATS_AT_ONCE)

    async def receive(
        self, messenger: str, update: str, address: str, payload: str, language: str = ""
    ) -> bool:
        """Put an update into the inbox; when this returns it is durable. False if it was there already."""
        work = self._store.submit(receive, messenger, update, address, payload, language)
        new = await asyncio.wrap_future(work)
        self._bell.ring()
        return new

    async def step(self) -> bool:
        """Start on the oldest update of every chat that has one, and wait for news; False if there was none."""
        return await self._flight.step(self._start)

    async def _start(self) -> None:
        chats = self._store.read(lambda tx: tx.find("open_chats", limit=CHATS_AT_ONCE))
        for chat in [row["chat"] for row in chats if row["chat"] not in self._flight]:
            self._flight.start(chat, self._handle(chat))

    async def _handle(self, chat: str) -> None:
        update = self._store.read(first_update, chat)
        if update is None:
            return
        try:
            with timed(self._watch, "update", update["messenger"]):
                incoming = await self._fetched(self._messengers[update["messenger"]], update["payload"])
                await asyncio.wrap_future(self._store.submit(self._hear, chat, update, incoming))
        except Exception as error:
            facts = {"update": update["number"], "error": type(error).__name__}
            log.error("update failed", **facts, exc_info=_traced(error))
            await asyncio.wrap_future(self._store.submit(self._failed, chat, update))
        self._bell.ring()

    async def _fetched(self, messenger: Messenger, payload: str) -> Incoming:
        incoming = messenger.translate(payload)
        if not isinstance(incoming.what, File):
            return incoming
        file = incoming.what
        upload = Upload("", file.name, file.mime, file.size, file.caption)
        try:
            data = await self._patiently(messenger, file)
        except CannotFetch as reason:
            return replace(incoming, what=Fetched(upload, refused=reason.reason))
        digest = await asyncio.to_thread(self._blobs.write, data)
        return replace(incoming, what=Fetched(replace(upload, digest=digest, size=len(data))))

    async def _patiently(self, messenger: Messenger, file: File) -> bytes:
        """Raises CannotFetch, also where the messenger could not be reached for a while."""
        for wait in FETCH_AGAIN:
            try:
                return await messenger.fetch(file)
            except TryLater as later:
                await asyncio.sleep(max(later.after, wait))
        raise CannotFetch("gone")

    def _hear(self, tx: Tx, chat: str, update: Row, incoming: Incoming) -> None:
        claimed = tx.claim_update(chat)
        if claimed is None or claimed["number"] != update["number"]:
            raise RuntimeError("another process handled this chat's update first")
        row = tx.get("chats", chat)
        assert row is not None
        if isinstance(incoming.what, Fetched) and incoming.what.upload.digest:
            self._blobs.register(tx, incoming.what.upload.digest, incoming.what.upload.mime)
        if self._hearing.hear(tx, row, incoming):
            tx.run("blank_inbox", number=claimed["number"], payload=incoming.blank)

    def _failed(self, tx: Tx, chat: str, update: Row) -> None:
        same = {"messenger": update["messenger"], "update": update["update_id"]}
        if not tx.run("count_update_attempt", **same) or update["attempt"] + 1 < TRIES:
            return
        tx.run("give_up_update", **same)
        row = tx.get("chats", chat)
        assert row is not None
        self._hearing.apologize(tx, row)


def receive(tx: Tx, messenger: str, update: str, address: str, payload: str, language: str) -> bool:
    """The inbox's transaction: the chat's row is made with its first update."""
    return tx.receive(messenger, update, chat_at(tx, messenger, address, language), payload)


def first_update(tx: Reading, chat: str) -> Row | None:
    found = tx.find("open_updates_of_chat", chat=chat)
    return found[0] if found else None


def _traced(error: Exception) -> Exception:
    """The error's traceback without its words, which may hold what a person wrote."""
    return RuntimeError(type(error).__name__).with_traceback(error.__traceback__)

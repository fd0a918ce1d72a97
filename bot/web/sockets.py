"""The WebSocket of a pane: its history first, then what happens; an update is answered when it is durable."""

from __future__ import annotations

import asyncio

from aiohttp import WSMsgType, web

from bot.web.door import Door
from bot.web.frames import Frames
from bot.web.history import history
from bot.web.hub import Acked, Connection, Hub, Mine, Refused, Shown
from bot.web.pages import Pages
from bot.web.panes import Pane, find_pane, identity_of
from bot.web.updates import BadFrame, Frame, Gone, Said, SharedPhone, Tapped, Typed, Update, read_frame
from bot.web.visitors import language_of
from signing.identity.providers.sandbox import SandboxRegister
from signing.store.port import Reading, Row, Store

FRAME_BYTES = 64 * 1024
HEARTBEAT_SECONDS = 20.0
NO_SUCH_PANE = 4404


class Sockets:
    """Opens the sockets of panes."""

    def __init__(self, store: Store, hub: Hub, door: Door, pages: Pages, register: SandboxRegister) -> None:
        self._store = store
        self._hub = hub
        self._door = door
        self._pages = pages
        self._register = register

    async def open(self, request: web.Request) -> web.WebSocketResponse:
        socket = web.WebSocketResponse(heartbeat=HEARTBEAT_SECONDS, max_msg_size=FRAME_BYTES)
        await socket.prepare(request)
        pane = self._store.read(find_pane, request.query.get("address", ""))
        if pane is None:
            await socket.close(code=NO_SUCH_PANE)
            return socket
        frames = Frames(self._pages, pane, language_of(request))
        connection = Connection(pane.address, pane.phone)
        self._hub.add(connection)
        try:
            await self._talk(socket, connection, frames)
        finally:
            self._hub.remove(connection)
        return socket

    async def _talk(self, socket: web.WebSocketResponse, connection: Connection, frames: Frames) -> None:
        """What happens while the history is read waits in the connection, so that nothing falls between."""
        items, texts = await asyncio.to_thread(self._store.read, _past, frames.pane)
        connection.texts.update(row["id"] for row in texts)
        await socket.send_json(frames.hello(identity_of(frames.pane, self._register), items, texts))
        writer = asyncio.create_task(_write(socket, connection, frames))
        try:
            async for message in socket:
                if message.type == WSMsgType.TEXT:
                    await self._hear(connection, message.data, frames)
        finally:
            writer.cancel()

    async def _hear(self, connection: Connection, text: str, frames: Frames) -> None:
        try:
            frame = read_frame(text)
        except BadFrame as bad:
            connection.push(Refused(bad.id))
            return
        said = _said(frame, frames.pane)
        await self._door.take_in(Update(frame.id, frames.pane.address, said, frames.language))
        connection.push(Acked(frame.id))


async def _write(socket: web.WebSocketResponse, connection: Connection, frames: Frames) -> None:
    while (event := await connection.events.get()) is not None:
        await socket.send_json(frames.event(event))
    await socket.close()


def _past(tx: Reading, pane: Pane) -> tuple[list[Shown | Mine], list[Row]]:
    return history(tx, pane.chat), tx.find("texts_of_phone", phone=pane.phone)


def _said(frame: Frame, pane: Pane) -> Said:
    """The phone number is the pane's own, whatever the browser says."""
    if frame.contact:
        return SharedPhone(pane.phone, pane.name)
    if frame.tap:
        return Tapped(frame.tap, frame.message)
    return Gone() if frame.left else Typed(frame.text)

"""Files from a browser: into the blobs first, then an update that names them, so that no digest comes from outside."""

from __future__ import annotations

import asyncio
import re
from dataclasses import dataclass
from pathlib import PurePosixPath
from typing import Annotated

from aiohttp import BodyPartReader, web
from pydantic import Field, TypeAdapter, ValidationError
from pydantic.dataclasses import dataclass as checked

from bot.web.door import Door
from bot.web.updates import Sent, Update, is_update_id
from bot.web.visitors import language_of, pane_of
from handlers.message import Upload
from signing.store.blobs import Blobs
from signing.store.port import Store

LIMIT_BYTES = 25 * 1024 * 1024
ABOUT_BYTES = 16 * 1024
NAME_CHARS = 150
MIME = re.compile(r"[\w.+-]{1,60}/[\w.+-]{1,60}")
UNSEEN = re.compile("[\x00-\x1f\x7f\u202a-\u202e\u2066-\u2069\u200b-\u200f\u2060\ufeff]")


@checked(frozen=True, slots=True)
class About:
    """The first part of an upload, JSON: what the browser says of the file. A file over the limit is not sent."""

    name: Annotated[str, Field(max_length=1000)] = ""
    size: Annotated[int, Field(ge=0)] = 0
    caption: Annotated[str, Field(max_length=1024)] = ""


@dataclass(frozen=True, slots=True)
class Body:
    """`data` is None where the file was too large."""

    about: About
    mime: str
    data: bytes | None


class TooLarge(Exception):
    """A part went over its limit."""


class Uploads:
    """Takes files in; one that is too large is an update too, so that the chat says so."""

    def __init__(self, store: Store, blobs: Blobs, door: Door, limit: int = LIMIT_BYTES) -> None:
        self._store = store
        self._blobs = blobs
        self._door = door
        self._limit = limit

    async def post(self, request: web.Request) -> web.Response:
        pane, key = pane_of(self._store, request), request.query.get("id", "")
        if not is_update_id(key) or request.content_type != "multipart/form-data":
            raise web.HTTPBadRequest(text="An upload is multipart/form-data and has an id.\n")
        said = await self._said(await self._read(request))
        await self._door.take_in(Update(key, pane.address, said, language_of(request)))
        return web.json_response({"ack": key})

    async def _said(self, body: Body) -> Sent:
        upload = Upload("", clean_name(body.about.name), body.mime, body.about.size, body.about.caption)
        if body.data is None:
            return Sent(upload, refused="too-large")
        digest = await asyncio.to_thread(self._blobs.write, body.data)
        return Sent(Upload(digest, upload.name, upload.mime, len(body.data), upload.caption))

    async def _read(self, request: web.Request) -> Body:
        try:
            reader = await request.multipart()
            about = _about(await _limited(await reader.next(), ABOUT_BYTES))
            if max(about.size, (request.content_length or 0) - ABOUT_BYTES) > self._limit:
                return Body(about, "", None)
            return await self._file(about, await reader.next())
        except (ValueError, TooLarge):
            raise web.HTTPBadRequest(text="This upload cannot be read.\n") from None

    async def _file(self, about: About, part: object) -> Body:
        mime = _mime(part)
        try:
            return Body(about, mime, await _limited(part, self._limit))
        except TooLarge:
            return Body(about, mime, None)


def clean_name(name: str) -> str:
    """A file's last name without what cannot be seen or turns the line around, and not too long."""
    last = PurePosixPath(UNSEEN.sub("", name).replace("\\", "/")).name
    return last if len(last) <= NAME_CHARS else f"{last[: NAME_CHARS - 20]}…{last[-19:]}"


def _about(data: bytes) -> About:
    try:
        return TypeAdapter(About).validate_json(data)
    except ValidationError:
        raise ValueError("not an about part") from None


def _mime(part: object) -> str:
    said = part.headers.get("Content-Type", "") if isinstance(part, BodyPartReader) else ""
    return said if MIME.fullmatch(said) else "application/octet-stream"


async def _limited(part: object, limit: int) -> bytes:
    """A part's bytes. Raises ValueError where there is no such part, TooLarge."""
    if not isinstance(part, BodyPartReader):
        raise ValueError("a part is missing")
    data = bytearray()
    while chunk := await part.read_chunk():
        data += chunk
        if len(data) > limit:
            raise TooLarge
    return bytes(data)

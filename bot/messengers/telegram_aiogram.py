"""Telegram through aiogram 3: the wire, and a router for mounting into a bot that exists already."""

from __future__ import annotations

import asyncio
import json
from collections.abc import Mapping
from io import BytesIO
from pathlib import Path
from typing import Any, cast

from aiogram import Bot, Router
from aiogram.client.session.aiohttp import AiohttpSession
from aiogram.client.telegram import PRODUCTION, TelegramAPIServer
from aiogram.dispatcher.event.bases import SkipHandler
from aiogram.exceptions import (
    AiogramError,
    TelegramAPIError,
    TelegramBadRequest,
    TelegramConflictError,
    TelegramEntityTooLarge,
    TelegramForbiddenError,
    TelegramNetworkError,
    TelegramNotFound,
    TelegramRetryAfter,
    TelegramServerError,
    TelegramUnauthorizedError,
)
from aiogram.methods import TelegramMethod
from aiogram.types import BufferedInputFile, ChatMemberUpdated, InlineQuery, TelegramObject, Update
from aiohttp import ClientError
from pydantic import PrivateAttr

from bot.assistant import Assistant
from bot.messengers.telegram_api import NoAnswer, Refused, with_files
from bot.messengers.telegram_claims import Claims
from bot.messengers.telegram_inline import Inline
from bot.messengers.telegram_reception import Door, take_in
from handlers.chat import dialogue

STATUSES: dict[type[TelegramAPIError], int] = {
    TelegramBadRequest: 400,
    TelegramUnauthorizedError: 401,
    TelegramForbiddenError: 403,
    TelegramNotFound: 404,
    TelegramConflictError: 409,
    TelegramEntityTooLarge: 413,
    TelegramServerError: 500,
}


class AnyMethod(TelegramMethod[Any]):
    """A Bot API method by its name, whose result stays the JSON that it was."""

    __returning__ = Any
    _method: str = PrivateAttr()

    def __init__(self, method: str, fields: Mapping[str, Any]) -> None:
        super().__init__(**fields)
        self._method = method

    @property
    def __api_method__(self) -> str:  # type: ignore[override]
        return self._method


class AiogramTransport:
    """The wire through an aiogram `Bot`, which may be the host's own."""

    def __init__(self, bot: Bot) -> None:
        self.bot = bot

    @property
    def bot_id(self) -> str:
        return str(self.bot.id)

    async def open(self) -> None:
        """aiogram connects with the first call."""

    async def call(self, method: str, fields: Mapping[str, Any], seconds: float = 60.0) -> Any:
        sendable = with_files(dict(fields), lambda file: BufferedInputFile(file.data, file.name))
        try:
            return await self.bot(AnyMethod(method, sendable), request_timeout=int(seconds))
        except TelegramRetryAfter as wait:
            raise Refused(429, wait.message, float(wait.retry_after)) from None
        except TelegramAPIError as error:
            raise _refused(error) from None
        except AiogramError:
            raise NoAnswer from None

    async def fetch(self, file: str, seconds: float = 120.0) -> bytes:
        path = (await self.call("getFile", {"file_id": file})).get("file_path", "")
        if path.startswith("/") and self.bot.session.api.base != PRODUCTION.base:
            return await asyncio.to_thread(Path(path).read_bytes)
        try:
            found = await self.bot.download_file(path, BytesIO(), timeout=int(seconds))
        except (ClientError, TimeoutError):
            raise NoAnswer from None
        return cast(BytesIO, found).getvalue()

    async def close(self) -> None:
        await self.bot.session.close()


def _refused(error: TelegramAPIError) -> Refused | NoAnswer:
    for kind, status in STATUSES.items():
        if isinstance(error, kind):
            return Refused(status, error.message)
    return NoAnswer() if isinstance(error, TelegramNetworkError) else Refused(400, error.message)


def connect(token: str, api: str = "") -> AiogramTransport:
    """A bot of our own. `api` is the address of another Bot API server than Telegram's; files on its disk are ours."""
    server = TelegramAPIServer.from_base(api) if api else PRODUCTION
    return AiogramTransport(Bot(token, session=AiohttpSession(api=server)))


def router(assistant: Assistant, inline: Inline | None = None) -> Router:
    """A router that takes what belongs to the assistant and leaves the rest to the host's other routers.

    Include it before them. An update of ours is durable when the handler returns. With `inline`, inline queries of
    somebody who has an invitation to pass on are ours, too.
    """
    claims, door = Claims(assistant.store, dialogue), Door()

    async def ours(_: TelegramObject, event_update: Update) -> bool:
        return claims.takes(plain(event_update))

    async def take(event: TelegramObject, event_update: Update, bot: Bot) -> None:
        around = await take_in(assistant.inbox.receive, str(bot.id), plain(event_update))
        if around is not None:
            await door.greet(AiogramTransport(bot), around)
        if isinstance(event, ChatMemberUpdated):
            raise SkipHandler

    made = Router(name="sealbot")
    for observer in (made.message, made.callback_query, made.my_chat_member):
        observer.register(take, ours)
    if inline is not None:
        _offer(made, inline)
    return made


def _offer(made: Router, inline: Inline) -> None:
    async def something(query: InlineQuery, event_update: Update) -> bool | dict[str, Any]:
        offered = await inline.offered(plain(event_update)["inline_query"])
        return {"offered": offered} if offered["results"] else False

    async def hand(query: InlineQuery, bot: Bot, offered: dict[str, Any]) -> None:
        await inline.hand(AiogramTransport(bot), offered)

    made.inline_query.register(hand, something)


def plain(update: Update) -> dict[str, Any]:
    """The update as the Bot API wrote it."""
    written: dict[str, Any] = json.loads(
        update.model_dump_json(by_alias=True, exclude_unset=True, warnings=False)
    )
    return written

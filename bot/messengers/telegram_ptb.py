"""Telegram through python-telegram-bot 22: the wire, and handlers for mounting into a bot that exists already."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import timedelta
from typing import Any

from telegram import Bot, InputFile, InputMedia, InputMediaDocument, InputMediaPhoto, Update
from telegram.error import (
    BadRequest,
    ChatMigrated,
    Conflict,
    EndPointNotFound,
    Forbidden,
    InvalidToken,
    RetryAfter,
    TelegramError,
)
from telegram.ext import ApplicationHandlerStop, BaseHandler, CallbackContext, InlineQueryHandler
from telegram.request import HTTPXRequest

from bot.assistant import Assistant
from bot.messengers.telegram_api import CLOUD, Bytes, NoAnswer, Refused, with_files
from bot.messengers.telegram_claims import Claims
from bot.messengers.telegram_inline import Inline
from bot.messengers.telegram_reception import Door, take_in
from handlers.chat import dialogue

STATUSES: dict[type[TelegramError], int] = {
    BadRequest: 400,
    ChatMigrated: 400,
    InvalidToken: 401,
    Forbidden: 403,
    EndPointNotFound: 404,
    Conflict: 409,
}
CONNECTIONS = 64


class PtbTransport:
    """The wire through a python-telegram-bot `Bot`, which may be the host's own and must be initialized."""

    def __init__(self, bot: Bot) -> None:
        self.bot = bot

    @property
    def bot_id(self) -> str:
        return self.bot.token.partition(":")[0]

    async def open(self) -> None:
        try:
            await self.bot.initialize()
        except TelegramError as error:
            raise _refused(error) from None

    async def call(self, method: str, fields: Mapping[str, Any], seconds: float = 60.0) -> Any:
        """Bot API methods are case-insensitive; with a capital they are not taken for the bot's own Python methods."""
        files: dict[str, InputFile] = {}
        sendable = with_files(dict(fields), lambda file: _attached(files, file))
        if "media" in sendable:
            media = sendable["media"]
            sendable["media"] = [_item(**e) for e in media] if isinstance(media, list) else _item(**media)
        name = method[0].upper() + method[1:]
        try:
            return await self.bot.do_api_request(
                name,
                {**sendable, **files},
                read_timeout=seconds,
                write_timeout=seconds,
                pool_timeout=seconds,
            )
        except TelegramError as error:
            raise _refused(error) from None

    async def fetch(self, file: str, seconds: float = 120.0) -> bytes:
        try:
            found = await self.bot.get_file(file)
            return bytes(await found.download_as_bytearray(read_timeout=seconds))
        except TelegramError as error:
            raise _refused(error) from None

    async def close(self) -> None:
        await self.bot.shutdown()


def _attached(files: dict[str, InputFile], file: Bytes) -> str:
    name = f"file{len(files)}"
    files[name] = InputFile(file.data, filename=file.name, attach=False)
    return f"attach://{name}"


def _item(
    type: str, media: str, caption: str = "", has_spoiler: bool = False, parse_mode: str | None = None
) -> InputMedia:
    """Media of a message is the one thing that the library wants in its own words."""
    if type == "photo":
        return InputMediaPhoto(
            media, caption=caption or None, has_spoiler=has_spoiler or None, parse_mode=parse_mode
        )
    return InputMediaDocument(media, caption=caption or None)


def _refused(error: TelegramError) -> Refused | NoAnswer:
    if isinstance(error, RetryAfter):
        wait = error.retry_after
        return Refused(429, "", wait.total_seconds() if isinstance(wait, timedelta) else float(wait))
    for kind, status in STATUSES.items():
        if isinstance(error, kind):
            return Refused(status, error.message)
    if "Entity Too Large" in error.message:
        return Refused(413, error.message)
    return NoAnswer()


def connect(token: str, api: str = "") -> PtbTransport:
    """A bot of our own. `api` is the address of another Bot API server than Telegram's; files on its disk are ours."""
    base = api or CLOUD
    requests = [HTTPXRequest(connection_pool_size=CONNECTIONS) for _ in range(2)]
    return PtbTransport(
        Bot(
            token,
            base_url=f"{base}/bot",
            base_file_url=f"{base}/file/bot",
            request=requests[0],
            get_updates_request=requests[1],
        )
    )


class Ours(BaseHandler[Update, CallbackContext[Any, Any, Any, Any], None]):
    """Takes what belongs to the assistant; the application's other handlers never see that."""

    def __init__(self, assistant: Assistant) -> None:
        super().__init__(self._take, block=True)
        self._claims = Claims(assistant.store, dialogue)
        self._receive = assistant.inbox.receive
        self._door = Door()

    def check_update(self, update: object) -> bool:
        return isinstance(update, Update) and self._claims.takes(update.to_dict())

    async def _take(self, update: Update, context: CallbackContext[Any, Any, Any, Any]) -> None:
        transport = PtbTransport(context.bot)
        around = await take_in(self._receive, transport.bot_id, update.to_dict())
        if around is not None:
            await self._door.greet(transport, around)
        if not update.my_chat_member:
            raise ApplicationHandlerStop


class Passing(InlineQueryHandler[CallbackContext[Any, Any, Any, Any], None]):
    """Answers whoever has an invitation to pass on; everybody else's inline queries are the application's."""

    def __init__(self, inline: Inline) -> None:
        super().__init__(self._hand, block=True)
        self._inline = inline

    async def _hand(self, update: Update, context: CallbackContext[Any, Any, Any, Any]) -> None:
        offered = await self._inline.offered(update.to_dict()["inline_query"])
        if offered["results"]:
            await self._inline.hand(PtbTransport(context.bot), offered)
            raise ApplicationHandlerStop


def handlers(
    assistant: Assistant, inline: Inline | None = None
) -> list[BaseHandler[Update, CallbackContext[Any, Any, Any, Any], None]]:
    """Handlers that take what belongs to the assistant and leave the rest to the host's own.

    Add them in a group before the host's (`group=-1`). An update of ours is durable when the handler returns. With
    `inline`, inline queries of somebody who has an invitation to pass on are ours, too.
    """
    return [Ours(assistant), *([Passing(inline)] if inline else [])]

"""Telegram, whatever framework carries the calls: updates in, messages out, by the rules of the Bot API 10.0."""

from __future__ import annotations

import json
from collections import OrderedDict
from collections.abc import Mapping
from contextlib import suppress
from dataclasses import replace
from typing import Any

from bot.events import File, Incoming
from bot.messengers import telegram_updates
from bot.messengers.base import (
    Abilities,
    CannotFetch,
    Delivery,
    DeliveryError,
    Impossible,
    TryLater,
    Unreachable,
)
from bot.messengers.pace import Pace
from bot.messengers.stored import NotKept, StoredFiles
from bot.messengers.telegram_api import NoAnswer, Refused, Transport
from bot.messengers.telegram_errors import (
    SOON,
    NoPhoto,
    NotEditable,
    Settled,
    UnknownFile,
    UnreadMarkup,
    judged,
)
from bot.messengers.telegram_files import Files
from bot.messengers.telegram_render import (
    Call,
    as_documents,
    calls,
    edited,
    has_keyboard,
    in_plain_words,
    inline_keyboard,
    stored,
    with_pages,
)

NAME = "telegram"
MEGABYTE = 1_000_000
DOWNLOAD, UPLOAD, PHOTO = 20 * MEGABYTE, 50 * MEGABYTE, 10 * MEGABYTE
KEYBOARD = "k"
UNDER_WAY = 1000


class TelegramMessenger:
    """One bot. `username` is the bot's, for links; `download` and `upload` are the server's limits in bytes;
    `base_url` is where our own pages stand, which Telegram opens inside itself.

    A message's number is Telegram's `message_id`; one that carries a keyboard (which can't be edited) ends in `k`.
    """

    name = NAME
    abilities = Abilities(pages=False)

    def __init__(
        self,
        transport: Transport,
        files: StoredFiles,
        username: str,
        pace: Pace | None = None,
        download: int = DOWNLOAD,
        upload: int = UPLOAD,
        base_url: str = "",
    ) -> None:
        self.transport = transport
        self._files = Files(files, transport.bot_id, upload)
        self._username = username
        self.group_link = f"https://t.me/{username}?startgroup=board"
        self._pace = pace or Pace()
        self._download = download
        self._base_url = base_url
        self.abilities = replace(self.abilities, pages=base_url.startswith("https://"))
        self._sent: OrderedDict[str, list[list[int]]] = OrderedDict()
        self._keyboards: set[str] = set()

    def translate(self, payload: str) -> Incoming:
        return telegram_updates.translate(payload)

    def invitation_link(self, token: str) -> str:
        return f"https://t.me/{self._username}?start={token}"

    async def fetch(self, file: File) -> bytes:
        if file.size > self._download:
            raise CannotFetch("too-large")
        try:
            return await self.transport.fetch(file.reference)
        except Refused as refused:
            if refused.says("file is too big"):
                raise CannotFetch("too-large") from None
            if refused.status in (400, 404):
                raise CannotFetch("gone") from None
            raise judged(refused) from None
        except NoAnswer:
            raise TryLater(SOON) from None

    async def deliver(self, delivery: Delivery) -> str:
        chat = delivery.address
        if delivery.message is not None:
            delivery = replace(delivery, message=with_pages(delivery.message, self._base_url))
        match delivery.op:
            case "send":
                return await self._send(delivery)
            case "edit":
                return await self._edit(delivery)
            case "strip":
                return await self._strip(delivery)
            case "clear":
                for part in delivery.parts:
                    await self._quietly("deleteMessage", {"chat_id": chat, "message_id": int(part)})
                return delivery.reference
            case "delete":
                await self._delete(chat, int(delivery.reference))
            case "toast":
                await self._quietly("answerCallbackQuery", toast(delivery.acknowledge, delivery.text))
            case "action":
                await self._call("sendChatAction", {"chat_id": chat, "action": "typing"})
        return ""

    async def _delete(self, chat: str, message: int) -> None:
        """Raises NotDeleted."""
        await self._quietly("deleteMessage", {"chat_id": chat, "message_id": message})

    async def _send(self, delivery: Delivery) -> str:
        assert delivery.message is not None
        chat, message = delivery.address, delivery.message
        done = self._under_way(delivery.key)
        plan = calls(message, remove_keyboard=chat in self._keyboards)
        await self._show_upload(chat, plan[len(done)])
        try:
            for call in plan[len(done) :]:
                done.append(await self._said_if_kept(chat, call, done))
        except (Unreachable, Impossible):
            self._sent.pop(delivery.key, None)
            raise
        self._sent.pop(delivery.key, None)
        if not message.rows:
            self._keyboards.discard(chat)
        if message.pinned:
            await self._pin(chat, done[-1][0])
        parts = [f" {number}" for numbers in done[:-1] for number in numbers] if message.attachments else []
        return "".join([str(done[-1][0]), KEYBOARD if has_keyboard(message) else "", *parts])

    async def _pin(self, chat: str, message: int) -> None:
        """In a group only administrators may: where we are none, the card is just not pinned."""
        with suppress(DeliveryError):
            fields = {"chat_id": chat, "message_id": message, "disable_notification": True}
            await self._call("pinChatMessage", fields)

    async def _unpin(self, chat: str, message: int) -> None:
        with suppress(DeliveryError):
            await self._call("unpinChatMessage", {"chat_id": chat, "message_id": message})

    async def _show_upload(self, chat: str, call: Call) -> None:
        """What takes its time on the way is announced."""
        if kinds := {one.kind for one in stored(call.fields)}:
            with suppress(DeliveryError):
                action = {"chat_id": chat, "action": f"upload_{min(kinds)}"}
                await self._call("sendChatAction", action)

    def _under_way(self, key: str) -> list[list[int]]:
        """What was sent of this message before the server asked us to wait, so that it is not sent twice."""
        while len(self._sent) > UNDER_WAY:
            self._sent.popitem(last=False)
        return self._sent.setdefault(key, [])

    async def _said_if_kept(self, chat: str, call: Call, done: list[list[int]]) -> list[int]:
        """As `_said`; none for files that were erased meanwhile: the card still goes."""
        try:
            return await self._said(chat, call, done)
        except NotKept:
            return []

    async def _said(self, chat: str, call: Call, done: list[list[int]]) -> list[int]:
        """Send one part; the numbers of its messages."""
        fields = {"chat_id": chat, **call.fields}
        if call.card and any(done):
            fields["reply_parameters"] = {
                "message_id": next(filter(None, done))[0],
                "allow_sending_without_reply": True,
            }
        loaded = replace(call, fields=fields)
        try:
            result = await self._carried_out(loaded)
        except UnreadMarkup:
            result = await self._carried_out(replace(call, fields=in_plain_words(fields)))
        except NoPhoto:
            result = await self._carried_out(as_documents(loaded))
        sent = result if isinstance(result, list) else [result]
        return [int(each["message_id"]) for each in sent]

    async def _carried_out(self, call: Call) -> Any:
        """One call with its files; what Telegram calls them is kept, and tried next time."""
        try:
            result = await self._call(call.method, await self._files.loaded(call.fields), call.cost)
        except UnknownFile:
            anew = await self._files.loaded(call.fields, anew=True)
            result = await self._call(call.method, anew, call.cost)
        await self._files.learn(call.fields, result)
        return result

    async def _edit(self, delivery: Delivery) -> str:
        assert delivery.message is not None
        change = edited(delivery.message)
        if delivery.reference.endswith(KEYBOARD) or has_keyboard(delivery.message) or change is None:
            await self._strip(delivery)
            return await self._anew(delivery)
        fields = {"chat_id": delivery.address, "message_id": int(delivery.reference), **change.fields}
        try:
            await self._carried_out(Call(change.method, fields))
        except (NotEditable, NoPhoto, NotKept):
            return await self._anew(delivery)
        except UnreadMarkup:
            await self._carried_out(Call(change.method, in_plain_words(fields)))
        except Settled:
            pass
        return delivery.reference

    async def _anew(self, delivery: Delivery) -> str:
        """The card again, below; what was shown with it is still above."""
        assert delivery.message is not None
        kept = delivery.message.attachments if delivery.message.frame else ()
        return await self._send(replace(delivery, message=replace(delivery.message, attachments=kept)))

    async def _strip(self, delivery: Delivery) -> str:
        """Take buttons off; a keyboard goes with the next message that has room for saying so."""
        if delivery.reference.endswith(KEYBOARD):
            self._keyboards.add(delivery.address)
        elif delivery.reference:
            rows = delivery.message.rows if delivery.message and delivery.op == "strip" else ()
            place = {"chat_id": delivery.address, "message_id": int(delivery.reference)}
            await self._quietly(
                "editMessageReplyMarkup", {**place, "reply_markup": inline_keyboard(rows)}, cost=1
            )
            if delivery.message and delivery.message.pinned:
                await self._unpin(delivery.address, int(delivery.reference))
        return delivery.reference

    async def _quietly(self, method: str, fields: Mapping[str, Any], cost: int = 0) -> None:
        """A call whose purpose is fulfilled where there is nothing left to do."""
        with suppress(Settled, NotEditable):
            await self._call(method, fields, cost)

    async def _call(self, method: str, fields: Mapping[str, Any], cost: int = 0) -> Any:
        """Raises DeliveryError. `cost` messages wait for their turn; 0 is free."""
        try:
            if not cost:
                return await self.transport.call(method, fields)
            async with self._pace.turn(str(fields["chat_id"]), cost):
                return await self.transport.call(method, fields)
        except Refused as refused:
            raise judged(refused) from None
        except NoAnswer:
            raise TryLater(SOON) from None


def toast(query: str, text: str = "") -> dict[str, Any]:
    """The fields of answerCallbackQuery."""
    return {"callback_query_id": query, **({"text": text[:200]} if text else {})}


def written(update: Mapping[str, Any]) -> str:
    """An update as it lies in the inbox."""
    return json.dumps(update, ensure_ascii=False, separators=(",", ":"))

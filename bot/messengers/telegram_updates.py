"""From a Telegram update, as raw Bot API JSON, to the neutral event. Both frameworks share it.

Source: Bot API 10.0, types Update, Message, CallbackQuery, ChatMemberUpdated.
"""

from __future__ import annotations

import json
from collections.abc import Mapping
from dataclasses import asdict, dataclass
from typing import Any

from bot.events import Command, Fetched, File, Incoming, Left, Returned, Shared, Tap, Text, Unreadable, What
from handlers.message import Contact, Upload

Json = Mapping[str, Any]

ALLOWED = ["message", "callback_query", "my_chat_member", "inline_query"]
"""Edited messages are not asked for: what was answered stays answered."""

MEDIA = (
    "animation", "audio", "checklist", "dice", "game", "live_photo", "location", "paid_media", "poll",
    "sticker", "story", "venue", "video", "video_note", "voice",
)  # fmt: skip


PAGE = "page_upload"


class NotForUs(ValueError):
    """An update of a group or a channel, of another bot, or of a kind that says nothing to us."""


@dataclass(frozen=True, slots=True)
class Envelope:
    """Whose update it is, before anybody has looked inside. `address` is the private chat's number."""

    update: str
    address: str
    language: str
    tap: str = ""


def envelope(update: Json) -> Envelope:
    """Raises NotForUs: such an update is acknowledged and forgotten."""
    carrier, sender, chat = _carrier(update)
    if chat["type"] != "private" or sender.get("is_bot") or sender["id"] != chat["id"]:
        raise NotForUs
    what_of(update)
    tap = str(carrier["id"]) if "callback_query" in update else ""
    return Envelope(str(update["update_id"]), str(chat["id"]), sender.get("language_code", ""), tap)


def translate(payload: str) -> Incoming:
    """The neutral event of an update that has an envelope. Taps are answered at the door, so none is to acknowledge."""
    update = json.loads(payload)
    if PAGE in update:
        address, language, upload = update[PAGE]
        return Incoming(address, Fetched(Upload(**upload)), language=language)
    around = envelope(update)
    message = update.get("message", {})
    return Incoming(
        around.address,
        what_of(update),
        reference=str(message.get("message_id", "")),
        language=around.language,
        blank=_blank(update),
        album=str(message.get("media_group_id", "")),
    )


def page_upload(address: str, language: str, upload: Upload) -> str:
    """A file or an answer that came by a page of ours, as an update of the chat it was opened from."""
    return json.dumps({PAGE: [address, language, asdict(upload)]}, ensure_ascii=False)


def _carrier(update: Json) -> tuple[Json, Json, Json]:
    """The part that says something, who says it, and in which chat."""
    match update:
        case {"message": {"message_id": int()} as carrier} | {"my_chat_member": carrier}:
            where = carrier
        case {"callback_query": {"id": _, "from": sender, "message": {"chat": chat}} as carrier}:
            where = {"from": sender, "chat": chat}
        case _:
            raise NotForUs
    match where:
        case {"from": {"id": int()} as sender, "chat": {"id": int(), "type": str()} as chat}:
            return carrier, sender, chat
    raise NotForUs


def what_of(update: Json) -> What:
    """What the update says. Raises NotForUs, also for what does not have the Bot API's shape."""
    try:
        return _what(update)
    except (KeyError, TypeError, AttributeError):
        raise NotForUs from None


def _what(update: Json) -> What:
    match update:
        case {"message": message}:
            return _said(message)
        case {"callback_query": {"data": str(data), "message": {"message_id": number}}}:
            return Tap(data, str(number))
        case {"my_chat_member": {"new_chat_member": {"status": "kicked"}}}:
            return Left()
        case {"my_chat_member": {"new_chat_member": {"status": "member"}}}:
            return Returned()
    raise NotForUs


def _said(message: Json) -> What:
    match message:
        case {"text": str(text)}:
            return _typed(text)
        case {"contact": contact}:
            return Shared(_contact(message, contact))
        case {"photo": [_, *_] as sizes}:
            best = max(sizes, key=lambda size: size["width"] * size["height"])
            return _file(message, best, "photo.jpg", "image/jpeg")
        case _ if any(kind in message for kind in MEDIA):
            return Unreadable()
        case {"document": document}:
            name, mime = document.get("file_name", ""), document.get("mime_type", "")
            return _file(message, document, name or "file", mime or "application/octet-stream")
    raise NotForUs


def _typed(text: str) -> Text | Command:
    if not text.startswith("/"):
        return Text(text)
    name, *rest = text[1:].split(maxsplit=1) or [""]
    return Command(name.partition("@")[0].lower(), "".join(rest).strip())


def _contact(message: Json, card: Json) -> Contact:
    """Anybody's card can be sent; only the server sets `user_id`, and a forwarded card proves nothing."""
    own = card.get("user_id") == message["from"]["id"] and "forward_origin" not in message
    phone = "+" + card.get("phone_number", "").lstrip("+")
    return Contact(phone, own, f"{card.get('first_name', '')} {card.get('last_name', '')}".strip())


def _file(message: Json, file: Json, name: str, mime: str) -> File:
    return File(file["file_id"], name, mime, file.get("file_size", 0), message.get("caption", ""))


def _blank(update: Json) -> str:
    """What stays of an update that carried a secret: that it came."""
    return json.dumps({"update_id": update["update_id"]})

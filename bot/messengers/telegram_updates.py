"""From a Telegram update, as raw Bot API JSON, to the neutral event. Both frameworks share it.

Source: Bot API 10.0, types Update, Message, CallbackQuery, ChatMemberUpdated.
"""

from __future__ import annotations

import json
from collections.abc import Mapping
from dataclasses import asdict, dataclass
from typing import Any

from bot.events import (
    Command,
    Fetched,
    File,
    Incoming,
    Joined,
    Left,
    Moved,
    Returned,
    Shared,
    Summons,
    Tap,
    Text,
    Unreadable,
    What,
)
from handlers.message import Contact, Upload

Json = Mapping[str, Any]

ALLOWED = ["message", "callback_query", "my_chat_member", "inline_query"]
"""Edited messages are not asked for: what was answered stays answered."""

MEDIA = (
    "animation", "audio", "checklist", "dice", "game", "live_photo", "location", "paid_media", "poll",
    "sticker", "story", "venue", "video", "video_note", "voice",
)  # fmt: skip


PAGE = "page_upload"


GROUPS = ("group", "supergroup")
OUT = ("left", "kicked")
BOARD = ">board"
"""The data of the button by which a group asks for a board."""


class NotForUs(ValueError):
    """An update of a channel, of another bot, or of a kind that says nothing to us; in a group, all but the board."""


@dataclass(frozen=True, slots=True)
class Envelope:
    """Whose update it is, before anybody has looked inside. `address` is the number of the private chat, or of the
    group where it is about the group itself; `group` that of a group in which a private person asks for something.
    `tap` is the tap to answer, `file` the message that brought a file."""

    update: str
    address: str
    language: str
    tap: str = ""
    file: str = ""
    group: str = ""


def envelope(update: Json) -> Envelope:
    """Raises NotForUs: such an update is acknowledged and forgotten."""
    carrier, sender, chat = _carrier(update)
    what = what_of(update)
    itself = isinstance(what, Joined | Moved) or (isinstance(what, Left) and chat["type"] in GROUPS)
    if not itself and (sender.get("is_bot") or "sender_chat" in carrier):
        raise NotForUs
    if chat["type"] == "private" and sender["id"] != chat["id"]:
        raise NotForUs
    return Envelope(
        update=str(update["update_id"]),
        address=str(chat["id"] if itself else sender["id"]),
        language=sender.get("language_code", ""),
        tap=str(carrier["id"]) if "callback_query" in update else "",
        file=str(carrier["message_id"]) if isinstance(what, File) else "",
        group=what.group if isinstance(what, Summons) else "",
    )


def addressed_elsewhere(update: Json, username: str) -> bool:
    """Whether a command in a group names another bot than the one with this username."""
    words = str(update.get("message", {}).get("text", "")).split(maxsplit=1) or [""]
    command, _, name = words[0].partition("@")
    return bool(command.startswith("/") and name and name.lower() != username.lower())


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
        kind = _carrier(update)[2]["type"]
        if kind not in ("private", *GROUPS):
            raise NotForUs
        return _what(update) if kind == "private" else _in_group(update)
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


def _in_group(update: Json) -> What:
    """Asking for the board, and what becomes of the group; whatever else people say there is theirs."""
    match update:
        case {"message": {"migrate_to_chat_id": int(address)}}:
            return Moved(str(address))
        case {"message": {"text": str(text), "chat": {"id": group}}}:
            if _typed(text) in (Command("board"), Command("start", "board")):
                return Summons(str(group))
        case {"callback_query": {"data": str(data), "message": {"chat": {"id": group}}}} if data == BOARD:
            return Summons(str(group))
        case {"my_chat_member": {"old_chat_member": {"status": old}, "new_chat_member": {"status": new}}}:
            was, is_ = old not in OUT, new not in OUT
            if was != is_:
                return Joined() if is_ else Left()
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

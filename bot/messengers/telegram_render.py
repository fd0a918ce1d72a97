"""From a message to Bot API calls: pictures and documents first, then the card as a reply below them.

Source: Bot API 10.0, sendMessage, sendPhoto, sendDocument, sendMediaGroup (2-10 items, one kind, no buttons),
InlineKeyboardButton (callback_data 1-64 bytes), ReplyKeyboardMarkup.
"""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterator, Sequence
from dataclasses import dataclass, replace
from itertools import groupby
from typing import Any

from bot.messengers.telegram_text import CAPTION_CHARS, file_name, pieces, plain, shortened, units
from bot.web.session_page import page_address
from handlers.message import Attachment, Button, Message

ALBUM = 10
STYLES = {"plain": {}, "primary": {"style": "primary"}, "danger": {"style": "danger"}}
REMOVED_KEYBOARD = {"remove_keyboard": True}
NO_PREVIEW = {"is_disabled": True}
"""A preview robot must never open a link that can be used once."""

Fields = dict[str, Any]


@dataclass(frozen=True, slots=True)
class Stored:
    """Stands in a call's fields for a stored file, until it is read from the blobs."""

    digest: str
    name: str
    kind: str = "document"
    meant_for_others: bool = False


@dataclass(frozen=True, slots=True)
class Call:
    """One Bot API call. `cost` is how many messages it makes; a `card` replies to the first call's message."""

    method: str
    fields: Fields
    cost: int = 1
    card: bool = False


def with_pages(message: Message, base_url: str) -> Message:
    """The message with its pages' addresses; without their buttons where Telegram would not open them (no https)."""
    if not any(button.page for button in message.buttons):
        return message
    opens = base_url.startswith("https://")
    rows = (
        tuple(_with_page(each, base_url) for each in row if opens or not each.page) for row in message.rows
    )
    return replace(message, rows=tuple(row for row in rows if row))


def _with_page(button: Button, base_url: str) -> Button:
    return replace(button, url=base_url + page_address(button.page)) if button.page else button


def has_keyboard(message: Message) -> bool:
    """Whether the card asks for the person's own number, which takes a keyboard instead of buttons under the card."""
    return any(button.contact for button in message.buttons)


def calls(message: Message, *, remove_keyboard: bool = False) -> list[Call]:
    """What sends a message. The last call is its card."""
    silent: Fields = {"disable_notification": True} if message.silent else {}
    if is_framed(message):
        return [Call("sendPhoto", {**_framed(message, "photo"), **silent})]
    shown = [
        Call(call.method, {**call.fields, **silent}, call.cost) for call in attached(message.attachments)
    ]
    *before, last = pieces(message.text or "…")
    markup = _markup(message) or (REMOVED_KEYBOARD if remove_keyboard else None)
    texts = [
        Call("sendMessage", {**text_fields(text), **silent}, card=not at) for at, text in enumerate(before)
    ]
    card = {**text_fields(last), **silent, **({"reply_markup": markup} if markup else {})}
    return [*shown, *texts, Call("sendMessage", card, card=not before)]


def edited(message: Message) -> Call | None:
    """What edits a message; None where the new text does not fit into one message."""
    if is_framed(message):
        fields = _framed(message, "media")
        markup = fields.pop("reply_markup")
        return Call("editMessageMedia", {"media": {"type": "photo", **fields}, "reply_markup": markup})
    text, *more = pieces(message.text or "…")
    fields = {**text_fields(text), "reply_markup": inline_keyboard(message.rows)}
    return None if more else Call("editMessageText", fields)


def is_framed(message: Message) -> bool:
    """Whether picture and words are one message here: a caption is shorter than a text."""
    return (
        message.frame is not None
        and not has_keyboard(message)
        and units(plain(message.text)) <= CAPTION_CHARS
    )


def _framed(message: Message, field: str) -> Fields:
    assert message.frame is not None
    words = {"caption": message.text or "…", "parse_mode": "HTML"}
    return {field: _stored(message.frame), **words, "reply_markup": inline_keyboard(message.rows)}


def in_plain_words(fields: Fields) -> Fields:
    """The same message without markup, for the case that Telegram does not read ours."""
    if "media" in fields:
        return {**fields, "media": in_plain_words(fields["media"])}
    word = "text" if "text" in fields else "caption"
    bare = {name: value for name, value in fields.items() if name != "parse_mode"}
    return {**bare, word: plain(fields[word])}


def attached(attachments: Sequence[Attachment]) -> Iterator[Call]:
    """Pictures in albums, documents in albums of their own, in the order given."""
    for is_picture, run in groupby(attachments, key=lambda each: each.is_picture):
        kind, group = ("photo" if is_picture else "document"), list(run)
        for start in range(0, len(group), ALBUM):
            yield _album(kind, group[start : start + ALBUM])


def as_documents(call: Call) -> Call:
    """The same pictures as files, for those that Telegram does not take as photos."""
    if call.method == "sendPhoto":
        fields = {name: value for name, value in call.fields.items() if name != "photo"}
        return Call("sendDocument", {**fields, "document": _as_document(call.fields["photo"])}, call.cost)
    media = [{**e, "type": "document", "media": _as_document(e["media"])} for e in call.fields["media"]]
    return Call(call.method, {**call.fields, "media": media}, call.cost)


def _as_document(file: Stored) -> Stored:
    return replace(file, kind="document")


def stored(value: Any) -> Iterator[Stored]:
    """The stored files that a call's fields name."""
    match value:
        case Stored():
            yield value
        case dict():
            for each in value.values():
                yield from stored(each)
        case list():
            for each in value:
                yield from stored(each)


def filled(fields: Fields, put: Callable[[Stored], Any], personal: Collection[str]) -> Fields:
    """The fields with the files put in; photos whose digest is `personal` are covered and protected."""
    protected = any(one.digest in personal for one in _photos(fields))
    return {**_filled(fields, put, personal), **({"protect_content": True} if protected else {})}


def _photos(fields: Fields) -> Iterator[Stored]:
    if "photo" in fields:
        yield fields["photo"]
    media = fields.get("media", ())
    items = media if isinstance(media, list) else ()
    yield from (item["media"] for item in items if item["type"] == "photo")


def _filled(value: Any, put: Callable[[Stored], Any], personal: Collection[str]) -> Any:
    match value:
        case Stored():
            return put(value)
        case {"photo": Stored(digest)} | {"type": "photo", "media": Stored(digest)} if digest in personal:
            covered = {name: _filled(each, put, personal) for name, each in value.items()}
            return {**covered, "has_spoiler": True}
        case dict():
            return {name: _filled(each, put, personal) for name, each in value.items()}
        case list():
            return [_filled(each, put, personal) for each in value]
    return value


def _album(kind: str, group: Sequence[Attachment]) -> Call:
    if len(group) == 1:
        return Call(f"send{kind.capitalize()}", {kind: _stored(group[0]), **_caption(group[0])})
    media = [{"type": kind, "media": _stored(each), **_caption(each)} for each in group]
    return Call("sendMediaGroup", {"media": media}, cost=len(group))


def _stored(attachment: Attachment) -> Stored:
    kind = "photo" if attachment.is_picture else "document"
    return Stored(attachment.digest, file_name(attachment.name), kind, attachment.meant_for_others)


def _caption(attachment: Attachment) -> Fields:
    return {"caption": shortened(attachment.caption, CAPTION_CHARS)} if attachment.caption else {}


def text_fields(text: str) -> Fields:
    """A text in our markup, with previews off."""
    return {"text": text, "parse_mode": "HTML", "link_preview_options": NO_PREVIEW}


def _markup(message: Message) -> Fields | None:
    if has_keyboard(message):
        return _reply_keyboard(message.rows)
    return inline_keyboard(message.rows) if message.rows else None


def inline_keyboard(rows: Sequence[Sequence[Button]]) -> Fields:
    return {"inline_keyboard": [[_inline_button(button) for button in row] for row in rows]}


def _inline_button(button: Button) -> Fields:
    target: Fields = {"url": button.url} if button.url else {"callback_data": button.data}
    if button.page:
        target = {"web_app": {"url": button.url}}
    if button.share:
        target = {"switch_inline_query": button.share}
    return {"text": button.label, **target, **STYLES[button.style]}


def _reply_keyboard(rows: Sequence[Sequence[Button]]) -> Fields:
    """Telegram asks for a number by a keyboard only; the card's choices stand beside it and are typed by a tap."""
    keys = [[_key(button) for button in row if button.contact or button.data] for row in rows]
    return {"keyboard": [row for row in keys if row], "resize_keyboard": True, "one_time_keyboard": True}


def _key(button: Button) -> Fields:
    return {
        "text": button.label,
        **({"request_contact": True} if button.contact else {}),
        **STYLES[button.style],
    }

"""What each Bot API method takes, and what it refuses: fields, lengths, markup, buttons, files."""

from __future__ import annotations

import io
import json
import re
from dataclasses import dataclass, field
from typing import Any

from PIL import Image

from tests.telegram.fake_html import BadMarkup, parsed, units

SENDING = {"chat_id", "disable_notification", "protect_content", "reply_parameters", "reply_markup"}
TEXT = {"text", "parse_mode", "link_preview_options"}
CAPTION = {"caption", "parse_mode"}
METHODS: dict[str, tuple[set[str], set[str]]] = {
    "getMe": (set(), set()),
    "getUpdates": (set(), {"offset", "limit", "timeout", "allowed_updates"}),
    "setWebhook": ({"url"}, {"secret_token", "allowed_updates", "max_connections", "drop_pending_updates"}),
    "deleteWebhook": (set(), {"drop_pending_updates"}),
    "sendMessage": ({"chat_id", "text"}, SENDING | TEXT),
    "sendPhoto": ({"chat_id", "photo"}, SENDING | CAPTION | {"has_spoiler"}),
    "sendDocument": ({"chat_id", "document"}, SENDING | CAPTION),
    "sendMediaGroup": ({"chat_id", "media"}, SENDING - {"reply_markup"}),
    "editMessageText": ({"chat_id", "message_id", "text"}, TEXT | {"reply_markup"}),
    "editMessageMedia": ({"chat_id", "message_id", "media"}, {"reply_markup"}),
    "editMessageReplyMarkup": ({"chat_id", "message_id"}, {"reply_markup"}),
    "deleteMessage": ({"chat_id", "message_id"}, set()),
    "answerCallbackQuery": ({"callback_query_id"}, {"text", "show_alert"}),
    "answerInlineQuery": (
        {"inline_query_id", "results"},
        {"cache_time", "is_personal", "next_offset", "button"},
    ),
    "sendChatAction": ({"chat_id", "action"}, set()),
    "getFile": ({"file_id"}, set()),
    "setMyCommands": ({"commands"}, {"scope", "language_code"}),
    "deleteMyCommands": (set(), {"scope", "language_code"}),
    "setMessageReaction": ({"chat_id", "message_id"}, {"reaction"}),
    "pinChatMessage": ({"chat_id", "message_id"}, {"disable_notification"}),
    "unpinChatMessage": ({"chat_id"}, {"message_id"}),
    "setChatMenuButton": (set(), {"chat_id", "menu_button"}),
}
BY_LOWER_NAME = {name.lower(): name for name in METHODS}
ACTIONS = {"typing", "upload_photo", "upload_document"}
BUTTON = {"text", "style", "url", "callback_data", "web_app", "copy_text", "switch_inline_query"}
ARTICLE = {"type", "id", "title", "description", "input_message_content", "reply_markup"}
START_PARAMETER = re.compile(r"[A-Za-z0-9_-]{1,64}")


class Refusal(Exception):
    """The Bot API says no."""

    def __init__(self, description: str, status: int = 400, retry_after: int = 0) -> None:
        super().__init__(description)
        self.status = status
        self.description = description
        self.retry_after = retry_after


@dataclass
class Request:
    """One call as it came over the wire: form fields, JSON read where the Bot API reads JSON, and uploaded files."""

    method: str
    fields: dict[str, Any]
    files: dict[str, tuple[str, bytes]] = field(default_factory=dict)

    def file(self, reference: str) -> tuple[str, bytes]:
        """The uploaded file that a field means: `attach://name`, or the field's own name."""
        name = reference.removeprefix("attach://")
        if name not in self.files:
            raise Refusal("Bad Request: file must be non-empty")
        return self.files[name]


def read_json(text: str) -> Any:
    try:
        return json.loads(text)
    except ValueError:
        raise Refusal("Bad Request: can't parse JSON") from None


def check_fields(request: Request) -> None:
    """Stricter than the Bot API, which skips what it does not know."""
    required, optional = METHODS[request.method]
    given = set(request.fields) | {name for name in request.files if name in required}
    if missing := required - given:
        raise Refusal(f"Bad Request: {request.method} needs {sorted(missing)}")
    uploaded = {name for name in given if name in request.files}
    attached = {name for name, value in request.fields.items() if str(value).startswith("attach://")}
    if unknown := given - required - optional - uploaded - (attached & set(request.files)):
        raise Refusal(f"Bad Request: {request.method} knows no {sorted(unknown)}")


def check_text(request: Request, name: str, limit: int) -> str:
    """The words of a text or caption, as the person sees them."""
    text = str(request.fields.get(name, ""))
    mode = request.fields.get("parse_mode")
    if mode not in (None, "HTML"):
        raise Refusal("Bad Request: unsupported parse_mode")
    try:
        words = parsed(text) if mode else text
    except BadMarkup as bad:
        raise Refusal(f"Bad Request: {bad}") from None
    if name == "text" and not words.strip():
        raise Refusal("Bad Request: message text is empty")
    if units(words) > limit:
        raise Refusal(f"Bad Request: {'message' if name == 'text' else 'message caption'} is too long")
    return words


def check_markup(markup: Any) -> None:
    match markup:
        case None | {"remove_keyboard": True}:
            return
        case {"inline_keyboard": [*rows]}:
            _check_inline([button for row in rows for button in row])
        case {"keyboard": [*rows], **rest}:
            if set(rest) - {
                "resize_keyboard",
                "one_time_keyboard",
                "input_field_placeholder",
                "is_persistent",
            }:
                raise Refusal("Bad Request: unknown field of the keyboard")
            _check_keys([button for row in rows for button in row])
        case _:
            raise Refusal("Bad Request: object expected as reply markup")


def _check_inline(buttons: list[dict[str, Any]]) -> None:
    if len(buttons) > 100:
        raise Refusal("Bad Request: REPLY_MARKUP_TOO_LONG")
    for button in buttons:
        if set(button) - BUTTON or not button.get("text"):
            raise Refusal("Bad Request: can't parse inline keyboard button: Text must be non-empty")
        if len(set(button) - {"text", "style"}) != 1:
            raise Refusal("Bad Request: can't parse inline keyboard button: exactly one action must be given")
        if not 1 <= len(button.get("callback_data", "x").encode()) <= 64:
            raise Refusal("Bad Request: BUTTON_DATA_INVALID")
        if button.get("style", "primary") not in ("primary", "danger", "success"):
            raise Refusal("Bad Request: unsupported button style")


def _check_keys(buttons: list[dict[str, Any]]) -> None:
    for button in buttons:
        if set(button) - {"text", "request_contact", "style", "web_app"} or not button.get("text"):
            raise Refusal("Bad Request: can't parse keyboard button")


def check_results(results: Any) -> None:
    """At most 50 articles, each with a number of its own and words that can be sent."""
    if not isinstance(results, list) or len(results) > 50:
        raise Refusal("Bad Request: RESULTS_TOO_MUCH")
    if len({each["id"] for each in results}) < len(results):
        raise Refusal("Bad Request: RESULT_ID_DUPLICATE")
    for each in results:
        if set(each) - ARTICLE or each["type"] != "article" or not each["title"].strip():
            raise Refusal("Bad Request: can't parse inline query result")
        if not 1 <= len(each["id"].encode()) <= 64:
            raise Refusal("Bad Request: RESULT_ID_INVALID")
        content = Request("", each["input_message_content"])
        if set(content.fields) - {"message_text", "parse_mode", "link_preview_options"}:
            raise Refusal("Bad Request: can't parse input message content")
        if not check_text(content, "message_text", 4096).strip():
            raise Refusal("Bad Request: MESSAGE_EMPTY")
        check_markup(each.get("reply_markup"))


def check_results_button(button: Any) -> None:
    if button is None:
        return
    if (
        set(button) - {"text", "start_parameter", "web_app"}
        or len(set(button)) != 2
        or not button.get("text")
    ):
        raise Refusal("Bad Request: can't parse inline query results button")
    if not START_PARAMETER.fullmatch(button.get("start_parameter", "x")):
        raise Refusal("Bad Request: START_PARAM_INVALID")


def check_photo(data: bytes) -> tuple[int, int]:
    if len(data) > 10_000_000:
        raise Refusal("Bad Request: file is too big for a photo; the maximum size is 10 MB")
    try:
        with Image.open(io.BytesIO(data)) as picture:
            width, height = picture.size
    except OSError:
        raise Refusal("Bad Request: IMAGE_PROCESS_FAILED") from None
    if width + height > 10_000 or max(width, height) > 20 * min(width, height):
        raise Refusal("Bad Request: PHOTO_INVALID_DIMENSIONS")
    return width, height


def check_commands(commands: list[dict[str, str]]) -> None:
    for each in commands:
        name, words = each["command"], each["description"]
        if not (
            1 <= len(name) <= 32 and name.replace("_", "").isalnum() and name.islower() and name.isascii()
        ):
            raise Refusal("Bad Request: BOT_COMMAND_INVALID")
        if not 1 <= len(words) <= 256:
            raise Refusal("Bad Request: BOT_COMMAND_DESCRIPTION_INVALID")

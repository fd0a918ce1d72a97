"""What Telegram's refusals mean for a delivery. Its sentences are not documented; they are matched by their stable words."""

from __future__ import annotations

import logging

from bot.messengers.base import Impossible, NotDeleted, TryLater, Unreachable
from bot.messengers.telegram_api import Refused

SOON, LATER = 1.0, 60.0

GONE = (
    "chat not found",
    "user is deactivated",
    "bot was blocked",
    "can't initiate conversation",
    "PEER_ID_INVALID",
    "upgraded to a supergroup",
    "not enough rights to send",
    "CHAT_WRITE_FORBIDDEN",
)
NOT_EDITABLE = ("message to edit not found", "MESSAGE_ID_INVALID", "message can't be edited")
NO_PHOTO = (
    "PHOTO_INVALID_DIMENSIONS",
    "IMAGE_PROCESS_FAILED",
    "PHOTO_SAVE_FILE_INVALID",
    "too big for a photo",
)
NO_FILE = ("wrong file identifier", "wrong remote file identifier", "FILE_REFERENCE", "wrong type of file")
SETTLED = (
    "message to delete not found", "message is not modified",
    "query is too old", "query ID is invalid",
)  # fmt: skip

log = logging.getLogger(__name__)


class UnreadMarkup(Impossible):
    """Telegram does not read our markup."""


class NotEditable(Impossible):
    """The message is gone, or of a kind that can't be edited."""


class UnknownFile(Impossible):
    """Telegram does not know a file any more by the name that it gave it."""


class NoPhoto(Impossible):
    """The picture is none that Telegram takes as a photo."""


class Settled(Impossible):
    """There is nothing to do any more: what was asked for is so already, or can't be."""


def judged(refused: Refused) -> TryLater | Unreachable | Impossible:
    """What a refusal means for a delivery."""
    if refused.retry_after or refused.status == 429:
        return TryLater(refused.retry_after or SOON)
    if refused.status in (401, 404, 409):
        log.error("the bot's token is refused: %s", refused)
        return TryLater(LATER)
    if refused.status >= 500:
        return TryLater(SOON)
    if refused.status == 403 or refused.says(*GONE):
        return Unreachable(refused.description)
    return _kind(refused)(refused.description)


def _kind(refused: Refused) -> type[Impossible]:
    kinds = ((SETTLED, Settled), (NOT_EDITABLE, NotEditable), (("can't parse entities",), UnreadMarkup))
    others = ((NO_PHOTO, NoPhoto), (NO_FILE, UnknownFile), (("message can't be deleted",), NotDeleted))
    for words, kind in (*kinds, *others):
        if refused.says(*words):
            return kind
    return Impossible

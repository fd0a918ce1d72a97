"""What a pane shows when it is opened: both sides' messages in the order of time, and which files were among them."""

from __future__ import annotations

from dataclasses import dataclass

from bot.post import read_message
from bot.web.hub import Mine, Shown
from bot.web.updates import Sent, SharedPhone, Typed, Update, read_update
from signing.store.port import Reading

NEWEST = 300


@dataclass(frozen=True, slots=True)
class ShownFile:
    """A file that its chat has seen; `subject` is whose key it is sealed with, if it is."""

    digest: str
    name: str
    subject: str | None


def is_shown(update: Update) -> bool:
    """Taps, answers of pages and what was deleted leave no bubble."""
    said = update.said
    return isinstance(said, Typed | SharedPhone) or (isinstance(said, Sent) and not said.upload.page)


def history(tx: Reading, chat: str) -> list[Shown | Mine]:
    """The newest of both sides; a person's message comes before the answer of the same millisecond."""
    updates = tx.find("newest_updates_of_chat", chat=chat, limit=NEWEST)
    messages = tx.find("newest_messages_of_chat", chat=chat, limit=NEWEST)
    mine = [Mine(read_update(row["payload"]), row["received"]) for row in reversed(updates)]
    shown = [Shown(row["id"], row["created"], read_message(row["payload"])) for row in reversed(messages)]
    bubbles: list[Shown | Mine] = [one for one in mine if is_shown(one.update)]
    return sorted([*bubbles, *shown], key=lambda one: one.at)[-NEWEST:]


def shown_file(tx: Reading, chat: str, digest: str) -> ShownFile | None:
    """The file of this digest, if one of the chat's messages holds it."""
    row, names = tx.get("blobs", digest), {**_sent(tx, chat, digest), **_received(tx, chat, digest)}
    if digest not in names:
        return None
    return ShownFile(digest, names[digest], row["subject"] if row else None)


def _received(tx: Reading, chat: str, digest: str) -> dict[str, str]:
    rows = tx.find("messages_mentioning", chat=chat, pattern=f"%{digest}%")
    files = (file for row in rows for file in read_message(row["payload"]).attachments)
    return {file.digest: file.name for file in files}


def _sent(tx: Reading, chat: str, digest: str) -> dict[str, str]:
    rows = tx.find("updates_mentioning", chat=chat, pattern=f"%{digest}%")
    said = (read_update(row["payload"]).said for row in rows)
    return {
        one.upload.digest: one.upload.name for one in said if isinstance(one, Sent) and not one.upload.page
    }

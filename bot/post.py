"""Post: what the assistant says becomes rows, in the transaction that decided to say it."""

from __future__ import annotations

import html
import json
from collections.abc import Callable, Collection, Mapping, Sequence
from dataclasses import replace
from typing import Any

from pydantic import TypeAdapter

from bot.render import Renderer
from handlers.message import Attachment, Button, Message
from signing.ids import ChatId, PersonId, new_id
from signing.store.port import Reading, Row, Tx

MESSAGES = TypeAdapter(Message)
AT_ANY_TIME = ("private",)
"""Pages that answer no question."""


def written(message: Message) -> str:
    return MESSAGES.dump_json(message).decode()


def read_message(payload: str) -> Message:
    return MESSAGES.validate_json(payload)


class Post:
    """Puts messages, edits, deletions and toasts of a chat into the outbox, in order."""

    def __init__(self, renderer: Renderer) -> None:
        self.renderer = renderer

    def send(self, tx: Tx, chat: str, message: Message, *, conversation: str = "", edit: str = "") -> str:
        """Send a message, or put it in the place of `edit`; its id."""
        if edit and self._takes_its_place(tx, message, edit):
            return self._edit(tx, chat, message, edit)
        if edit:
            self.strip(tx, chat, edit)
        key = new_id("m", tx.now)
        row = {"id": key, "chat": chat, "conversation": conversation or None, "payload": written(message)}
        times = {"created": tx.now, "changed": tx.now}
        tx.insert("messages", {**row, **times, "ref": None, "buttons": int(bool(message.rows))})
        tx.send(chat, "send", key, written(message))
        return key

    def _takes_its_place(self, tx: Reading, message: Message, key: str) -> bool:
        """Words take the place of words, a framed picture that of a framed picture."""
        row = tx.get("messages", key)
        before = read_message(row["payload"]) if row else Message("")
        if message.frame or before.frame:
            return bool(message.frame and before.frame)
        return not message.attachments

    def _edit(self, tx: Tx, chat: str, message: Message, key: str) -> str:
        """The pictures that stood with the card stay with it."""
        row = tx.get("messages", key)
        if row is not None and not message.frame:
            message = replace(message, attachments=read_message(row["payload"]).attachments)
        changed = {"payload": written(message), "buttons": int(bool(message.rows)), "changed": tx.now}
        tx.change("messages", key, changed)
        tx.send(chat, "edit", key, written(message))
        return key

    def strip_conversation(self, tx: Tx, chat: str, conversation: str) -> None:
        """Take the buttons off a conversation's cards: a newer one follows."""
        for row in tx.find("cards_with_buttons", conversation=conversation):
            self.strip(tx, chat, row["id"])

    def rows_of(self, tx: Reading, key: str) -> tuple[tuple[Button, ...], ...]:
        """The buttons that a message has now."""
        row = tx.get("messages", key)
        return read_message(row["payload"]).rows if row else ()

    def retire(self, tx: Tx, chat: str, conversation: str, but: str = "") -> None:
        """Take off the buttons that only an ended conversation could have answered; those that begin one stay."""
        for row in tx.find("cards_with_buttons", conversation=conversation):
            if row["id"] != but:
                self.strip(tx, chat, row["id"], dead=f"{conversation}:")

    def strip(self, tx: Tx, chat: str, key: str, dead: str = "") -> None:
        """Take off a message's buttons, or those that open pages or whose data begins with `dead`."""
        row = tx.get("messages", key)
        if row is None or not row["buttons"]:
            return
        message = read_message(row["payload"])
        left = tuple(tuple(each for each in row if not _is_dead(each, dead)) for row in message.rows)
        rows = tuple(row for row in left if row) if dead else ()
        if rows != message.rows:
            bare = written(replace(message, rows=rows))
            tx.change("messages", key, {"payload": bare, "buttons": int(bool(rows)), "changed": tx.now})
            tx.send(chat, "strip", key, bare)

    def clear(self, tx: Tx, chat: str, key: str, digests: Collection[str]) -> None:
        """Take pictures away from a message, also where they were sent already; the card stays."""
        row = tx.get("messages", key)
        message = read_message(row["payload"]) if row else Message("")
        left = tuple(each for each in message.attachments if each.digest not in digests)
        if left != message.attachments:
            bare = written(replace(message, attachments=left))
            tx.change("messages", key, {"payload": bare, "changed": tx.now})
            tx.send(chat, "clear", key, bare)

    def close(self, tx: Tx, chat: str, state: str) -> None:
        """End a chat's conversations in a state (`parked`, `waiting`): what they had shown was shown to somebody with
        rights that are gone."""
        for row in tx.find("conversations_of_chat", chat=chat, state=state):
            self.retire(tx, chat, row["id"])
            tx.change("conversations", row["id"], {"state": "ended", "question": None, "changed": tx.now})
            tx.run("clear_journal", conversation=row["id"])

    def toast(self, tx: Tx, chat: str, acknowledge: str, text: str = "") -> None:
        """Answer a tap, with or without a word; silent where the messenger needs no answer."""
        if acknowledge:
            tx.send(chat, "toast", None, json.dumps({"acknowledge": acknowledge, "text": text}))

    def delete(self, tx: Tx, chat: str, reference: str) -> None:
        """Delete a message of the person's that carried a secret."""
        if reference:
            tx.send(chat, "delete", None, json.dumps({"reference": reference}))

    def working(self, tx: Tx, chat: str) -> None:
        """Show that something is being worked on."""
        tx.send(chat, "action", None, json.dumps({"action": "typing"}))

    def show(
        self,
        tx: Tx,
        chat: ChatId,
        name: str,
        context: Mapping[str, Any],
        edit: str = "",
        silent: bool = False,
        pinned: bool = False,
    ) -> str:
        """Say the block `name` in one chat, or put it in the place of the message `edit`; the message's id."""
        row = tx.get("chats", chat)
        assert row is not None
        said = self.renderer.message(row["language"], name, context)
        message = replace(said, silent=silent, pinned=pinned)
        return self.send(tx, chat, message, edit=edit)

    def tell(
        self,
        tx: Tx,
        person: PersonId,
        name: str,
        context: Mapping[str, Any],
        attachments: Sequence[Attachment] = (),
    ) -> None:
        """Say the block `name` to a person, in the chat that they used last and in its language."""
        for chat in chats_of(tx, person)[:1]:
            message = self.renderer.message(chat["language"], name, context, attachments=attachments)
            self.send(tx, chat["id"], message)

    def tell_everywhere(self, tx: Tx, person: PersonId, name: str, context: Mapping[str, Any]) -> None:
        """Say the block `name` in every chat of a person: what whoever holds another one must not miss."""
        for chat in chats_of(tx, person):
            self.show(tx, chat["id"], name, context)

    def plain(self, language: str, name: str, context: Mapping[str, Any]) -> str:
        """The block `name` as plain text, for what is printed."""
        return html.unescape(self.renderer.text(language, name, context))

    def words(self, template: str) -> Callable[[str, str, Mapping[str, Any]], str]:
        """The blocks of one template as plain text: a language, a block's name and its context make it."""
        return lambda language, block, context: self.plain(language, f"{template}.{block}", context)


def _is_dead(button: Button, dead: str) -> bool:
    """A page answers a question, as a choice does, but for those that take a file at any time."""
    page = button.page and button.page not in AT_ANY_TIME
    return bool(page) or (not button.page and button.data.startswith(dead))


def chats_of(tx: Reading, person: PersonId) -> list[Row]:
    """The chats in which a person can be reached, the one that was used last first."""
    return tx.find("chats_used_last", person=person)

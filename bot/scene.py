"""Where a turn takes place: the transaction, the chat, the conversation, and how things are said in it."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from bot.post import Post
from handlers.message import Attachment, Message
from signing.actor import Actor
from signing.errors import SigningError
from signing.ids import new_id
from signing.store.port import Row, Tx
from signing.store.vault import Vault


class SecretGone(SigningError):
    """A secret was consumed already, and what needs it again must be begun anew."""

    code = "secret-gone"


@dataclass(frozen=True, slots=True)
class Parts:
    """What every turn needs. `works` are the functions that `Chat.call` may name."""

    post: Post
    vault: Vault
    works: Mapping[str, Callable[..., Any]]


@dataclass(slots=True)
class Scene:
    """`card` is the message whose button was tapped: the first thing said takes its place."""

    parts: Parts
    tx: Tx
    chat: Row
    conversation: Row
    card: str = ""

    def prefix(self, key: str) -> str:
        """What the data of a question's buttons begins with."""
        return f"{self.conversation['id']}:{key}:"

    def render(
        self, name: str, key: str, context: Mapping[str, Any], attachments: Sequence[Attachment] = ()
    ) -> Message:
        """The block `template.block`; buttons that choose belong to the question `key`."""
        return self.parts.post.renderer.message(
            self.chat["language"], name, context, lambda value: self.prefix(key) + value, attachments
        )

    def say(self, message: Message) -> str:
        """After a tap, edit that card; otherwise a new message, and older cards lose their buttons."""
        card, self.card = self.card, ""
        if not card:
            self.parts.post.strip_conversation(self.tx, self.chat["id"], self.conversation["id"])
        return self.parts.post.send(
            self.tx, self.chat["id"], message, conversation=self.conversation["id"], edit=card
        )

    def refusal(self, refusal: SigningError, tries: int = 1) -> str:
        """The sentence for an error, said differently the second and the third time."""
        return self.parts.post.renderer.refusal(self.chat["language"], refusal, tries)

    def actor(self) -> Actor:
        """Who talks here, as the chat's row says it now."""
        row = self.tx.get("chats", self.chat["id"])
        assert row is not None
        self.chat.update(row)
        return Actor(self.chat["id"], self.chat["person"])

    def seal(self, value: bytes) -> str:
        """Keep a secret under the subject's key until the step that consumes it; its name."""
        name = new_id("x", self.tx.now)
        sealed = self.parts.vault.seal(self.tx, self.subject, value)
        row = {"id": name, "subject": self.subject, "sealed": sealed, "created": self.tx.now}
        self.tx.insert("secrets", row)
        return name

    def reveal(self, name: str) -> bytes:
        """A secret that was not consumed yet. Raises SecretGone."""
        row = self.tx.get("secrets", name)
        if row is None:
            raise SecretGone
        return self.parts.vault.open(self.tx, row["subject"], row["sealed"])

    @property
    def subject(self) -> str:
        """Under whose key secrets of this chat are sealed."""
        return str(self.chat["person"] or self.chat["id"])

    def change(self, **columns: Any) -> None:
        self.conversation.update(columns)
        self.tx.change("conversations", self.conversation["id"], {**columns, "changed": self.tx.now})

    def speak(self, language: str) -> None:
        self.chat["language"] = language
        self.tx.change("chats", self.chat["id"], {"language": language})

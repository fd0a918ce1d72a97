"""How people are told what they did not ask for."""

from __future__ import annotations

from collections.abc import Callable, Collection, Mapping, Sequence
from typing import Any, Protocol

from handlers.message import Attachment
from signing.ids import ChatId, PersonId
from signing.store.port import Tx

Work = Callable[[str], None]
"""What does something about a letter, outside any transaction."""


class Tell(Protocol):
    """Say a template's block to a person, in the chat that they used last."""

    def __call__(
        self,
        tx: Tx,
        person: PersonId,
        name: str,
        context: Mapping[str, Any],
        attachments: Sequence[Attachment] = (),
    ) -> None: ...


class Post(Protocol):
    """How things are said outside of any conversation."""

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
        """Say a template's block in one chat, or put it in the place of the message `edit`; the message's id."""

    def strip(self, tx: Tx, chat: str, key: str) -> None:
        """Take off a message's buttons."""

    def clear(self, tx: Tx, chat: str, key: str, digests: Collection[str]) -> None:
        """Take pictures away from a message."""

    def tell(
        self,
        tx: Tx,
        person: PersonId,
        name: str,
        context: Mapping[str, Any],
        attachments: Sequence[Attachment] = (),
    ) -> None:
        """Say a template's block to a person, in the chat that they used last."""

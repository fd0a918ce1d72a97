"""A line that says how far something long has come, edited as it goes."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any, Protocol

from signing.actor import Actor
from signing.ids import ChatId
from signing.store.port import Tx


class Show(Protocol):
    """Say a template's block in one chat, or put it in the place of an earlier message; its id."""

    def __call__(
        self, tx: Tx, chat: ChatId, name: str, context: Mapping[str, Any], edit: str = ""
    ) -> str: ...


class Progress:
    """Says it in the chat of whoever talks."""

    def __init__(self, show: Show) -> None:
        self._show = show

    def put(self, tx: Tx, actor: Actor, name: str, done: int, total: int, line: str) -> str:
        """The block `name` with how many of how many are done, in the place of `line` if there is one; the new line."""
        return self._show(tx, actor.chat, name, {"done": done, "total": total}, line)

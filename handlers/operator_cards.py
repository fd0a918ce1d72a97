"""One card per thing to review and operator's chat, edited through the thing's life."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from handlers.telling import Post
from signing.ids import new_id
from signing.operators import Operators
from signing.store.port import Tx


@dataclass(frozen=True, slots=True)
class OperatorCards:
    """Cards that stand in `table`, by the thing in `column`; the statement `known` finds the one in a chat."""

    operators: Operators
    post: Post
    table: str
    column: str
    known: str

    def show(self, tx: Tx, thing: str, block: str, context: Mapping[str, Any]) -> None:
        """Every operator's card of the thing says the block."""
        for chat, _ in self.operators.chats(tx):
            known = tx.find(self.known, **{self.column: thing}, chat=chat)
            message = known[0]["message"] if known else ""
            shown = self.post.show(tx, chat, block, context, message)
            if not known:
                row = {"id": new_id("y", tx.now), self.column: thing, "chat": chat, "message": shown}
                tx.insert(self.table, row)

"""People who can't be reached any more: nothing further is tried, and whoever waits for them hears of it."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

from signing.ids import PersonId
from signing.persons import is_reachable
from signing.store.port import Tx


def leave(tx: Tx, chat: str) -> bool:
    """Try nothing more in a chat until its person speaks again; whether it was open until now."""
    row = tx.get("chats", chat)
    assert row is not None
    tx.change("chats", chat, {"state": "left"})
    tx.run("drop_outbox_of_chat", chat=chat)
    return bool(row["state"] != "left")


def come_back(tx: Tx, chat: str) -> None:
    """The person is there again."""
    tx.change("chats", chat, {"state": "open"})


@dataclass(frozen=True, slots=True)
class Absence:
    """`announce` tells whoever waits for a person that they can't be reached in any chat."""

    announce: Callable[[Tx, PersonId], None]

    def left(self, tx: Tx, chat: str) -> None:
        """A person blocked the assistant or is gone: said once, until they come back."""
        row = tx.get("chats", chat)
        if leave(tx, chat) and row and row["person"] and not is_reachable(tx, row["person"]):
            self.announce(tx, PersonId(row["person"]))

"""A conversation's journal in the store."""

from __future__ import annotations

from bot.codec import decode, encode
from bot.replay import Step, Took
from signing.store.port import Tx


class StoredJournal:
    """The journal of one conversation, read at once and added to entry by entry."""

    def __init__(self, tx: Tx, conversation: str) -> None:
        self._tx = tx
        self._conversation = conversation
        self._entries = [(row["key"], row["value"]) for row in tx.journal(conversation)]

    def recorded(self, position: int, step: Step) -> tuple[str, Took] | None:
        if position >= len(self._entries):
            return None
        key, value = self._entries[position]
        if key.partition("~")[0] != step.key:
            return key, Took()
        return key, decode(step, value)

    def record(self, position: int, key: str, step: Step, took: Took) -> None:
        value = encode(step, took)
        self._tx.append(self._conversation, position, key, value)
        self._entries.append((key, value))

"""Chats: one row for each place in which somebody talks with us."""

from __future__ import annotations

from signing.ids import ChatId, new_id
from signing.store.port import Tx


def chat_at(tx: Tx, messenger: str, address: str, language: str) -> ChatId:
    """The chat at an address, made if it is new; `language` is the messenger's hint (BCP 47)."""
    found = tx.find("chat_of_address", messenger=messenger, address=address)
    if found:
        return ChatId(found[0]["id"])
    key = ChatId(new_id("h", tx.now))
    spoken = "zh" if language.lower().startswith("zh") else "en"
    row = {"id": key, "messenger": messenger, "address": address, "person": None, "language": spoken}
    tx.insert("chats", {**row, "state": "open", "created": tx.now})
    return key

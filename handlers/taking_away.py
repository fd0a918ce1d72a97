"""Pictures that operators were shown leave their chats again, wherever they stand in them."""

from __future__ import annotations

from collections.abc import Collection, Iterable

from handlers.telling import Post
from signing.store.port import Tx


def take_away(tx: Tx, post: Post, chats: Iterable[str], pictures: Collection[str], since: int) -> None:
    """No message of these chats since then (milliseconds) shows any of the pictures (digests) any more."""
    for chat in chats:
        for digest in pictures:
            for row in tx.find("messages_that_show", chat=chat, since=since, digest=f"%{digest}%"):
                post.clear(tx, chat, row["id"], pictures)

"""Groups: the assistant says how a contract stands there, when it is asked to, and hears nothing else."""

from __future__ import annotations

from bot.absence import come_back
from bot.chats import chat_at
from bot.conversation import Conversations
from signing.store.port import Row, Tx

BOARD = "board"


class Groups:
    """What happens in groups, each in the caller's transaction. `private` is a link into the private chat."""

    def __init__(self, conversations: Conversations, private: str) -> None:
        self._conversations = conversations
        self._private = private

    def joined(self, tx: Tx, group: Row) -> None:
        """The assistant was taken in: the button asks anew for what a link into the group may have lost."""
        self._conversations.parts.post.show(tx, group["id"], "board.hello", {})

    def summoned(self, tx: Tx, chat: Row, address: str) -> None:
        """Somebody asked for a board in a group: they choose in private, if they ever began a private chat."""
        group = chat_at(tx, chat["messenger"], address, chat["language"])
        come_back(tx, group)
        if not tx.find("delivered_to_chat", chat=chat["id"]):
            words = {"link": self._private}
            self._conversations.parts.post.show(tx, group, "board.start_first", words)
            return
        dialogue = self._conversations.dialogues.by_name[BOARD]
        self._conversations.begin(tx, chat, dialogue, {"group": group})

    def moved(self, tx: Tx, group: Row, address: str) -> None:
        """A group that became a supergroup has another number."""
        if not tx.find("chat_of_address", messenger=group["messenger"], address=address):
            tx.change("chats", group["id"], {"address": address, "state": "open"})

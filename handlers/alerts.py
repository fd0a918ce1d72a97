"""What operators hear when something that the installation stands on fails, and when it is well again."""

from __future__ import annotations

from handlers.telling import Post
from signing.faults import Fault
from signing.operators import Operators
from signing.store.port import Tx


class Alerts:
    """The announcements of `signing.faults`, in words, in every operator's chat."""

    def __init__(self, operators: Operators, post: Post) -> None:
        self._operators = operators
        self._post = post

    def began(self, tx: Tx, fault: Fault) -> None:
        self._say(tx, "alerts.began", fault)

    def lasts(self, tx: Tx, fault: Fault) -> None:
        self._say(tx, "alerts.lasts", fault)

    def ended(self, tx: Tx, fault: Fault) -> None:
        self._say(tx, "alerts.ended", fault)

    def _say(self, tx: Tx, name: str, fault: Fault) -> None:
        for chat, _ in self._operators.chats(tx):
            self._post.show(tx, chat, name, {"fault": fault})

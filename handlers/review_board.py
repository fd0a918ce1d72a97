"""The board in every operator's chat: what waits for a review, since when, and how quick today's decisions were."""

from __future__ import annotations

from dataclasses import asdict

from handlers.telling import Post
from signing.identity.queue import Figures
from signing.operators import Operators
from signing.store.port import Row, Tx


class ReviewBoard:
    """One message in each operator's chat, edited as things come and go."""

    def __init__(self, operators: Operators, post: Post) -> None:
        self._operators = operators
        self._post = post

    def counted(self, tx: Tx, figures: Figures) -> None:
        """Every operator's board; one that was done with comes anew below, so that it is seen."""
        for chat, _ in self._operators.chats(tx):
            board, counted = tx.get("boards", chat), asdict(figures)
            if (board is None and not figures.waiting) or (board and counted.items() <= board.items()):
                continue
            fresh = board is None or (figures.waiting and not board["waiting"])
            if board and fresh:
                self._post.strip(tx, chat, board["message"])
            edited = board["message"] if board and not fresh else ""
            shown = self._post.show(
                tx, chat, "review.board", {"figures": figures}, edited, silent=True, pinned=True
            )
            _keep(tx, {"id": chat, "message": shown, **counted})


def _keep(tx: Tx, board: Row) -> None:
    if not tx.insert("boards", board, once=True):
        tx.change("boards", board["id"], board)

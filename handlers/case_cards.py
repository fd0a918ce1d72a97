"""What operators and applicants hear of a case: one card per case and operator, edited through its life."""

from __future__ import annotations

from handlers.operator_cards import OperatorCards
from handlers.review_board import ReviewBoard
from handlers.taking_away import take_away
from handlers.telling import Post
from signing.actor import Actor
from signing.contracts.invitations import Invitations
from signing.identity.case import Case
from signing.identity.queue import Figures
from signing.ids import ChatId
from signing.operators import Operators
from signing.store.port import Tx


class CaseCards:
    """The announcements of `signing.identity.cases`, in words."""

    def __init__(
        self, operators: Operators, invitations: Invitations, post: Post, board: ReviewBoard
    ) -> None:
        self._board = board
        self._cards = OperatorCards(operators, post, "case_cards", "case_id", "case_card_of_chat")
        self._operators = operators
        self._invitations = invitations
        self._post = post

    def changed(self, tx: Tx, case: Case) -> None:
        """Every operator's card says how the case stands."""
        self._cards.show(tx, case.id, "review.card", {"case": case})

    def counted(self, tx: Tx, figures: Figures) -> None:
        self._board.counted(tx, figures)

    def overdue(self, tx: Tx, case: Case) -> None:
        """A reminder, once in a while, to everyone who could take it."""
        for chat, _ in self._operators.chats(tx):
            self._post.show(tx, chat, "review.overdue", {"case": case})

    def clear(self, tx: Tx, case: str, pictures: list[str], since: int) -> None:
        """No chat shows these pictures any more, also not that of somebody who was an operator."""
        chats = [card["chat"] for card in tx.find("cards_of_case", case_id=case)]
        take_away(tx, self._post, chats, pictures, since)

    def decided(self, tx: Tx, case: Case) -> None:
        """The applicant reads the decision, its reason, and what to do next."""
        if case.verdict != "approve":
            self._post.tell(tx, case.person, "review.returned", {"case": case})
            return
        waiting = self._invitations.waiting(tx, Actor(ChatId(""), case.person))
        self._post.tell(tx, case.person, "review.approved", {"case": case, "waiting": waiting})

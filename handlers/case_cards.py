"""What operators and applicants hear of a case: a board and one card per case and operator, edited through its life."""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence
from dataclasses import asdict
from typing import Any, Protocol

from handlers.message import Attachment
from signing.actor import Actor
from signing.contracts.invitations import Invitations
from signing.identity.case import Case
from signing.identity.queue import Figures
from signing.ids import ChatId, PersonId, new_id
from signing.operators import Operators
from signing.store.port import Row, Tx


class Post(Protocol):
    """How things are said outside of any conversation."""

    def show(
        self,
        tx: Tx,
        chat: ChatId,
        name: str,
        context: Mapping[str, Any],
        edit: str = "",
        silent: bool = False,
    ) -> str:
        """Say a template's block in one chat, or put it in the place of the message `edit`; the message's id."""

    def strip(self, tx: Tx, chat: str, key: str) -> None:
        """Take off a message's buttons."""

    def clear(self, tx: Tx, chat: str, key: str, digests: Collection[str]) -> None:
        """Take pictures away from a message."""

    def tell(
        self,
        tx: Tx,
        person: PersonId,
        name: str,
        context: Mapping[str, Any],
        attachments: Sequence[Attachment] = (),
    ) -> None:
        """Say a template's block to a person, in the chat that they used last."""


class CaseCards:
    """The announcements of `signing.identity.cases`, in words."""

    def __init__(self, operators: Operators, invitations: Invitations, post: Post) -> None:
        self._operators = operators
        self._invitations = invitations
        self._post = post

    def changed(self, tx: Tx, case: Case) -> None:
        """Every operator's card says how the case stands."""
        for chat, _ in self._operators.chats(tx):
            known = tx.find("case_card_of_chat", case_id=case.id, chat=chat)
            message = known[0]["message"] if known else ""
            shown = self._post.show(tx, chat, "review.card", {"case": case}, message)
            if not known:
                row = {"id": new_id("y", tx.now), "case_id": case.id, "chat": chat, "message": shown}
                tx.insert("case_cards", row)

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
            shown = self._post.show(tx, chat, "review.board", {"figures": figures}, edited, silent=True)
            _keep(tx, {"id": chat, "message": shown, **counted})

    def overdue(self, tx: Tx, case: Case) -> None:
        """A reminder, once in a while, to everyone who could take it."""
        for chat, _ in self._operators.chats(tx):
            self._post.show(tx, chat, "review.overdue", {"case": case})

    def clear(self, tx: Tx, case: str, pictures: list[str], since: int) -> None:
        """No chat shows these pictures any more, also not that of somebody who was an operator."""
        for card in tx.find("cards_of_case", case_id=case):
            for digest in pictures:
                pattern = {"since": since, "digest": f"%{digest}%"}
                for row in tx.find("messages_that_show", chat=card["chat"], **pattern):
                    self._post.clear(tx, card["chat"], row["id"], pictures)

    def decided(self, tx: Tx, case: Case) -> None:
        """The applicant reads the decision, its reason, and what to do next."""
        if case.verdict != "approve":
            self._post.tell(tx, case.person, "review.returned", {"case": case})
            return
        waiting = self._invitations.waiting(tx, Actor(ChatId(""), case.person))
        self._post.tell(tx, case.person, "review.approved", {"case": case, "waiting": waiting})


def _keep(tx: Tx, board: Row) -> None:
    if not tx.insert("boards", board, once=True):
        tx.change("boards", board["id"], board)

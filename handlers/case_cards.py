"""What operators and applicants hear of a case: one card per case and operator, edited through its life."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any, Protocol

from handlers.telling import Tell
from signing.actor import Actor
from signing.contracts.invitations import Invitations
from signing.identity.case import Case
from signing.ids import ChatId, new_id
from signing.operators import Operators
from signing.store.port import Tx


class Show(Protocol):
    """Say a template's block in one chat, or put it in the place of the message `edit`; the message's id."""

    def __call__(
        self, tx: Tx, chat: ChatId, name: str, context: Mapping[str, Any], edit: str = ""
    ) -> str: ...


class CaseCards:
    """The announcements of `signing.identity.cases`, in words."""

    def __init__(self, operators: Operators, invitations: Invitations, show: Show, tell: Tell) -> None:
        self._operators = operators
        self._invitations = invitations
        self._show = show
        self._tell = tell

    def changed(self, tx: Tx, case: Case) -> None:
        """Every operator's card says how the case stands."""
        for chat, _ in self._operators.chats(tx):
            known = tx.find("case_card_of_chat", case_id=case.id, chat=chat)
            message = known[0]["message"] if known else ""
            shown = self._show(tx, chat, "review.card", {"case": case}, edit=message)
            if not known:
                row = {"id": new_id("y", tx.now), "case_id": case.id, "chat": chat, "message": shown}
                tx.insert("case_cards", row)

    def overdue(self, tx: Tx, case: Case) -> None:
        """A reminder, once in a while, to everyone who could take it."""
        for chat, _ in self._operators.chats(tx):
            self._show(tx, chat, "review.overdue", {"case": case})

    def decided(self, tx: Tx, case: Case) -> None:
        """The applicant reads the decision, its reason, and what to do next."""
        if case.verdict != "approve":
            self._tell(tx, case.person, "review.returned", {"case": case})
            return
        waiting = self._invitations.waiting(tx, Actor(ChatId(""), case.person))
        self._tell(tx, case.person, "review.approved", {"case": case, "waiting": waiting})

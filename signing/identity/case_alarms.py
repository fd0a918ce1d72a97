"""What the clock does about cases: decisions are told, leases run out, reminders, boards, pictures taken away."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace

from signing.enterprises import EnterpriseTaken
from signing.identity.case import Case
from signing.identity.case_rows import CaseRows
from signing.identity.cases import (
    CLEAR,
    RELEASE,
    REMIND,
    REMINDER,
    TELL,
    Announce,
)
from signing.identity.checks import CheckTaken
from signing.identity.claims import Claims
from signing.identity.queue import BOARD, BOARD_EVERY, figures
from signing.later import set_timer
from signing.operators import Operators
from signing.store.port import Row, Tx
from signing.store.times import MINUTE
from signing.store.vault import Sealed

TAKEN, LOST = "taken-meanwhile", "lost"
"""Registered by somebody else meanwhile; or what was claimed is not in a backup that was restored."""


class CaseAlarms:
    """Each in the transaction that claimed its timer, whose subject is the case."""

    def __init__(
        self, claims: Claims, operators: Operators, announce: Announce, remind: int = REMIND
    ) -> None:
        self._claims = claims
        self._announce = announce
        self._remind = remind * MINUTE
        self._rows = CaseRows(claims, operators)

    def all(self) -> dict[str, Callable[[Tx, Row], None]]:
        """By the kind of timer."""
        return {
            TELL: self.tell,
            RELEASE: self.release,
            REMINDER: self.remind,
            BOARD: self.board,
            CLEAR: self.clear,
        }

    def tell(self, tx: Tx, timer: Row) -> None:
        """The undo window is over: the decision has its effect, the applicant hears of it, the pictures go."""
        row = tx.hold("cases", timer["subject"])
        if row["state"] != "decided" or row["decision"] != timer["data"]:
            return
        case = self._rows.read(tx, row)
        if case.verdict == "approve":
            case = self._approved(tx, case)
        tx.change("cases", row["id"], {"state": "closed" if case.verdict == "approve" else "returned"})
        self._announce.decided(tx, case)
        self._clear(tx, row)

    def release(self, tx: Tx, timer: Row) -> None:
        """A lease that ran out without a decision."""
        row = tx.hold("cases", timer["subject"])
        if row["state"] == "taken" and row["leased_until"] <= tx.now:
            tx.change("cases", row["id"], {"state": "waiting", "operator": None})
            self._announce.changed(tx, self._rows.read(tx, tx.hold("cases", row["id"])))
            self._announce.counted(tx, figures(tx))

    def remind(self, tx: Tx, timer: Row) -> None:
        """A case that waits for long; one that was sent in again has a timer of its own."""
        row = tx.hold("cases", timer["subject"])
        if row["state"] in ("waiting", "taken") and tx.now - row["opened"] >= self._remind:
            self._announce.overdue(tx, self._rows.read(tx, row))
            set_timer(tx, REMINDER, row["id"], tx.now + self._remind)

    def board(self, tx: Tx, timer: Row) -> None:
        """The boards' minutes go on as long as something waits."""
        counted = figures(tx)
        self._announce.counted(tx, counted)
        if counted.waiting:
            set_timer(tx, BOARD, BOARD, tx.now + BOARD_EVERY)

    def clear(self, tx: Tx, timer: Row) -> None:
        """No operator's chat keeps pictures for two days, whatever became of the case."""
        self._clear(tx, tx.hold("cases", timer["subject"]))
        self._announce.counted(tx, figures(tx))

    def _clear(self, tx: Tx, row: Row) -> None:
        pictures = [each["digest"] for each in tx.find("all_proofs_of_check", check_id=row["check_id"])]
        self._announce.clear(tx, row["id"], pictures, row["created"])

    def _approved(self, tx: Tx, case: Case) -> Case:
        try:
            principal = tx.attempt(self._claims.approve, case.check, case.id)
        except (EnterpriseTaken, CheckTaken):
            return self._not_after_all(tx, case, TAKEN)
        except Sealed:
            return self._not_after_all(tx, case, LOST)
        tx.change("cases", case.id, {"principal": principal})
        return case

    def _not_after_all(self, tx: Tx, case: Case, reason: str) -> Case:
        self._claims.refuse(tx, case.check, case.id)
        tx.change("cases", case.id, {"verdict": "reject", "reason": reason})
        return replace(case, verdict="reject", reason=reason)

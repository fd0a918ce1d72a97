"""Manual checks: operators take a case, look, decide; the applicant is told after a minute in which it can be undone."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Protocol

from signing.actor import Actor
from signing.identity.case import (
    Case,
    CaseTaken,
    NoSuchCase,
    NotYourCase,
    OwnCase,
    ProofsChanged,
    Queue,
    TooLateToUndo,
    Verdict,
)
from signing.identity.case_rows import UNDO, CaseRows
from signing.identity.claims import Claims
from signing.identity.proofs import Part, fingerprint, proofs_of
from signing.identity.queue import LEASE, SHOWN_FOR, Figures, begin_counting, figures
from signing.ids import CheckId, new_id
from signing.later import set_timer
from signing.operators import Operators
from signing.store.port import Reading, Row, Tx
from signing.store.times import MINUTE

REMIND = 120
TELL, REMINDER, RELEASE = "case.tell", "case.remind", "case.release"
CLEAR = "case.clear"
MOST_WAITING = 200


class Announce(Protocol):
    """How the world hears of cases: the operators' cards and boards, and the applicant."""

    def changed(self, tx: Tx, case: Case) -> None: ...

    def counted(self, tx: Tx, figures: Figures) -> None: ...

    def overdue(self, tx: Tx, case: Case) -> None: ...

    def decided(self, tx: Tx, case: Case) -> None: ...

    def clear(self, tx: Tx, case: str, pictures: list[str], since: int) -> None:
        """Take a case's pictures (digests) out of every chat that heard of it; `since` is when it began."""


@dataclass(frozen=True, slots=True)
class Told:
    """A decision that the applicant has heard of. `principal` got its certificate by it; empty otherwise."""

    number: int
    applicant: str
    principal: str
    name: str


class Cases:
    """The queue. With `four_eyes` an approval takes two operators; cases are said again after `remind` minutes."""

    def __init__(
        self,
        claims: Claims,
        operators: Operators,
        announce: Announce,
        four_eyes: bool = False,
        remind: int = REMIND,
    ) -> None:
        self._claims = claims
        self._operators = operators
        self._announce = announce
        self._four_eyes = four_eyes
        self._remind = remind * MINUTE
        self._rows = CaseRows(claims, operators)

    def submit(self, tx: Tx, actor: Actor, check: CheckId) -> Case:
        """Bring the person's claim before the operators, for the first time or again.

        Raises NotThisCheck, TooManyChecks.
        """
        self._claims.mine(tx, actor, check)
        known = tx.find("case_of_check", check_id=check)
        key = known[0]["id"] if known else self._rows.make(tx, check)
        row = tx.hold("cases", key)
        fresh = {"state": "waiting", "operator": None, "seconded": None, "verdict": None, "decision": None}
        tx.change("cases", key, {**fresh, "reason": None, "part": None, "opened": tx.now})
        self._claims.review(tx, check)
        self._rows.note(tx, key, "submitted" if row["state"] == "waiting" else "corrected")
        set_timer(tx, REMINDER, key, tx.now + self._remind)
        begin_counting(tx)
        return self._changed(tx, key)

    def returned(self, tx: Reading, actor: Actor, check: CheckId) -> Case:
        """The person's own case that came back, to correct. Raises NoSuchCase."""
        known = tx.find("case_of_check", check_id=check)
        case = self._rows.read(tx, known[0]) if known else None
        if case is None or case.person != actor.registered or case.state != "returned":
            raise NoSuchCase
        return case

    def take(self, tx: Tx, actor: Actor, case: str) -> Case:
        """Lease a case for ten minutes. Raises NotAnOperator, NoSuchCase, OwnCase, CaseTaken, CaseOver."""
        operator = self._operators.require(tx, actor)
        row = self._rows.free(tx, case, operator)
        tx.change("cases", case, {"state": "taken", "operator": operator.id, "leased_until": tx.now + LEASE})
        if row["operator"] != operator.id:
            self._rows.note(tx, case, "taken", operator.id)
            set_timer(tx, CLEAR, case, tx.now + SHOWN_FOR)
        set_timer(tx, RELEASE, case, tx.now + LEASE)
        return self._changed(tx, case)

    def take_next(self, tx: Tx, actor: Actor) -> Case | None:
        """Lease the oldest case that nobody has and that this operator may decide. Raises NotAnOperator."""
        self._operators.require(tx, actor)
        for row in tx.find("open_cases", limit=MOST_WAITING):
            if row["state"] == "waiting":
                try:
                    return self.take(tx, actor, row["id"])
                except (OwnCase, CaseTaken):
                    continue
        return None

    def give_back(self, tx: Tx, actor: Actor, case: str) -> None:
        """Put a taken case back into the queue. Raises as `decide`."""
        row, _ = self._rows.leased(tx, actor, case)
        tx.change("cases", row["id"], {"state": "waiting", "operator": None})
        self._changed(tx, case)

    def decide(
        self,
        tx: Tx,
        actor: Actor,
        case: str,
        verdict: Verdict,
        shown: str,
        reason: str = "",
        part: Part | None = None,
    ) -> Case:
        """Decide on exactly the pictures that were shown; the applicant is told after a minute.

        Raises NotAnOperator, NoSuchCase, OwnCase, NotYourCase, CaseTaken, CaseOver, ProofsChanged.
        """
        row, operator = self._rows.leased(tx, actor, case)
        if shown != fingerprint(proofs_of(tx, row["check_id"])):
            raise ProofsChanged(number=row["number"])
        if verdict == "approve" and self._four_eyes and not row["seconded"]:
            tx.change("cases", case, {"state": "waiting", "operator": None, "seconded": operator.id})
            self._rows.note(tx, case, "seconded", operator.id, shown=shown)
            return self._changed(tx, case)
        decision = new_id("d", tx.now)
        decided = {"state": "decided", "verdict": verdict, "reason": reason, "part": part, "shown": shown}
        tx.change("cases", case, {**decided, "decision": decision, "decided": tx.now})
        self._rows.note(tx, case, verdict, operator.id, reason, part, shown)
        set_timer(tx, TELL, case, tx.now + UNDO, decision)
        return self._changed(tx, case)

    def undo(self, tx: Tx, actor: Actor, case: str) -> Case:
        """Take a decision back before it is told. Raises NotAnOperator, NoSuchCase, NotYourCase, TooLateToUndo."""
        operator = self._operators.require(tx, actor)
        row = self._rows.hold(tx, case)
        if row["state"] != "decided":
            raise TooLateToUndo(number=row["number"])
        if row["operator"] != operator.id:
            raise NotYourCase(number=row["number"])
        back = {"state": "taken", "verdict": None, "decision": None, "decided": None, "reason": None}
        tx.change("cases", case, {**back, "part": None, "leased_until": tx.now + LEASE})
        self._rows.note(tx, case, "undone", operator.id)
        set_timer(tx, RELEASE, case, tx.now + LEASE)
        return self._changed(tx, case)

    def told(self, tx: Reading, actor: Actor, case: str) -> Told:
        """What can still be done about a decision that the applicant heard. Raises NotAnOperator, NoSuchCase."""
        read = self.look(tx, actor, case)
        row = tx.get("cases", case)
        assert row is not None
        principal = row["principal"] or ""
        return Told(read.number, read.claim.applicant, principal, _name_of(tx, principal))

    def look(self, tx: Reading, actor: Actor, case: str) -> Case:
        """The case as it stands, for an operator. Raises NotAnOperator, NoSuchCase."""
        self._operators.require(tx, actor)
        row = tx.get("cases", case)
        if row is None:
            raise NoSuchCase
        return self._rows.read(tx, row)

    def queue(self, tx: Reading, actor: Actor) -> Queue:
        """What waits. Raises NotAnOperator."""
        self._operators.require(tx, actor)
        cases = tuple(self._rows.read(tx, row) for row in tx.find("open_cases", limit=MOST_WAITING))
        oldest = max((each.minutes for each in cases), default=0)
        return Queue(cases, oldest, figures(tx).median)

    def _changed(self, tx: Tx, key: str) -> Case:
        case = self._rows.read(tx, tx.hold("cases", key))
        self._announce.changed(tx, case)
        self._announce.counted(tx, figures(tx))
        return case


def _name_of(tx: Reading, principal: str) -> str:
    row: Row | None = tx.get("enterprises", principal) or tx.get("persons", principal)
    return (row["name"] or "") if row else ""

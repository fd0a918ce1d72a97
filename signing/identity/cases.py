"""Manual checks: operators take a case, look, decide; the applicant is told after a minute in which it can be undone."""

from __future__ import annotations

from dataclasses import replace
from statistics import median
from typing import Protocol

from signing.actor import Actor
from signing.enterprises import EnterpriseTaken, enterprise_of_code, role_of
from signing.identity.case import (
    Case,
    CaseOver,
    CaseTaken,
    NoSuchCase,
    NotYourCase,
    OwnCase,
    ProofsChanged,
    Queue,
    TooLateToUndo,
    Verdict,
    happened,
    moment,
)
from signing.identity.checks import CheckTaken
from signing.identity.claims import Claims
from signing.identity.proofs import Part, fingerprint, proofs_of
from signing.ids import CheckId, new_id
from signing.later import set_timer
from signing.operators import Operator, Operators
from signing.persons import read_person
from signing.store.port import Reading, Row, Tx

MINUTE = 60_000
LEASE = 10 * MINUTE
UNDO = MINUTE
REMIND = 120 * MINUTE
DAY = 24 * 60 * MINUTE
TELL, REMINDER, RELEASE = "case.tell", "case.remind", "case.release"
MOST_WAITING = 200
TAKEN = "taken-meanwhile"


class Announce(Protocol):
    """How the world hears of cases: the operators' cards, and the applicant."""

    def changed(self, tx: Tx, case: Case) -> None: ...

    def overdue(self, tx: Tx, case: Case) -> None: ...

    def decided(self, tx: Tx, case: Case) -> None: ...


class Cases:
    """The queue. With `four_eyes` an approval takes two operators."""

    def __init__(
        self, claims: Claims, operators: Operators, announce: Announce, four_eyes: bool = False
    ) -> None:
        self._claims = claims
        self._operators = operators
        self._announce = announce
        self._four_eyes = four_eyes

    def submit(self, tx: Tx, actor: Actor, check: CheckId) -> Case:
        """Bring the person's claim before the operators, for the first time or again. Raises NotThisCheck."""
        self._claims.mine(tx, actor, check)
        known = tx.find("case_of_check", check_id=check)
        key = known[0]["id"] if known else self._make(tx, check)
        row = tx.hold("cases", key)
        fresh = {"state": "waiting", "operator": None, "seconded": None, "verdict": None, "decision": None}
        tx.change("cases", key, {**fresh, "reason": None, "part": None, "opened": tx.now})
        self._claims.review(tx, check)
        self._note(tx, key, "submitted" if row["state"] == "waiting" else "corrected")
        set_timer(tx, REMINDER, key, tx.now + REMIND)
        return self._changed(tx, key)

    def returned(self, tx: Reading, actor: Actor, check: CheckId) -> Case:
        """The person's own case that came back, to correct. Raises NoSuchCase."""
        known = tx.find("case_of_check", check_id=check)
        case = self._read(tx, known[0]) if known else None
        if case is None or case.person != actor.registered or case.state != "returned":
            raise NoSuchCase
        return case

    def take(self, tx: Tx, actor: Actor, case: str) -> Case:
        """Lease a case for ten minutes. Raises NotAnOperator, NoSuchCase, OwnCase, CaseTaken, CaseOver."""
        operator = self._operators.require(tx, actor)
        row = self._open(tx, case)
        self._require_other(tx, row, operator)
        if row["state"] == "taken" and row["operator"] != operator.id and tx.now < row["leased_until"]:
            raise self._taken(tx, row)
        if row["seconded"] == operator.id:
            raise OwnCase(number=row["number"])
        tx.change("cases", case, {"state": "taken", "operator": operator.id, "leased_until": tx.now + LEASE})
        if row["operator"] != operator.id:
            self._note(tx, case, "taken", operator.id)
        set_timer(tx, RELEASE, case, tx.now + LEASE)
        return self._changed(tx, case)

    def give_back(self, tx: Tx, actor: Actor, case: str) -> None:
        """Put a taken case back into the queue. Raises as `decide`."""
        row, _ = self._leased(tx, actor, case)
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
        row, operator = self._leased(tx, actor, case)
        if shown != fingerprint(proofs_of(tx, row["check_id"])):
            raise ProofsChanged(number=row["number"])
        if verdict == "approve" and self._four_eyes and not row["seconded"]:
            tx.change("cases", case, {"state": "waiting", "operator": None, "seconded": operator.id})
            self._note(tx, case, "seconded", operator.id, shown=shown)
            return self._changed(tx, case)
        decision = new_id("d", tx.now)
        decided = {"state": "decided", "verdict": verdict, "reason": reason, "part": part, "shown": shown}
        tx.change("cases", case, {**decided, "decision": decision, "decided": tx.now})
        self._note(tx, case, verdict, operator.id, reason, part, shown)
        set_timer(tx, TELL, case, tx.now + UNDO, decision)
        return self._changed(tx, case)

    def undo(self, tx: Tx, actor: Actor, case: str) -> Case:
        """Take a decision back before it is told. Raises NotAnOperator, NoSuchCase, NotYourCase, TooLateToUndo."""
        operator = self._operators.require(tx, actor)
        row = self._held(tx, case)
        if row["state"] != "decided":
            raise TooLateToUndo(number=row["number"])
        if row["operator"] != operator.id:
            raise NotYourCase(number=row["number"])
        back = {"state": "taken", "verdict": None, "decision": None, "decided": None, "reason": None}
        tx.change("cases", case, {**back, "part": None, "leased_until": tx.now + LEASE})
        self._note(tx, case, "undone", operator.id)
        set_timer(tx, RELEASE, case, tx.now + LEASE)
        return self._changed(tx, case)

    def look(self, tx: Reading, actor: Actor, case: str) -> Case:
        """The case as it stands, for an operator. Raises NotAnOperator, NoSuchCase."""
        self._operators.require(tx, actor)
        row = tx.get("cases", case)
        if row is None:
            raise NoSuchCase
        return self._read(tx, row)

    def queue(self, tx: Reading, actor: Actor) -> Queue:
        """What waits. Raises NotAnOperator."""
        self._operators.require(tx, actor)
        cases = tuple(self._read(tx, row) for row in tx.find("open_cases", limit=MOST_WAITING))
        waits = [row["wait"] for row in tx.find("waits_since", since=tx.now - DAY)]
        oldest = max((each.minutes for each in cases), default=0)
        return Queue(cases, oldest, round(median(waits) / MINUTE) if waits else None)

    # alarms of the clock

    def tell(self, tx: Tx, timer: Row) -> None:
        """The undo window is over: the decision has its effect and the applicant hears of it."""
        row = tx.hold("cases", timer["subject"])
        if row["state"] != "decided" or row["decision"] != timer["data"]:
            return
        case = self._read(tx, row)
        if case.verdict == "approve":
            case = self._approved(tx, case)
        tx.change("cases", row["id"], {"state": "closed" if case.verdict == "approve" else "returned"})
        self._announce.decided(tx, case)

    def release(self, tx: Tx, timer: Row) -> None:
        """A lease that ran out without a decision."""
        row = tx.hold("cases", timer["subject"])
        if row["state"] == "taken" and row["leased_until"] <= tx.now:
            tx.change("cases", row["id"], {"state": "waiting", "operator": None})
            self._changed(tx, row["id"])

    def remind(self, tx: Tx, timer: Row) -> None:
        """A case that waits for long."""
        row = tx.hold("cases", timer["subject"])
        if row["state"] in ("waiting", "taken"):
            self._announce.overdue(tx, self._read(tx, row))
            set_timer(tx, REMINDER, row["id"], tx.now + REMIND)

    def _approved(self, tx: Tx, case: Case) -> Case:
        try:
            tx.attempt(self._claims.approve, case.check, case.id)
        except (EnterpriseTaken, CheckTaken):
            self._claims.refuse(tx, case.check, case.id)
            tx.change("cases", case.id, {"verdict": "reject", "reason": TAKEN})
            return replace(case, verdict="reject", reason=TAKEN)
        return case

    def _make(self, tx: Tx, check: CheckId) -> str:
        key = new_id("f", tx.now)
        number = tx.find("last_case_number")[0]["number"] + 1
        row = {"id": key, "number": number, "check_id": check, "state": "waiting"}
        tx.insert("cases", {**row, "opened": tx.now, "created": tx.now})
        return key

    def _held(self, tx: Tx, case: str) -> Row:
        if tx.get("cases", case) is None:
            raise NoSuchCase
        return tx.hold("cases", case)

    def _open(self, tx: Tx, case: str) -> Row:
        row = self._held(tx, case)
        if row["state"] not in ("waiting", "taken"):
            raise CaseOver(number=row["number"])
        return row

    def _leased(self, tx: Tx, actor: Actor, case: str) -> tuple[Row, Operator]:
        operator = self._operators.require(tx, actor)
        row = self._open(tx, case)
        self._require_other(tx, row, operator)
        if row["state"] == "taken" and row["operator"] != operator.id:
            raise self._taken(tx, row)
        if row["state"] != "taken" or tx.now >= row["leased_until"]:
            raise NotYourCase(number=row["number"])
        return row, operator

    def _require_other(self, tx: Reading, row: Row, operator: Operator) -> None:
        """Nobody decides on themself or on a company of theirs. Raises OwnCase."""
        if operator.person is None:
            return
        check = tx.get("checks", row["check_id"])
        assert check is not None
        claim, person = self._claims.read(tx, row["check_id"]), read_person(tx, operator.person)
        company = enterprise_of_code(tx, claim.code) if claim.code else None
        belongs = company is not None and role_of(tx, company.id, person.id)
        if check["person"] == person.id or belongs or (person.name and person.name == claim.representative):
            raise OwnCase(number=row["number"])

    def _taken(self, tx: Reading, row: Row) -> CaseTaken:
        since = row["leased_until"] - LEASE
        by = self._operators.name_of(tx, row["operator"])
        return CaseTaken(number=row["number"], by=by, minutes=max(0, tx.now - since) // MINUTE)

    def _note(
        self,
        tx: Tx,
        case: str,
        kind: str,
        operator: str | None = None,
        reason: str = "",
        part: Part | None = None,
        shown: str = "",
    ) -> None:
        row = {"id": new_id("u", tx.now), "case_id": case, "kind": kind, "operator": operator}
        tx.insert("case_events", {**row, "reason": reason, "part": part, "shown": shown, "at": tx.now})

    def _changed(self, tx: Tx, key: str) -> Case:
        case = self._read(tx, tx.hold("cases", key))
        self._announce.changed(tx, case)
        return case

    def _read(self, tx: Reading, row: Row) -> Case:
        check = tx.get("checks", row["check_id"])
        assert check is not None
        proofs = proofs_of(tx, row["check_id"])
        until = row["decided"] + UNDO if row["state"] == "decided" else row["leased_until"]
        events = tx.find("events_of_case", case_id=row["id"])
        return Case(
            id=row["id"],
            number=row["number"],
            check=row["check_id"],
            person=check["person"],
            state=row["state"],
            claim=self._claims.read(tx, row["check_id"]),
            proofs=tuple(proofs),
            shown=fingerprint(proofs),
            by=self._operators.name_of(tx, row["operator"]),
            seconded=bool(row["seconded"]),
            until=moment(until),
            opened=moment(row["opened"]),
            minutes=(tx.now - row["opened"]) // MINUTE,
            verdict=row["verdict"],
            reason=row["reason"] or "",
            part=row["part"],
            history=tuple(happened(each, self._operators.name_of(tx, each["operator"])) for each in events),
        )

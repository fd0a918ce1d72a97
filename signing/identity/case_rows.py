"""The rows of cases: read as a whole, held for whoever may have them, each event noted."""

from __future__ import annotations

from signing.actor import Actor
from signing.enterprises import enterprise_of_code, role_of
from signing.identity.case import Case, CaseOver, CaseTaken, NoSuchCase, NotYourCase, OwnCase, happened
from signing.identity.claims import Claims
from signing.identity.proofs import Part, fingerprint, proofs_of
from signing.identity.queue import LEASE
from signing.ids import CheckId, new_id
from signing.operators import Operator, Operators
from signing.persons import read_person
from signing.store.port import Reading, Row, Tx
from signing.store.times import MINUTE, moment

UNDO = MINUTE


class CaseRows:
    """What every step on a case begins and ends with."""

    def __init__(self, claims: Claims, operators: Operators) -> None:
        self._claims = claims
        self._operators = operators

    def make(self, tx: Tx, check: CheckId) -> str:
        """A new case, with the next number; its id."""
        key = new_id("f", tx.now)
        number = tx.find("last_case_number")[0]["number"] + 1
        row = {"id": key, "number": number, "check_id": check, "state": "waiting"}
        tx.insert("cases", {**row, "opened": tx.now, "created": tx.now})
        return key

    def hold(self, tx: Tx, case: str) -> Row:
        """Raises NoSuchCase."""
        if tx.get("cases", case) is None:
            raise NoSuchCase
        return tx.hold("cases", case)

    def free(self, tx: Tx, case: str, operator: Operator) -> Row:
        """A case that this operator may take. Raises NoSuchCase, CaseOver, OwnCase, CaseTaken."""
        row = self._undecided(tx, case, operator)
        if row["state"] == "taken" and row["operator"] != operator.id and tx.now < row["leased_until"]:
            raise self._taken(tx, row)
        if row["seconded"] == operator.id:
            raise OwnCase(number=row["number"])
        return row

    def leased(self, tx: Tx, actor: Actor, case: str) -> tuple[Row, Operator]:
        """A case that the operator who talks has. Raises NotAnOperator, NoSuchCase, CaseOver, OwnCase, CaseTaken, NotYourCase."""
        operator = self._operators.require(tx, actor)
        row = self._undecided(tx, case, operator)
        if row["state"] == "taken" and row["operator"] != operator.id:
            raise self._taken(tx, row)
        if row["state"] != "taken" or tx.now >= row["leased_until"]:
            raise NotYourCase(number=row["number"])
        return row, operator

    def note(
        self,
        tx: Tx,
        case: str,
        kind: str,
        operator: str | None = None,
        reason: str = "",
        part: Part | None = None,
        shown: str = "",
    ) -> None:
        """Add a line to the case's history."""
        row = {"id": new_id("u", tx.now), "case_id": case, "kind": kind, "operator": operator}
        tx.insert("case_events", {**row, "reason": reason, "part": part, "shown": shown, "at": tx.now})

    def read(self, tx: Reading, row: Row) -> Case:
        """The case as it reads."""
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

    def _undecided(self, tx: Tx, case: str, operator: Operator) -> Row:
        row = self.hold(tx, case)
        if row["state"] not in ("waiting", "taken"):
            raise CaseOver(number=row["number"])
        self._require_other(tx, row, operator)
        return row

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

"""Each question put to a provider: counted per person and day, and its answer kept, so that none is put twice."""

from __future__ import annotations

from signing.errors import SigningError
from signing.identity.providers.base import Outcome
from signing.ids import CheckId, PersonId, new_id
from signing.store.port import Reading, Row, Tx
from signing.store.times import DAY

PER_DAY = 10


class TooManyChecks(SigningError):
    """The person was checked too often today."""

    code = "check.too-many"


def require_quota(tx: Reading, person: PersonId) -> None:
    """Raises TooManyChecks where the person has had the questions of a day."""
    today = tx.find("askings_of_person_since", person=person, since=tx.now - DAY)
    if today[0]["askings"] >= PER_DAY:
        raise TooManyChecks


def begin_asking(tx: Tx, check: CheckId, person: PersonId) -> None:
    """Count a question about a check, which is held. Raises TooManyChecks."""
    require_quota(tx, person)
    row = {"id": new_id("j", tx.now), "check_id": check, "person": person, "created": tx.now}
    tx.insert("askings", row)


def last_asking(tx: Reading, check: str) -> tuple[str, Outcome | None]:
    """The key of the question that a check is at, and its answer if it has come."""
    row = tx.find("last_asking", check_id=check)[0]
    return row["id"], _answer(row)


def keep_answer(tx: Tx, check: CheckId, asking: str, outcome: Outcome) -> None:
    """The answer has come: a repeated call after a crash finds it here."""
    tx.hold("checks", check)
    answer = {"verdict": outcome.verdict, "differs": " ".join(outcome.differs)}
    tx.change("askings", asking, {**answer, "reference": outcome.reference})


def _answer(row: Row) -> Outcome | None:
    if row["verdict"] is None:
        return None
    return Outcome(row["verdict"], tuple(row["differs"].split()), row["reference"])

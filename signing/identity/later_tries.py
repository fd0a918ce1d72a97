"""Checks whose provider did not answer: tried again by the clock, further and further apart, for a day.

What the person answered waits sealed in the check, and is forgotten with its outcome. Silence is never a pass.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from typing import Literal, Protocol

from signing.actor import Actor
from signing.enterprises import EnterpriseTaken
from signing.identity.askings import TooManyChecks
from signing.identity.checks import Checks, CheckTaken
from signing.identity.claims import Claims
from signing.identity.providers.base import Outcome, ProviderDown
from signing.identity.records import Records
from signing.ids import ChatId, CheckId, PersonId
from signing.later import later, set_timer
from signing.store.port import Reading, Row, Store, Tx
from signing.store.times import DAY, MINUTE, moment
from signing.store.vault import Sealed

TRY_AGAIN = "check.try-again"
WAITS = (1, 2, 5, 10, 20, 30, 60)
"""Minutes before each try; from then on the last."""
AT_MOST = DAY

Ending = Literal["passed", "failed", "letter", "taken", "gave-up", "lost"]


@dataclass(frozen=True, slots=True)
class Settled:
    """How a check ended that had to wait.

    `name` is the company's or the person's, empty where there is no answer; `check` the one to go on with where the
    ending is `letter`: a power of attorney is needed, or was being prepared (then `outcome` says whether the
    representative agrees).
    """

    ending: Ending
    ground: str
    person: PersonId
    name: str
    check: CheckId
    outcome: Outcome | None = None


class Announce(Protocol):
    """The person hears how it ended."""

    def settled(self, tx: Tx, settled: Settled) -> None: ...


class LaterTries:
    """Keeps such checks, tries them again, tells how they end."""

    def __init__(
        self, store: Store, records: Records, checks: Checks, claims: Claims, announce: Announce
    ) -> None:
        self._store = store
        self._records = records
        self._checks = checks
        self._claims = claims
        self._announce = announce

    def wait(self, tx: Tx, actor: Actor, check: CheckId) -> datetime:
        """The provider did not answer; when it is asked next. Raises NotThisCheck."""
        self._records.mine(tx, actor, check, "running")
        due = tx.now + WAITS[0] * MINUTE
        row = {"id": check, "attempt": 0, "since": tx.now, "due": due}
        if tx.insert("waiting_checks", row, once=True):
            set_timer(tx, TRY_AGAIN, check, due)
        return moment(due)

    def mine(self, tx: Reading, actor: Actor) -> datetime | None:
        """When the person's own check is tried next; None where none waits."""
        found = tx.find("waiting_checks_of_person", person=actor.registered, kind="person")
        return moment(found[0]["due"]) if found else None

    def drop(self, tx: Tx, actor: Actor) -> None:
        """The person would rather enter something else."""
        self._records.supersede(tx, actor.registered, "person")

    def ring(self, tx: Tx, timer: Row) -> None:
        """The alarm."""
        if tx.get("waiting_checks", timer["subject"]):
            later(tx, self.try_again, timer["subject"])

    def try_again(self, check: CheckId) -> None:
        """Ask once more; outside any transaction. Nothing where the check is over meanwhile."""
        if not self._store.read(_waits, check):
            return
        try:
            outcome = self._checks.ask_provider(check)
        except ProviderDown:
            self._store.write(self._postpone, check)
        except Sealed:
            self._store.write(self._end, check, "lost")
        else:
            self._store.write(self._settle, check, outcome)

    def _postpone(self, tx: Tx, check: CheckId) -> None:
        held, row = tx.hold("checks", check), tx.get("waiting_checks", check)
        if row is None or held["state"] != "running":
            return
        if tx.now - row["since"] >= AT_MOST:
            self._end(tx, check, "gave-up")
            return
        attempt = row["attempt"] + 1
        due = tx.now + WAITS[min(attempt, len(WAITS) - 1)] * MINUTE
        tx.change("waiting_checks", check, {"attempt": attempt, "due": due})
        set_timer(tx, TRY_AGAIN, check, due)

    def _end(self, tx: Tx, check: CheckId, ending: Ending) -> None:
        """Over without an answer: nobody gave one for a day, or what would be asked was not in a restored backup."""
        held = tx.hold("checks", check)
        if held["state"] == "running":
            self._records.close(tx, check, "failed", ending, "")
            tx.remove("waiting_checks", check)
            self._announce.settled(tx, _settled(ending, held, {"name": ""}))

    def _settle(self, tx: Tx, check: CheckId, outcome: Outcome) -> None:
        held = tx.hold("checks", check)
        if tx.get("waiting_checks", check) is None or held["state"] != "running":
            return
        elements = self._records.elements(tx, held)
        tx.remove("waiting_checks", check)
        try:
            ended = tx.attempt(self._ended, held, elements, outcome)
        except (CheckTaken, EnterpriseTaken):
            self._records.close(tx, check, "failed", "taken", outcome.reference)
            ended = _settled("taken", held, elements, outcome)
        self._announce.settled(tx, ended)

    def _ended(self, tx: Tx, held: Row, elements: dict[str, str], outcome: Outcome) -> Settled:
        check, actor = CheckId(held["id"]), Actor(ChatId(""), held["person"])
        match held["ground"]:
            case "attorney":
                self._claims.settle_representative(tx, actor, check, outcome)
                return _settled("letter", held, elements, outcome)
            case "representative":
                passed = self._checks.settle_enterprise(tx, actor, check, outcome) is not None
            case _:
                passed = self._checks.settle_person(tx, actor, check, outcome).checked
        if not passed and outcome.differs == ("representative",):
            return self._by_letter(tx, actor, held, elements, outcome)
        return _settled("passed" if passed else "failed", held, elements, outcome)

    def _by_letter(
        self, tx: Tx, actor: Actor, held: Row, elements: dict[str, str], outcome: Outcome
    ) -> Settled:
        """Not the legal representative: a claim by power of attorney is opened, to be gone on with."""
        try:
            check = self._claims.open_attorney(tx, actor, elements["name"], elements["code"])
        except TooManyChecks:
            return _settled("failed", held, elements, outcome)
        return _settled("letter", {**held, "id": check}, elements, None)


def _waits(tx: Reading, check: CheckId) -> bool:
    return tx.get("waiting_checks", check) is not None


def _settled(ending: Ending, held: Row, elements: dict[str, str], outcome: Outcome | None = None) -> Settled:
    return Settled(ending, held["ground"], held["person"], elements["name"], CheckId(held["id"]), outcome)

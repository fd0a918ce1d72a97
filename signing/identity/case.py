"""A case: one claim before the operators, as it reads."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from typing import Literal

from signing.errors import SigningError
from signing.identity.claims import Claim
from signing.identity.proofs import Part, Proof
from signing.ids import CheckId, PersonId
from signing.store.port import Row
from signing.store.times import moment

Verdict = Literal["approve", "reject", "again"]
State = Literal["waiting", "taken", "decided", "returned", "closed"]

REASONS: dict[str, tuple[str, ...]] = {
    "attorney": ("no-seal", "unreadable", "names", "expired", "form"),
    "document": ("unreadable", "cut-off", "names", "expired", "form"),
}
"""Reasons that operators choose from; templates hold the sentence that the applicant reads."""


class NoSuchCase(SigningError):
    """There is no such case."""

    code = "case.none"


class CaseTaken(SigningError):
    """Another operator has the case. `details`: `number`, `by`, `minutes` since."""

    code = "case.taken"


class CaseOver(SigningError):
    """The case is decided already. `details`: `number`."""

    code = "case.over"


class NotYourCase(SigningError):
    """Only the operator who has the case decides it: take it first. `details`: `number`."""

    code = "case.not-yours"


class OwnCase(SigningError):
    """It is the operator's own case or their company's. `details`: `number`."""

    code = "case.own"


class ProofsChanged(SigningError):
    """A picture was replaced after the card was shown. `details`: `number`."""

    code = "case.changed"


class TooLateToUndo(SigningError):
    """The applicant has been told. `details`: `number`."""

    code = "case.told"


class NotAReason(SigningError):
    """A rejection needs a reason of 4 to 300 characters."""

    code = "case.no-reason"


@dataclass(frozen=True, slots=True)
class Happened:
    """One line of a case's history. `by` is the operator's name."""

    kind: str
    by: str
    reason: str
    at: datetime


@dataclass(frozen=True, slots=True)
class Case:
    """`shown` is the fingerprint of the pictures; `until` is when the lease or the undo window ends."""

    id: str
    number: int
    check: CheckId
    person: PersonId
    state: State
    claim: Claim
    proofs: tuple[Proof, ...]
    shown: str
    by: str
    seconded: bool
    until: datetime
    opened: datetime
    minutes: int
    verdict: Verdict | None
    reason: str
    part: Part | None
    history: tuple[Happened, ...]

    @property
    def parts(self) -> tuple[Part, ...]:
        return tuple(each.part for each in self.proofs)

    @property
    def soft(self) -> tuple[Part, ...]:
        """The pictures that look blurred."""
        return tuple(each.part for each in self.proofs if each.soft)

    @property
    def before(self) -> int:
        """How often it was decided already."""
        return sum(each.kind in ("approve", "reject", "again") for each in self.history)

    @property
    def reasons(self) -> tuple[str, ...]:
        return REASONS[self.claim.ground]

    @property
    def main_part(self) -> Part:
        """The paper that a rejection is about where it does not say."""
        return "letter" if self.claim.ground == "attorney" else "document"


@dataclass(frozen=True, slots=True)
class Queue:
    """What waits, oldest first; minutes of the oldest and of today's median (None without decisions)."""

    cases: tuple[Case, ...]
    oldest: int
    median: int | None


def clean_reason(text: str) -> str:
    """A reason in the operator's own words, which the applicant will read. Raises NotAReason."""
    reason = " ".join(text.split())
    if not 4 <= len(reason) <= 300:
        raise NotAReason
    return reason


def happened(row: Row, by: str) -> Happened:
    return Happened(row["kind"], by, row["reason"] or "", moment(row["at"]))

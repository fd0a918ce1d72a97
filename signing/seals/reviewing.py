"""Seals that are not drawn by us wait for an operator, who sees the photo beside what was cut out of it."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime
from typing import Protocol

from signing.actor import Actor
from signing.enterprises import read_enterprise, role_of
from signing.errors import SigningError
from signing.identity.queue import LEASE, SHOWN_FOR, Figures, begin_counting, figures
from signing.ids import Digest, EnterpriseId, PersonId, SealId
from signing.later import set_timer
from signing.operators import Operator, Operators
from signing.seals.keepers import require_keeper
from signing.seals.keeping import read_seal
from signing.store.port import Reading, Row, Tx
from signing.store.times import MINUTE, moment

MOST = 20
RELEASE, CLEAR = "seal-review.release", "seal-review.clear"


class NoSuchReview(SigningError):
    """The seal does not wait for a review, or no longer."""

    code = "seal.review.over"


class ReviewTaken(SigningError):
    """Another operator looks at it. `details`: `by` (their name), `minutes` since."""

    code = "seal.review.taken"


class NotYourReview(SigningError):
    """Only the operator who has the seal decides on it: take it first."""

    code = "seal.review.not-yours"


class OwnSeal(SigningError):
    """Nobody decides on a seal of their own company."""

    code = "seal.review.own"


@dataclass(frozen=True, slots=True)
class SealReview:
    """`photo` is the digest of the photo the seal was cut out of; `keepers` are told the decision; `by` is the operator
    who has it until `until` (None: nobody) or decided on it; it has waited for `minutes`."""

    seal: SealId
    company: str
    credit_code: str
    kind: str
    photo: Digest
    picture: Digest
    state: str
    reason: str
    keepers: tuple[PersonId, ...]
    since: datetime
    minutes: int
    by: str
    until: datetime | None


class Announce(Protocol):
    """How the world hears of reviews: the operators' cards and boards, and the keepers."""

    def changed(self, tx: Tx, review: SealReview) -> None: ...

    def counted(self, tx: Tx, figures: Figures) -> None: ...

    def decided(self, tx: Tx, review: SealReview) -> None: ...

    def clear(self, tx: Tx, review: SealReview) -> None:
        """Take the pictures out of operators' chats."""


class SealReviews:
    """Brings seals before the operators, one operator a seal, and takes their decisions."""

    def __init__(self, operators: Operators, announce: Announce) -> None:
        self._operators = operators
        self._announce = announce

    def alarms(self) -> dict[str, Callable[[Tx, Row], None]]:
        """By the kind of timer."""
        return {RELEASE: self.release, CLEAR: self.clear}

    def submit(self, tx: Tx, actor: Actor, seal: SealId, photo: Digest) -> SealReview:
        """Bring a seal that waits before the operators. Raises as `Seals.keep`, NoSuchReview."""
        kept = read_seal(tx, seal)
        require_keeper(tx, actor, kept.owner, kept.kind)
        if tx.hold("seals", seal)["state"] != "waiting":
            raise NoSuchReview
        tx.insert("seal_reviews", {"id": seal, "photo": photo, "state": "waiting", "created": tx.now})
        set_timer(tx, CLEAR, seal, tx.now + SHOWN_FOR)
        begin_counting(tx)
        return self._changed(tx, seal)

    def waiting(self, tx: Reading, actor: Actor) -> list[SealReview]:
        """What waits or is looked at, oldest first. Raises NotAnOperator."""
        self._operators.require(tx, actor)
        return [self._read(tx, row["id"]) for row in tx.find("waiting_seal_reviews", limit=MOST)]

    def take(self, tx: Tx, actor: Actor, seal: SealId) -> SealReview:
        """Lease a seal for ten minutes. Raises NotAnOperator, NoSuchReview, OwnSeal, ReviewTaken."""
        operator, _ = self._open(tx, actor, seal)
        tx.change("seal_reviews", seal, {"operator": operator.id, "leased_until": tx.now + LEASE})
        set_timer(tx, RELEASE, seal, tx.now + LEASE)
        return self._changed(tx, seal)

    def take_next(self, tx: Tx, actor: Actor) -> SealReview | None:
        """Lease the oldest that nobody has and that this operator may decide on. Raises NotAnOperator."""
        for review in self.waiting(tx, actor):
            if review.until is None:
                try:
                    return self.take(tx, actor, review.seal)
                except OwnSeal:
                    continue
        return None

    def give_back(self, tx: Tx, actor: Actor, seal: SealId) -> None:
        """Put a taken seal back into the queue. Raises as `decide`."""
        self._leased(tx, actor, seal)
        tx.change("seal_reviews", seal, {"operator": None, "leased_until": None})
        self._changed(tx, seal)

    def decide(
        self, tx: Tx, actor: Actor, seal: SealId, picture: Digest, approve: bool, reason: str = ""
    ) -> SealReview:
        """Decide on exactly the picture that was shown; at once, for suspending a seal takes it back.

        Raises NotAnOperator, NoSuchReview, OwnSeal, ReviewTaken, NotYourReview.
        """
        operator = self._leased(tx, actor, seal)
        if read_seal(tx, seal).picture != picture:
            raise NoSuchReview
        decided = {"state": "approved" if approve else "refused", "reason": reason, "decided": tx.now}
        tx.change("seal_reviews", seal, {**decided, "operator": operator.id, "leased_until": None})
        tx.change("seals", seal, {"state": "usable" if approve else "retired"})
        review = self._changed(tx, seal)
        self._announce.decided(tx, review)
        self._announce.clear(tx, review)
        return review

    def release(self, tx: Tx, timer: Row) -> None:
        """The alarm: a lease that ran out without a decision."""
        seal = SealId(timer["subject"])
        tx.hold("seals", seal)
        row = tx.get("seal_reviews", seal)
        if row and row["leased_until"] is not None and row["leased_until"] <= tx.now:
            tx.change("seal_reviews", seal, {"operator": None, "leased_until": None})
            begin_counting(tx)
            self._changed(tx, seal)

    def clear(self, tx: Tx, timer: Row) -> None:
        """The alarm: no operator's chat keeps pictures for two days, whatever became of the seal."""
        self._announce.clear(tx, self._read(tx, SealId(timer["subject"])))

    def _open(self, tx: Tx, actor: Actor, seal: SealId) -> tuple[Operator, Row]:
        """A review that nobody else has, held. Raises NotAnOperator, NoSuchReview, OwnSeal, ReviewTaken."""
        operator = self._operators.require(tx, actor)
        kept = read_seal(tx, seal)
        tx.hold("seals", seal)
        row = tx.get("seal_reviews", seal)
        if row is None or row["state"] != "waiting" or kept.state != "waiting":
            raise NoSuchReview
        if operator.person is not None and role_of(tx, EnterpriseId(kept.owner), operator.person):
            raise OwnSeal
        until = row["leased_until"] or 0
        if row["operator"] != operator.id and tx.now < until:
            by = self._operators.name_of(tx, row["operator"])
            raise ReviewTaken(by=by, minutes=max(0, tx.now - until + LEASE) // MINUTE)
        return operator, row

    def _leased(self, tx: Tx, actor: Actor, seal: SealId) -> Operator:
        operator, row = self._open(tx, actor, seal)
        if row["operator"] != operator.id or tx.now >= (row["leased_until"] or 0):
            raise NotYourReview
        return operator

    def _changed(self, tx: Tx, seal: SealId) -> SealReview:
        review = self._read(tx, seal)
        self._announce.changed(tx, review)
        self._announce.counted(tx, figures(tx))
        return review

    def _read(self, tx: Reading, seal: SealId) -> SealReview:
        row = tx.get("seal_reviews", seal)
        assert row is not None
        kept, until = read_seal(tx, seal), row["leased_until"] or 0
        company = read_enterprise(tx, EnterpriseId(kept.owner))
        return SealReview(
            seal=seal,
            company=company.name,
            credit_code=company.code,
            kind=kept.kind,
            photo=row["photo"],
            picture=kept.picture,
            state=row["state"],
            reason=row["reason"],
            keepers=tuple(each["person"] for each in tx.find("admins", enterprise=company.id)),
            since=moment(row["created"]),
            minutes=(tx.now - row["created"]) // MINUTE,
            by=self._operators.name_of(tx, row["operator"]),
            until=moment(until) if until > tx.now else None,
        )

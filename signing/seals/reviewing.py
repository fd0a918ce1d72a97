"""Seals that are not drawn by us wait for an operator, who sees the photo beside what was cut out of it."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from typing import Protocol

from signing.actor import Actor
from signing.enterprises import read_enterprise, role_of
from signing.errors import SigningError
from signing.ids import Digest, EnterpriseId, PersonId, SealId
from signing.operators import Operator, Operators
from signing.seals.keepers import require_keeper
from signing.seals.keeping import read_seal
from signing.store.port import Reading, Tx
from signing.store.times import moment

MOST = 20


class NoSuchReview(SigningError):
    """The seal does not wait for a review, or no longer."""

    code = "seal.review.over"


class OwnSeal(SigningError):
    """Nobody decides on a seal of their own company."""

    code = "seal.review.own"


@dataclass(frozen=True, slots=True)
class SealReview:
    """`photo` is the digest of the photo the seal was cut out of; `keepers` are told the decision."""

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


class Announce(Protocol):
    """How the world hears of reviews."""

    def waits(self, tx: Tx, review: SealReview) -> None: ...

    def decided(self, tx: Tx, review: SealReview) -> None: ...


class SealReviews:
    """Brings seals before the operators, and takes their decisions."""

    def __init__(self, operators: Operators, announce: Announce) -> None:
        self._operators = operators
        self._announce = announce

    def submit(self, tx: Tx, actor: Actor, seal: SealId, photo: Digest) -> SealReview:
        """Bring a seal that waits before the operators. Raises as `Seals.keep`, NoSuchReview."""
        kept = read_seal(tx, seal)
        require_keeper(tx, actor, kept.owner, kept.kind)
        if tx.hold("seals", seal)["state"] != "waiting":
            raise NoSuchReview
        tx.insert("seal_reviews", {"id": seal, "photo": photo, "state": "waiting", "created": tx.now})
        review = _read(tx, seal)
        self._announce.waits(tx, review)
        return review

    def waiting(self, tx: Reading, actor: Actor) -> list[SealReview]:
        """What waits, oldest first. Raises NotAnOperator."""
        self._operators.require(tx, actor)
        return [_read(tx, row["id"]) for row in tx.find("waiting_seal_reviews", limit=MOST)]

    def look(self, tx: Reading, actor: Actor, seal: SealId) -> SealReview:
        """What an operator decides on. Raises NotAnOperator, NoSuchReview, OwnSeal."""
        operator = self._operators.require(tx, actor)
        review = _read(tx, seal)
        if review.state != "waiting" or read_seal(tx, seal).state != "waiting":
            raise NoSuchReview
        _require_other(tx, operator, read_seal(tx, seal).owner)
        return review

    def decide(
        self, tx: Tx, actor: Actor, seal: SealId, picture: Digest, approve: bool, reason: str = ""
    ) -> SealReview:
        """Decide on exactly the picture that was shown; at once, for suspending a seal takes it back.

        Raises NotAnOperator, NoSuchReview, OwnSeal.
        """
        operator = self._operators.require(tx, actor)
        if self.look(tx, actor, seal).picture != picture:
            raise NoSuchReview
        tx.hold("seals", seal)
        decided = {"state": "approved" if approve else "refused", "reason": reason, "decided": tx.now}
        tx.change("seal_reviews", seal, {**decided, "operator": operator.id})
        tx.change("seals", seal, {"state": "usable" if approve else "retired"})
        review = _read(tx, seal)
        self._announce.decided(tx, review)
        return review


def _require_other(tx: Reading, operator: Operator, owner: str) -> None:
    if operator.person is not None and role_of(tx, EnterpriseId(owner), operator.person):
        raise OwnSeal


def _read(tx: Reading, seal: SealId) -> SealReview:
    row = tx.get("seal_reviews", seal)
    if row is None:
        raise NoSuchReview
    kept = read_seal(tx, seal)
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
    )

"""Seals that are kept: who owns them, who may use them."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from typing import Literal

from signing.actor import Actor
from signing.contracts.changing import require_undoable
from signing.enterprises import Role, read_enterprise, require_member, role_of
from signing.errors import SigningError
from signing.ids import Digest, EnterpriseId, PersonId, SealId, new_id
from signing.pdf.appearance import PreparedSeal, prepare_seal
from signing.persons import read_person
from signing.seals.catalogue import SealKind, form
from signing.seals.drawn import draw
from signing.seals.grants import consume, granted
from signing.seals.keepers import SealNotYours, require_keeper, uses_without_grant
from signing.seals.records import SealRecords
from signing.seals.typed import NotASealCode
from signing.store.blobs import Blobs
from signing.store.port import Reading, Row, Store, Tx
from signing.store.times import moment

State = Literal["waiting", "usable", "suspended", "retired"]
Made = Literal["online", "photo", "drawn"]


class NoSeal(SigningError):
    """The principal has no seal that this person may use."""

    code = "seal.none"


@dataclass(frozen=True, slots=True)
class Seal:
    """`picture` is the digest of its PNG; sizes in mm; `name` is what its keeper calls it, if anything.

    `state` is usable, waiting (for a review), suspended or retired; the default is the one that was `preferred` last.
    """

    id: SealId
    owner: str
    kind: str
    picture: Digest
    width_mm: float
    height_mm: float
    state: str = "usable"
    name: str = ""
    preferred: int = 0


@dataclass(frozen=True, slots=True)
class Use:
    """One use of a seal."""

    person: str
    title: str
    at: datetime


@dataclass(frozen=True, slots=True)
class Drawn:
    """A picture that was drawn or cut out and waits to be kept; sizes in mm."""

    picture: Digest
    width_mm: float
    height_mm: float


class Seals:
    """Makes, keeps and finds the seals of enterprises and the signatures of persons.

    With `review`, an enterprise's seal that is not drawn by us waits for an operator.
    """

    def __init__(
        self, store: Store, blobs: Blobs, records: SealRecords, font: str, review: bool = False
    ) -> None:
        self._store = store
        self._blobs = blobs
        self._records = records
        self._font = font or None
        self._review = review
        self._prepared: dict[SealId, PreparedSeal] = {}

    def draw_for(self, owner: str, kind: str, inverse: bool = False, code: str = "") -> Drawn:
        """Draw a seal from the owner's certified names; outside any transaction. Raises SealError, NotASealCode.

        `inverse` makes a square seal white on red; `code` is what a round one bears on its lower arc, if anything.
        """
        if code and form(kind).shape != "round":
            raise NotASealCode
        name, number = self._store.read(_inscription, owner, kind)
        made = draw(SealKind(kind), name, number=code or number, font=self._font, inverse=inverse)
        return Drawn(Digest(self._blobs.write(made.png)), made.width_mm, made.height_mm)

    def keep(self, tx: Tx, actor: Actor, owner: str, kind: str, drawn: Drawn, made: Made) -> Seal:
        """Keep a seal. An enterprise's is made by its admin, a person's by themself; by hand, it is their default.

        Raises NotRegistered, NotAMember, NotItsAdmin, SealNotYours.
        """
        require_keeper(tx, actor, owner, kind)
        self._blobs.register(tx, drawn.picture, "image/png")
        key = SealId(new_id("s", tx.now))
        size = {"width_mm": drawn.width_mm, "height_mm": drawn.height_mm}
        row = {
            "id": key,
            "owner": owner,
            "kind": kind,
            "text": form(kind).text,
            "picture": drawn.picture,
            **size,
        }
        by_hand = kind == SealKind.SIGNATURE and made != "online"
        waits = self._review and made != "online" and owner != actor.registered
        state = {"state": "waiting" if waits else "usable", "preferred": tx.now if by_hand else 0}
        tx.insert("seals", {**row, "made": made, **state, "created": tx.now})
        png = self._blobs.read(drawn.picture)
        sizes = (drawn.width_mm, drawn.height_mm)
        self._records.make(tx, key, owner, kind, _certified_name(tx, owner), png, sizes)
        return read_seal(tx, key)

    def usable(self, tx: Reading, actor: Actor, owner: str, contract: str | None = None) -> list[Seal]:
        """The owner's seals that the person may use (for a contract), the newest first.

        Raises NotRegistered, NotAMember.
        """
        person = actor.registered
        rows = tx.find("usable_seals", owner=owner)
        if owner == person:
            return [_seal(row) for row in rows]
        role = require_member(tx, EnterpriseId(owner), person)
        mine = [row for row in rows if _may_use(tx, row, person, role, contract)]
        return [_seal(row) for row in mine]

    def all_of(self, tx: Reading, actor: Actor, owner: str) -> list[Seal]:
        """The owner's seals, whoever may use them. Raises NotRegistered, NotAMember."""
        if owner != actor.registered:
            require_member(tx, EnterpriseId(owner), actor.registered)
        return [_seal(row) for row in tx.find("seals_of_owner", owner=owner)]

    def view(self, tx: Reading, actor: Actor, seal: SealId) -> Seal:
        """One seal, for whoever keeps it. Raises as `keep`."""
        kept = read_seal(tx, seal)
        require_keeper(tx, actor, kept.owner, kept.kind)
        return kept

    def owner_name(self, tx: Reading, actor: Actor, seal: SealId) -> str:
        """The certified name of its owner, for whoever keeps it. Raises as `keep`."""
        return _certified_name(tx, self.view(tx, actor, seal).owner)

    def is_keeper(self, tx: Reading, actor: Actor, owner: str) -> bool:
        """Whether the person makes and lends the owner's seals."""
        if owner == actor.registered:
            return True
        return role_of(tx, EnterpriseId(owner), actor.registered) == "admin"

    def require_usable(
        self, tx: Reading, actor: Actor, owner: str, seal: SealId, contract: str | None = None
    ) -> Seal:
        """The seal, if the person may use it for this owner now and its picture is the one that was kept.

        Raises SealNotYours, as `usable`, and as `SealRecords.require_genuine`.
        """
        for each in self.usable(tx, actor, owner, contract):
            if each.id == seal:
                self._records.require_genuine(tx, seal, owner, self._blobs.read(each.picture))
                return each
        raise SealNotYours

    def used(self, tx: Tx, actor: Actor, owner: str, seal: SealId, contract: str) -> None:
        """A member's use of a lent seal counts against the grant, in the transaction that signs."""
        person, kept = actor.registered, read_seal(tx, seal)
        if owner == person:
            return
        if not uses_without_grant(tx, person, owner, kept.kind, role_of(tx, EnterpriseId(owner), person)):
            grant = granted(tx, person, seal, contract)
            if grant is None:
                raise SealNotYours
            consume(tx, grant)

    def set_state(self, tx: Tx, actor: Actor, seal: SealId, state: State) -> Seal:
        """Suspend a seal, make it usable again, or retire it for good. Raises as `keep`, SealNotYours.

        Of one that waits for its review, only the retiring is up to its keeper.
        """
        kept = self.view(tx, actor, seal)
        if kept.state == "waiting" and state != "retired":
            raise SealNotYours
        retired = {"retired": tx.now, "retired_from": kept.state} if state == "retired" else {}
        return self._changed(tx, seal, {"state": state, **retired})

    def bring_back(self, tx: Tx, actor: Actor, seal: SealId) -> Seal:
        """Undo that its keeper retired it, within a minute. Raises as `keep`, UndoOver."""
        self.view(tx, actor, seal)
        row = tx.hold("seals", seal)
        if row["state"] == "retired":
            require_undoable(tx, row["retired"] or 0)
            tx.change("seals", seal, {"state": row["retired_from"], "retired": None, "retired_from": None})
        return read_seal(tx, seal)

    def rename(self, tx: Tx, actor: Actor, seal: SealId, name: str) -> Seal:
        """What its keeper calls it. Raises as `keep`, SealNotYours."""
        self.view(tx, actor, seal)
        return self._changed(tx, seal, {"name": name})

    def prefer(self, tx: Tx, actor: Actor, seal: SealId) -> Seal:
        """Make it the one that is used unless another is chosen. Raises as `keep`, SealNotYours."""
        self.view(tx, actor, seal)
        return self._changed(tx, seal, {"preferred": tx.now})

    def _changed(self, tx: Tx, seal: SealId, columns: Row) -> Seal:
        if tx.hold("seals", seal)["state"] == "retired":
            raise SealNotYours
        tx.change("seals", seal, columns)
        return read_seal(tx, seal)

    def uses(self, tx: Reading, actor: Actor, seal: SealId) -> list[Use]:
        """Who used a seal, for which contract, when; the newest first. Raises NotAMember, NotItsAdmin."""
        kept = read_seal(tx, seal)
        require_keeper(tx, actor, kept.owner, kept.kind)
        rows = tx.find("uses_of_seal", seal=seal, limit=20)
        return [Use(read_person(tx, row["person"]).name, row["title"], moment(row["signed"])) for row in rows]

    def prepared(self, seal: Seal) -> PreparedSeal:
        """The seal ready to be stamped, made once a seal. A signature may shrink to its line, a seal never."""
        if seal.id not in self._prepared:
            png = self._blobs.read(seal.picture)
            by_hand = seal.kind == SealKind.SIGNATURE
            self._prepared[seal.id] = prepare_seal(png, seal.width_mm, seal.height_mm, shrinks=by_hand)
        return self._prepared[seal.id]


def read_seal(tx: Reading, seal: SealId) -> Seal:
    row = tx.get("seals", seal)
    if row is None:
        raise SealNotYours
    return _seal(row)


def _seal(row: Row) -> Seal:
    return Seal(**{name: row[name] for name in Seal.__slots__})


def _may_use(tx: Reading, row: Row, person: PersonId, role: Role, contract: str | None) -> bool:
    own = uses_without_grant(tx, person, row["owner"], row["kind"], role)
    return own or granted(tx, person, row["id"], contract) is not None


def _inscription(tx: Reading, owner: str, kind: str) -> tuple[str, str]:
    """What a seal made online says: a name, and where its kind bears one a number."""
    if kind == SealKind.LEGAL_REPRESENTATIVE:
        return read_enterprise(tx, EnterpriseId(owner)).representative, ""
    number = read_enterprise(tx, EnterpriseId(owner)).code if kind == SealKind.INVOICE else ""
    return _certified_name(tx, owner), number


def _certified_name(tx: Reading, owner: str) -> str:
    if tx.get("enterprises", owner):
        return read_enterprise(tx, EnterpriseId(owner)).name
    return read_person(tx, PersonId(owner)).name

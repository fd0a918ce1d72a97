"""Seals that are kept: who owns them, who may use them."""

from __future__ import annotations

from dataclasses import dataclass

from signing.actor import Actor
from signing.enterprises import read_enterprise, require_admin
from signing.errors import SigningError
from signing.ids import Digest, EnterpriseId, PersonId, SealId, new_id
from signing.pdf.appearance import PreparedSeal, prepare_seal
from signing.persons import read_person
from signing.seals.catalogue import SealKind, form
from signing.seals.drawn import draw
from signing.store.blobs import Blobs
from signing.store.port import Reading, Row, Store, Tx


class NoSeal(SigningError):
    """The principal has no seal that this person may use."""

    code = "seal.none"


class SealNotYours(SigningError):
    """The seal belongs to somebody else, is retired, or is not the person's to use."""

    code = "seal.not-yours"


@dataclass(frozen=True, slots=True)
class Seal:
    """`picture` is the digest of its PNG; sizes in mm."""

    id: SealId
    owner: str
    kind: str
    picture: Digest
    width_mm: float
    height_mm: float


@dataclass(frozen=True, slots=True)
class Drawn:
    """A picture that was drawn or cut out and waits to be kept; sizes in mm."""

    picture: Digest
    width_mm: float
    height_mm: float


class Seals:
    """Makes, keeps and finds the seals of enterprises and the signatures of persons."""

    def __init__(self, store: Store, blobs: Blobs, font: str) -> None:
        self._store = store
        self._blobs = blobs
        self._font = font or None
        self._prepared: dict[SealId, PreparedSeal] = {}

    def draw_for(self, owner: str, kind: str) -> Drawn:
        """Draw a seal from the owner's certified name; outside any transaction. Raises SealError."""
        name = self._store.read(_certified_name, owner)
        made = draw(SealKind(kind), name, font=self._font)
        return Drawn(Digest(self._blobs.write(made.png)), made.width_mm, made.height_mm)

    def keep(self, tx: Tx, actor: Actor, owner: str, kind: str, drawn: Drawn, made: str) -> Seal:
        """Keep a seal. An enterprise's is made by its admin, a person's by themself.

        Raises NotRegistered, NotAMember, NotItsAdmin, SealNotYours.
        """
        _require_keeper(tx, actor, owner)
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
        tx.insert("seals", {**row, "made": made, "state": "usable", "created": tx.now})
        return Seal(key, owner, kind, drawn.picture, **size)

    def usable(self, tx: Reading, actor: Actor, owner: str) -> list[Seal]:
        """The owner's seals that the person may use, the newest first. Raises NotRegistered, NotAMember."""
        _require_keeper(tx, actor, owner)
        return [_seal(row) for row in tx.find("usable_seals", owner=owner)]

    def require_usable(self, tx: Reading, actor: Actor, owner: str, seal: SealId) -> Seal:
        """The seal, if the person may use it for this owner now. Raises SealNotYours and as `usable`."""
        for each in self.usable(tx, actor, owner):
            if each.id == seal:
                return each
        raise SealNotYours

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
    columns = {name: row[name] for name in ("id", "owner", "kind", "picture", "width_mm", "height_mm")}
    return Seal(**columns)


def _require_keeper(tx: Reading, actor: Actor, owner: str) -> None:
    if owner != actor.registered:
        if tx.get("enterprises", owner) is None:
            raise SealNotYours
        require_admin(tx, EnterpriseId(owner), actor.registered)


def _certified_name(tx: Reading, owner: str) -> str:
    if tx.get("enterprises", owner):
        return read_enterprise(tx, EnterpriseId(owner)).name
    return read_person(tx, PersonId(owner)).name

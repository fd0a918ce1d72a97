"""Proofs of a check: photos of papers, kept encrypted under the person's key, replaced one by one."""

from __future__ import annotations

import hashlib
from dataclasses import dataclass
from typing import Literal

from signing.actor import Actor
from signing.documents.child import Run
from signing.errors import SigningError
from signing.identity.pictures import clean, ringed
from signing.identity.sharpness import SOFT
from signing.ids import CheckId, Digest, PersonId, new_id
from signing.later import later
from signing.privacy import require_consent
from signing.store.blobs import Blobs
from signing.store.port import Reading, Row, Store, Tx

Part = Literal["licence", "letter", "document"]
JPEG = "image/jpeg"


class NotThisProof(SigningError):
    """The check is somebody else's, is over, or takes no such paper."""

    code = "proof.not-open"


@dataclass(frozen=True, slots=True)
class Scan:
    """A photo that was cleaned and sealed, and waits to be kept. Digests are those of the sealed bytes.

    `sharpness` is the percentage of it that is sharp. `where` says what is blurred (as `sharpness.Sharpness`, "" if
    nothing is), and `ringed` is a copy with a ring around that.
    """

    digest: Digest
    sharpness: int
    where: str = ""
    ringed: Digest | None = None


@dataclass(frozen=True, slots=True)
class Proof:
    """A kept photo of one paper. `soft` photos look blurred."""

    part: Part
    digest: Digest
    soft: bool


class Proofs:
    """Takes papers in, away from whatever the messenger brought."""

    def __init__(self, store: Store, blobs: Blobs, run: Run) -> None:
        self._store = store
        self._blobs = blobs
        self._run = run

    def scan(self, person: PersonId, upload: Digest) -> Scan:
        """Clean and seal a file that was sent; outside any transaction. Raises as `pictures.clean`."""
        photo = clean(self._blobs.read(upload), self._run)
        digest = self._sealed(person, photo.data)
        copy = self._sealed(person, ringed(photo, self._run)) if photo.where else None
        return Scan(digest, photo.percent, photo.where, copy)

    def _sealed(self, person: PersonId, jpeg: bytes) -> Digest:
        return Digest(self._store.write(self._blobs.write_sealed, person, jpeg, JPEG))

    def keep(self, tx: Tx, actor: Actor, check: CheckId, part: Part, scan: Scan) -> None:
        """Make a scan the check's proof of a part, in place of the one before. Raises NotThisProof, NoConsent."""
        row = tx.hold("checks", check)
        blob = tx.get("blobs", scan.digest)
        mine = row["person"] == actor.registered and blob is not None and blob["subject"] == actor.registered
        if not mine or row["state"] in ("passed", "failed"):
            raise NotThisProof
        if part != "licence":
            require_consent(tx, actor.registered)
        for old in tx.find("current_proofs", check_id=check):
            if old["part"] == part:
                tx.change("proofs", old["id"], {"state": "replaced"})
        proof = {"id": new_id("r", tx.now), "check_id": check, "part": part, "digest": scan.digest}
        tx.insert("proofs", {**proof, "sharpness": scan.sharpness, "state": "current", "created": tx.now})

    def has(self, tx: Tx, actor: Actor, check: CheckId, part: Part) -> bool:
        """Whether the person's check has this paper already. Raises NotThisProof."""
        if tx.hold("checks", check)["person"] != actor.registered:
            raise NotThisProof
        return any(each.part == part for each in proofs_of(tx, check))

    def forget_upload(self, tx: Tx, actor: Actor, upload: Digest) -> None:
        """The file as it was sent is not kept, unless something else is made of it."""
        if not tx.find("document_is_used", digest=upload):
            tx.remove("blobs", upload)
            later(tx, self.shred, upload)

    def shred(self, upload: Digest) -> None:
        """Delete a file that no row names any more."""
        self._blobs.shred(self._store, upload)

    def picture(self, person: PersonId, digest: Digest) -> bytes:
        """A scan's JPEG. Raises Sealed, BlobMissing."""
        return self._store.read(self._blobs.read_sealed, person, digest)


def proofs_of(tx: Reading, check: str) -> list[Proof]:
    return [_proof(row) for row in tx.find("current_proofs", check_id=check)]


def fingerprint(proofs: list[Proof]) -> str:
    """One digest over all the pictures: what a decision is bound to."""
    return hashlib.sha256("\n".join(f"{each.part} {each.digest}" for each in proofs).encode()).hexdigest()


def _proof(row: Row) -> Proof:
    return Proof(row["part"], Digest(row["digest"]), row["sharpness"] < SOFT)

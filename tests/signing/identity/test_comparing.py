"""What a licence's photo says against what was claimed, as the operator reads it."""

from __future__ import annotations

import pytest

from signing.identity.claims import Claim, Difference
from signing.identity.comparing import Comparing
from signing.identity.licences import Licence, NoReader
from signing.identity.proofs import Proofs
from signing.identity.records import Records
from signing.ids import CheckId, PersonId
from signing.store.blobs import Blobs
from signing.store.port import Tx
from signing.store.sqlite import SqliteStore
from signing.store.vault import Vault

CHEN, CHECK = PersonId("p1"), CheckId("k1")
CLAIMED = {"name": "蓝窑陶瓷有限公司", "code": "91360202MA35H8QK2R", "representative": "苏青窑"}


def claim(**seen: str) -> Claim:
    return Claim("attorney", "陈晓舟", **CLAIMED, address="窑前路18号", seen=seen)


def test_what_differs_is_named_as_it_is_claimed_and_as_it_was_read() -> None:
    seen = claim(representative="苏青瑶", address="窑前路8号", name="蓝窑陶瓷有限公司")
    assert seen.differs == (
        Difference("representative", "苏青窑", "苏青瑶"),
        Difference("address", "窑前路18号", "窑前路8号"),
    )
    assert seen.agrees == ("name",)


@pytest.mark.parametrize("read", ["蓝窑陶瓷有限公司", "蓝窑 陶瓷有限公司"])
def test_spaces_and_width_make_no_difference(read: str) -> None:
    assert claim(name=read).differs == ()


def test_what_was_not_read_neither_differs_nor_agrees() -> None:
    assert (claim().differs, claim().agrees) == ((), ())


class Kept:
    """A check with a licence's photo, sealed as it lies in an installation."""

    def __init__(self, store: SqliteStore, vault: Vault, blobs: Blobs) -> None:
        self.store, self.records = store, Records(vault, "sandbox")
        self.proofs = Proofs(store, blobs, lambda *_: ({}, b""))
        self.blobs = blobs
        store.write(self._make)

    def _make(self, tx: Tx) -> None:
        tx.insert("persons", {"id": CHEN, "created": tx.now})
        row = {"id": CHECK, "kind": "enterprise", "person": CHEN, "state": "collecting", "ground": "attorney"}
        tx.insert("checks", {**row, "provider": "sandbox", "created": tx.now})
        self.records.keep(tx, CHECK, CHEN, CLAIMED, "collecting")
        digest = self.blobs.write_sealed(tx, CHEN, b"a photo", "image/jpeg")
        proof = {"id": "r1", "check_id": CHECK, "part": "licence", "digest": digest, "sharpness": 100}
        tx.insert("proofs", {**proof, "state": "current", "created": tx.now})

    def elements(self) -> dict[str, object]:
        return self.store.read(lambda tx: self.records.elements(tx, tx.get("checks", CHECK) or {}))


@pytest.fixture
def kept(store: SqliteStore, vault: Vault, blobs: Blobs) -> Kept:
    return Kept(store, vault, blobs)


def test_what_the_photo_says_is_kept_sealed_with_the_claim(kept: Kept) -> None:
    def read(jpeg: bytes) -> Licence:
        assert jpeg == b"a photo"
        return Licence("蓝窑陶瓷有限公司", representative="苏青瑶")

    Comparing(kept.store, kept.records, kept.proofs, read).look_over(CHECK)
    assert kept.elements() == {**CLAIMED, "seen": {"name": "蓝窑陶瓷有限公司", "representative": "苏青瑶"}}
    row = kept.store.read(lambda tx: tx.get("checks", CHECK))
    assert row is not None and "苏青瑶".encode() not in row["elements"]


def test_where_nothing_reads_pictures_the_claim_stays_as_it_is(kept: Kept) -> None:
    def read(jpeg: bytes) -> Licence:
        raise NoReader

    Comparing(kept.store, kept.records, kept.proofs, read).look_over(CHECK)
    assert kept.elements() == CLAIMED

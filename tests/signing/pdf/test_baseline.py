"""Contracts of many kinds meet the PAdES baseline, and other validators agree; many sign at once."""

from __future__ import annotations

from concurrent.futures import ThreadPoolExecutor

import pytest

from signing.pdf.fields import SignatureField
from signing.pdf.prepare import prepare
from signing.pdf.sign import Signature, sign
from signing.pdf.trust import Trust
from signing.pdf.verify import verify
from signing.pki.keys import KeyKind
from signing.pki.subjects import Subject
from tests.signing.pdf import world
from tests.signing.pdf.baseline import LATER, complaints

PARTIES = 20


@pytest.mark.parametrize("seed", range(6))
def test_a_contract_meets_the_baseline_and_everyone_agrees(seed: int) -> None:
    assert complaints(seed) == []


@pytest.mark.parametrize("kind", KeyKind)
def test_every_kind_of_key_signs_validly(kind: KeyKind) -> None:
    authority = world.authority(kind)
    stamp = authority.timestamper(world.Hands())
    prepared = prepare(world.document(), [SignatureField("harbor")])
    signature = Signature(
        "harbor", world.signer(world.HARBOR, kind), world.NOW, certify=True, timestamper=stamp
    )
    report = verify(sign(prepared, signature), Trust([authority.root_pem]), LATER)
    assert report.valid, report.reasons
    assert str(report.level) == "PAdES-B-T"


def test_twenty_parties_who_sign_at_once_leave_twenty_valid_signatures() -> None:
    """Each computes on the revision it saw and, where another was quicker, again: as the store's compare-and-swap asks."""
    subjects = [Subject.person(f"林晓{number}", f"{number:016x}") for number in range(PARTIES)]
    fields = [SignatureField(f"party-{number}") for number in range(PARTIES)]
    revisions = [prepare(world.document(), fields)]

    def take_part(number: int) -> None:
        signer = world.signer(subjects[number])
        while True:
            seen = len(revisions)
            signature = Signature(f"party-{number}", signer, world.NOW, certify=seen == 1)
            signed = sign(revisions[seen - 1], signature)
            if commit(seen, signed):
                return

    def commit(seen: int, signed: bytes) -> bool:
        if len(revisions) != seen:
            return False
        revisions.append(signed)
        return True

    with ThreadPoolExecutor(PARTIES) as pool:
        list(pool.map(take_part, range(PARTIES)))
    report = verify(revisions[-1], Trust([world.authority().root_pem]), LATER)
    assert report.valid, report.reasons
    assert len(report.signatures) == PARTIES

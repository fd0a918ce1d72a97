"""Contracts of many kinds meet the PAdES baseline, and other validators agree; many sign at once."""

from __future__ import annotations

import shutil
import subprocess
from concurrent.futures import ThreadPoolExecutor
from functools import cache
from pathlib import Path

import pytest

from signing.pdf.fields import SignatureField
from signing.pdf.prepare import prepare
from signing.pdf.sign import Signature, sign
from signing.pdf.trust import Trust
from signing.pdf.verify import verify
from signing.pki.keys import KeyKind
from signing.pki.subjects import Subject
from tests.signing.pdf import pdfbox, world
from tests.signing.pdf.baseline import LATER, complaints, contract

PARTIES = 20


@pytest.mark.parametrize("seed", range(6))
def test_a_contract_meets_the_baseline_and_everyone_agrees(seed: int) -> None:
    assert complaints(seed) == []


@pdfbox.needs_pdfbox
def test_pdfbox_agrees_on_contracts_and_every_kind_of_key_and_sees_a_flipped_bit() -> None:
    made = {seed: contract(seed) for seed in range(3)}
    flipped = bytearray(signed_with(KeyKind.P256))
    flipped[2000] ^= 1
    files = {str(seed): one[0] for seed, one in made.items()} | {
        kind.value: signed_with(kind) for kind in KeyKind
    }
    said = pdfbox.said(files | {"flipped": bytes(flipped)})
    assert said.pop("flipped") != "valid 1 0"
    assert said == {str(seed): f"valid {one[1]} {int(one[2])}" for seed, one in made.items()} | dict.fromkeys(
        KeyKind, "valid 1 0"
    )


@pytest.mark.parametrize("kind", KeyKind)
def test_every_kind_of_key_signs_validly(kind: KeyKind) -> None:
    report = verify(signed_with(kind), Trust([world.authority(kind).root_pem]), LATER)
    assert report.valid, report.reasons
    assert str(report.level) == "PAdES-B-T"


@pytest.mark.skipif(not shutil.which("pdfsig"), reason="pdfsig is not on this machine")
@pytest.mark.parametrize("kind", [KeyKind.P256, KeyKind.RSA3072])
def test_pdfsig_reads_elliptic_curves_and_rsa(kind: KeyKind, tmp_path: Path) -> None:
    (tmp_path / "signed.pdf").write_bytes(signed_with(kind))
    command = ["pdfsig", "-nocert", str(tmp_path / "signed.pdf")]
    said = subprocess.run(command, capture_output=True, text=True, check=False, timeout=60).stdout
    assert "Signature is Valid" in said and "Total document signed" in said


@cache
def signed_with(kind: KeyKind) -> bytes:
    """One signature with a key of this kind, B-T."""
    stamp = world.authority(kind).timestamper(world.Hands())
    signer = world.signer(world.HARBOR, kind)
    signature = Signature("harbor", signer, world.NOW, certify=True, timestamper=stamp)
    return sign(prepare(world.document(), [SignatureField("harbor")]), signature)


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

"""The verifier's report on honest files."""

from __future__ import annotations

import hashlib
import json
from datetime import timedelta
from functools import cache
from io import BytesIO

import pytest
from asn1crypto import keys, x509
from cryptography.hazmat.primitives.serialization import Encoding, NoEncryption, PrivateFormat
from hypothesis import given, settings
from hypothesis import strategies as st
from pyhanko.pdf_utils.incremental_writer import IncrementalPdfFileWriter
from pyhanko.sign import PdfSignatureMetadata, PdfSigner, SimpleSigner
from pyhanko.sign.fields import SigSeedSubFilter
from pyhanko_certvalidator.registry import SimpleCertificateStore

from signing.pdf.fields import SignatureField
from signing.pdf.prepare import prepare
from signing.pdf.reasons import Reason, Verdict
from signing.pdf.sign import Signature, sign
from signing.pdf.trust import Trust
from signing.pdf.verify import verify
from tests.signing.pdf import world
from tests.signing.pdf.test_sign import KILN_FIELD, signed_by_both

TRUST = Trust([world.authority().root_pem])
LATER = world.NOW + timedelta(days=1)


def test_two_companies_signatures_are_read_with_names_times_and_level() -> None:
    report = verify(signed_by_both(world.document()), TRUST, LATER).as_dict()
    assert report["valid"] is True
    assert report["level"] == "PAdES-B-T"
    assert report["covers_whole_file"] is True
    first, second = report["signatures"]
    assert first["organization_identifier"] == "NTRCN-91350211M000100Y43"
    assert first["signer"] == "海港茶业有限公司"
    assert first["certifies"] and not second["certifies"]
    assert first["time_source"] == second["time_source"] == "timestamp"
    assert second["time"] == "2026-12-01T08:30:00+00:00"
    assert first["changed_after"] == ["kiln"]
    assert json.loads(json.dumps(report)) == report


def test_without_a_timestamp_the_time_is_only_claimed() -> None:
    report = verify(signed_by_both(world.document(), timestamped=False), TRUST, LATER)
    assert report.valid
    assert str(report.level) == "PAdES-B-B"
    assert {each.time_source for each in report.signatures} == {"claimed"}
    assert all(Reason.UNPROVEN_TIME in each.reasons for each in report.signatures)


def test_an_authority_that_is_not_trusted_makes_it_indeterminate() -> None:
    stranger = world.Authority.create("Somebody Else", world.Keys(world.Vault()), world.NOW)
    report = verify(signed_by_both(world.document()), Trust([stranger.root_pem]), LATER)
    assert report.verdict is Verdict.INDETERMINATE
    assert Reason.UNTRUSTED in report.reasons


def test_a_file_without_signatures_is_not_valid() -> None:
    for document in (world.document(), prepare(world.document(), [KILN_FIELD])):
        assert verify(document, TRUST, LATER).reasons == (Reason.NO_SIGNATURE,)


def test_a_document_of_ours_must_match_the_revisions_we_wrote() -> None:
    prepared = prepare(world.document(), [KILN_FIELD])
    ours, other = (
        sign(prepared, Signature("kiln", world.signer(), world.NOW, world.seal())) for _ in range(2)
    )
    record = [hashlib.sha256(revision).hexdigest() for revision in (prepared, ours)]
    assert verify(ours, TRUST, LATER, record).valid
    assert verify(other, TRUST, LATER, record).reasons == (Reason.OTHER_RECORD,)


def test_a_signature_from_the_future_is_indeterminate() -> None:
    report = verify(
        signed_by_both(world.document(), timestamped=False), TRUST, world.NOW - timedelta(hours=4)
    )
    assert report.verdict is Verdict.INDETERMINATE
    assert Reason.FUTURE in report.reasons


def test_an_expired_certificate_without_a_timestamp_is_indeterminate_and_with_one_valid() -> None:
    after = world.NOW + timedelta(days=5 * 365)
    unproven = verify(signed_by_both(world.document(), timestamped=False), TRUST, after)
    assert unproven.reasons == (Reason.EXPIRED,)
    assert verify(signed_by_both(world.document()), TRUST, after).valid


@pytest.mark.parametrize("subfilter", [SigSeedSubFilter.PADES, SigSeedSubFilter.ADOBE_PKCS7_DETACHED])
def test_what_another_program_signed_is_read_too(subfilter: SigSeedSubFilter) -> None:
    report = verify(signed_by_pyhanko(subfilter), TRUST, LATER)
    assert report.valid, report.reasons
    assert str(report.level) == ("PAdES-B-B" if subfilter is SigSeedSubFilter.PADES else "none")
    assert report.signatures[0].organization == "Blue Kiln Ceramics Ltd"


def signed_by_pyhanko(subfilter: SigSeedSubFilter) -> bytes:
    signer = world.signer(world.KILN)
    plain = signer.key.private.private_bytes(  # type: ignore[attr-defined]
        Encoding.DER, PrivateFormat.PKCS8, NoEncryption()
    )
    chain = SimpleCertificateStore.from_certs([x509.Certificate.load(each) for each in signer.chain])
    pyhanko = SimpleSigner(x509.Certificate.load(signer.certificate), keys.PrivateKeyInfo.load(plain), chain)
    metadata = PdfSignatureMetadata(field_name="Signature1", subfilter=subfilter, md_algorithm="sha256")
    writer = IncrementalPdfFileWriter(BytesIO(world.with_object_streams()))
    return PdfSigner(metadata, pyhanko).sign_pdf(writer).getvalue()


def test_after_a_rollover_of_the_issuing_key_old_and_new_certificates_verify() -> None:
    clock = world.Hands()
    before = world.Authority.create("Harbor Signing", world.Keys(world.Vault()), clock())
    old = before.issue(world.HARBOR, clock())
    after = before.roll_over(clock.move(days=30))
    new = after.issue(world.KILN, clock())
    pdf = prepare(world.document(), [SignatureField("one"), SignatureField("two")])
    for field, issued in (("one", old), ("two", new)):
        signer = after.signer(issued.certificate_pem, issued.wrapped_key)
        pdf = sign(pdf, Signature(field, signer, clock(), certify=field == "one"))
    report = verify(pdf, Trust([before.root_pem]), clock.move(hours=1))
    assert report.valid, report.reasons
    assert len({each.issuer for each in report.signatures}) == 2


@settings(max_examples=60, deadline=None)
@given(st.binary(max_size=400), st.integers(0, 60_000))
def test_nothing_that_is_put_into_a_file_makes_the_verifier_raise(junk: bytes, position: int) -> None:
    signed = signed_once()
    at = position % len(signed)
    changed = signed[:at] + junk + signed[at + len(junk) :]
    assert verify(changed, TRUST, LATER).valid == (changed == signed)


@cache
def signed_once() -> bytes:
    prepared = prepare(world.document(), [KILN_FIELD])
    return sign(prepared, Signature("kiln", world.signer(), world.NOW, world.seal(), certify=True))

"""A finished contract lasts: PAdES B-LTA, and again when its timestamp grows old."""

from __future__ import annotations

import hashlib
import re
from datetime import timedelta
from pathlib import Path

from cryptography import x509

from signing.pdf.finish import finish
from signing.pdf.prepare import prepare
from signing.pdf.reasons import Reason, Verdict
from signing.pdf.report import Report
from signing.pdf.sign import Signature, sign
from signing.pdf.trust import Trust
from signing.pdf.verify import verify
from signing.pki.revocation import Reason as Why
from signing.pki.revocation import Revocation
from tests.signing.pdf import world
from tests.signing.pdf.test_sign import KILN_FIELD, run, signed_by_both

DAY = timedelta(days=1)


def trust() -> Trust:
    return Trust([world.authority().root_pem])


def certificates() -> list[str]:
    return [world.certificate(each, world.KeyKind.P256)[0] for each in (world.HARBOR, world.KILN)]


def serial(number: int) -> int:
    return x509.load_pem_x509_certificate(certificates()[number].encode()).serial_number


def finished(clock: world.Hands, *revoked: Revocation, pdf: bytes | None = None) -> bytes:
    material = world.authority().material(certificates(), revoked, clock())
    return finish(pdf or signed_by_both(world.document()), material, world.authority().timestamper(clock))


def check(pdf: bytes, after: timedelta) -> Report:
    return verify(pdf, trust(), world.NOW + after)


def test_a_finished_contract_is_b_lta_and_covered_to_its_last_byte() -> None:
    report = check(finished(world.Hands(world.NOW + DAY)), 2 * DAY)
    assert report.valid, report.reasons
    assert str(report.level) == "PAdES-B-LTA"
    assert report.covers_whole_file
    assert [each.trusted for each in report.timestamps] == [True]
    assert all(not each.reasons for each in report.signatures)


def test_it_stays_valid_after_every_certificate_of_a_signer_has_run_out() -> None:
    assert str(check(finished(world.Hands(world.NOW + DAY)), timedelta(days=8 * 365)).level) == "PAdES-B-LTA"


def test_when_the_timestamps_certificate_has_run_out_too_it_can_no_longer_be_told() -> None:
    report = check(finished(world.Hands(world.NOW + DAY)), timedelta(days=13 * 365))
    assert report.verdict is Verdict.INDETERMINATE
    assert Reason.EXPIRED in report.reasons


def test_finished_again_in_time_it_lasts_on() -> None:
    once = finished(world.Hands(world.NOW + DAY))
    twice = finished(world.Hands(world.NOW + timedelta(days=11 * 365)), pdf=once)
    report = check(twice, timedelta(days=11 * 365 + 30))
    assert report.valid, report.reasons
    assert len(report.timestamps) == 2
    assert str(report.level) == "PAdES-B-LTA"


def test_an_installation_with_an_address_embeds_ocsp_answers_instead_of_lists() -> None:
    clock = world.Hands()
    authority = world.Authority.create(
        "Harbor Signing", world.Keys(world.Vault()), clock(), base_url="https://sign.example"
    )
    issued = authority.issue(world.HARBOR, clock())
    signer = authority.signer(issued.certificate_pem, issued.wrapped_key)
    prepared = prepare(world.document(), [KILN_FIELD])
    signed = sign(prepared, Signature("kiln", signer, clock(), timestamper=authority.timestamper(clock)))
    material = authority.material([issued.certificate_pem], (), clock.move(hours=1))
    assert len(material.answers) == 1 and len(material.lists) == 1
    done = finish(signed, material, authority.timestamper(clock))
    report = verify(done, Trust([authority.root_pem]), clock.move(days=2))
    assert report.valid and str(report.level) == "PAdES-B-LTA"


def test_a_certificate_revoked_after_the_timestamp_does_not_undo_the_signature() -> None:
    late = Revocation(serial(0), world.NOW + DAY, Why.CESSATION_OF_OPERATION)
    report = check(finished(world.Hands(world.NOW + 2 * DAY), late), 3 * DAY)
    assert report.valid, report.reasons


def test_a_certificate_revoked_before_the_signature_undoes_it() -> None:
    early = Revocation(serial(1), world.NOW - timedelta(hours=1), Why.KEY_COMPROMISE)
    report = check(finished(world.Hands(world.NOW + 2 * DAY), early), 3 * DAY)
    assert report.verdict is Verdict.FAILED
    assert Reason.REVOKED in report.signatures[1].reasons
    assert Reason.REVOKED not in report.signatures[0].reasons


def test_pdfsig_and_mutool_still_find_both_signatures_valid(tmp_path: Path) -> None:
    file = tmp_path / "finished.pdf"
    file.write_bytes(finished(world.Hands(world.NOW + DAY)))
    assert run("pdfsig", "-nocert", str(file)).count("Signature is Valid") == 2
    assert "Digest error" not in run("mutool", "sign", "-v", str(file))


def test_openssl_finds_the_document_timestamp_over_the_whole_file(tmp_path: Path) -> None:
    pdf = finished(world.Hands(world.NOW + DAY))
    start, stop, rest = (int(each) for each in re.findall(rb"/ByteRange \[0 (\d+) (\d+) (\d+)\]", pdf)[-1])
    assert stop + rest == len(pdf)
    contents = bytes.fromhex(pdf[start + 1 : stop - 1].decode())
    size = 4 + int.from_bytes(contents[2:4], "big")
    (tmp_path / "token.der").write_bytes(contents[:size])
    (tmp_path / "covered").write_bytes(pdf[:start] + pdf[stop:])
    (tmp_path / "root.pem").write_text(world.authority().root_pem)
    at = str(int((world.NOW + 2 * DAY).timestamp()))
    said = run(
        *("openssl", "ts", "-verify", "-token_in", "-in", str(tmp_path / "token.der"), "-attime", at),
        *("-data", str(tmp_path / "covered"), "-CAfile", str(tmp_path / "root.pem")),
    )
    assert "Verification: OK" in said
    assert hashlib.sha256(pdf[:start] + pdf[stop:]).digest() in contents


def test_what_only_the_verifier_knows_does_not_raise_the_level_of_the_file() -> None:
    lists = world.authority().revocation_lists((), world.NOW + DAY)
    report = verify(
        signed_by_both(world.document()), Trust([world.authority().root_pem], lists=lists), world.NOW + DAY
    )
    assert report.valid and str(report.level) == "PAdES-B-T"
    assert all(Reason.REVOCATION_UNKNOWN not in each.reasons for each in report.signatures)

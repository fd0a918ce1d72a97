"""OCSP as others ask it over HTTP, and what OpenSSL says of its answers."""

from __future__ import annotations

from datetime import timedelta
from pathlib import Path

import pytest
from cryptography import x509
from cryptography.hazmat.primitives import hashes
from cryptography.hazmat.primitives.serialization import Encoding
from cryptography.x509 import ocsp
from hypothesis import given, settings
from hypothesis import strategies as st

from signing.pki.authority import Authority, Issued
from signing.pki.keys import Keys
from signing.pki.revocation import Reason, Revocation, answer
from tests.signing.pdf.test_sign import run
from tests.signing.pdf.world import HARBOR, NOW, Vault

AUTHORITY = Authority.create("Harbor Signing", Keys(Vault()), NOW, base_url="https://sign.example")
HOUR = timedelta(hours=1)


def issued(authority: Authority = AUTHORITY) -> tuple[Issued, x509.Certificate]:
    made = authority.issue(HARBOR, NOW)
    return made, x509.load_pem_x509_certificate(made.certificate_pem.encode())


def asked(certificate: x509.Certificate, digest: hashes.HashAlgorithm | None = None) -> bytes:
    issuer = AUTHORITY.issuers[0].certificate
    builder = ocsp.OCSPRequestBuilder().add_certificate(certificate, issuer, digest or hashes.SHA1())
    request = builder.add_extension(x509.OCSPNonce(b"12345678"), critical=False).build()
    return request.public_bytes(Encoding.DER)


def answered(request: bytes, found: Revocation | bool) -> ocsp.OCSPResponse:
    return ocsp.load_der_ocsp_response(answer(request, AUTHORITY.issuers, lambda serial: found, NOW + HOUR))


@pytest.mark.parametrize("digest", [hashes.SHA1(), hashes.SHA256()])
def test_a_good_certificate_is_called_good_with_the_nonce_repeated(digest: hashes.HashAlgorithm) -> None:
    _, certificate = issued()
    said = answered(asked(certificate, digest), True)
    assert said.certificate_status is ocsp.OCSPCertStatus.GOOD
    assert said.serial_number == certificate.serial_number
    assert said.extensions.get_extension_for_class(x509.OCSPNonce).value.nonce == b"12345678"


def test_a_revoked_one_is_called_revoked_since_when_and_why() -> None:
    _, certificate = issued()
    back = Revocation(certificate.serial_number, NOW, Reason.KEY_COMPROMISE)
    said = answered(asked(certificate), back)
    assert said.certificate_status is ocsp.OCSPCertStatus.REVOKED
    assert said.revocation_time_utc == NOW
    assert said.revocation_reason is x509.ReasonFlags.key_compromise


def test_a_certificate_that_was_never_issued_is_not_called_good() -> None:
    _, certificate = issued()
    assert answered(asked(certificate), False).response_status is ocsp.OCSPResponseStatus.UNAUTHORIZED


def test_another_authoritys_certificate_is_not_answered_for() -> None:
    other = Authority.create("Somebody Else", Keys(Vault()), NOW)
    _, certificate = issued(other)
    issuer = other.issuers[0].certificate
    request = ocsp.OCSPRequestBuilder().add_certificate(certificate, issuer, hashes.SHA1()).build()
    said = answered(request.public_bytes(Encoding.DER), True)
    assert said.response_status is ocsp.OCSPResponseStatus.UNAUTHORIZED


def test_openssl_verifies_the_answer(tmp_path: Path) -> None:
    made, certificate = issued()
    issuer = AUTHORITY.issuers[0].certificate.public_bytes(Encoding.PEM)
    files = {
        "root.pem": AUTHORITY.root_pem.encode(),
        "issuer.pem": issuer,
        "leaf.pem": made.certificate_pem.encode(),
    }
    for name, text in files.items():
        (tmp_path / name).write_bytes(text)
    root, above, leaf, reply = (str(tmp_path / name) for name in (*files, "reply.der"))
    Path(reply).write_bytes(answer(asked(certificate), AUTHORITY.issuers, lambda serial: True, NOW + HOUR))
    at = str(int((NOW + HOUR).timestamp()))
    said = run(
        *("openssl", "ocsp", "-respin", reply, "-issuer", above, "-cert", leaf, "-no_nonce"),
        *("-CAfile", root, "-verify_other", above, "-attime", at, "-validity_period", "999999999"),
    )
    assert "Response verify OK" in said
    assert ": good" in said


@settings(max_examples=50)
@given(st.binary(max_size=200))
def test_no_request_makes_it_raise(request: bytes) -> None:
    ocsp.load_der_ocsp_response(answer(request, AUTHORITY.issuers, lambda serial: True, NOW))

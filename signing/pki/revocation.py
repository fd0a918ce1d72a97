"""What says that a certificate is still good: revocation lists (RFC 5280) and OCSP answers (RFC 6960)."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from enum import StrEnum

from asn1crypto import keys as asn1
from cryptography import x509
from cryptography.hazmat.primitives import hashes, serialization
from cryptography.x509 import ocsp

from signing.pki.founding import key_of
from signing.pki.keys import hash_for
from signing.pki.profiles import Issuer

DAY = timedelta(days=1)


class Reason(StrEnum):
    """Why a certificate was taken back; the values are RFC 5280's words."""

    UNSPECIFIED = "unspecified"
    KEY_COMPROMISE = "keyCompromise"
    AFFILIATION_CHANGED = "affiliationChanged"
    SUPERSEDED = "superseded"
    CESSATION_OF_OPERATION = "cessationOfOperation"
    PRIVILEGE_WITHDRAWN = "privilegeWithdrawn"


@dataclass(frozen=True, slots=True)
class Revocation:
    """A certificate that was taken back: serial number, since when (UTC), why."""

    serial: int
    at: datetime
    reason: Reason = Reason.UNSPECIFIED


def revocation_list(
    issuer: Issuer, revoked: Iterable[Revocation], now: datetime, valid: timedelta = 7 * DAY
) -> x509.CertificateRevocationList:
    """The full list of an issuer; its number is the time, so that a later list has the greater one."""
    key = key_of(issuer)
    now = now.astimezone(UTC).replace(microsecond=0)
    identifier = x509.AuthorityKeyIdentifier(issuer.key_identifier, None, None)
    builder = (
        x509.CertificateRevocationListBuilder()
        .issuer_name(issuer.certificate.subject)
        .last_update(now)
        .next_update(now + valid)
        .add_extension(identifier, critical=False)
        .add_extension(x509.CRLNumber(int(now.timestamp())), critical=False)
    )
    for entry in revoked:
        builder = builder.add_revoked_certificate(_entry(entry))
    return builder.sign(key, hash_for(key))


def good_answer(
    issuer: Issuer, certificate: x509.Certificate, now: datetime, valid: timedelta = DAY
) -> ocsp.OCSPResponse:
    """The OCSP answer that a certificate is good, signed by its issuer itself; to be put into files."""
    now = now.astimezone(UTC).replace(microsecond=0)
    builder = ocsp.OCSPResponseBuilder().add_response(
        certificate,
        issuer.certificate,
        hashes.SHA1(),  # noqa: S303 (it only names the issuer, and is what every validator reads)
        ocsp.OCSPCertStatus.GOOD,
        now,
        now + valid,
        None,
        None,
    )
    return _signed(builder, issuer)


def answer(
    request: bytes,
    issuers: Iterable[Issuer],
    status: Callable[[int], Revocation | bool],
    now: datetime,
    valid: timedelta = DAY,
) -> bytes:
    """The DER answer to a DER OCSP request. `status(serial)` is a Revocation, True (good) or False (not ours)."""
    try:
        asked = ocsp.load_der_ocsp_request(request)
        serial, name_hash = asked.serial_number, asked.issuer_name_hash
        key_hash, algorithm = asked.issuer_key_hash, asked.hash_algorithm
        nonce = [each for each in asked.extensions if isinstance(each.value, x509.OCSPNonce)]
    except ValueError:
        return _refusal(ocsp.OCSPResponseStatus.MALFORMED_REQUEST)
    mine = [one for one in issuers if one.key and _hashes(one, algorithm) == (name_hash, key_hash)]
    found = status(serial) if mine else False
    if found is False:
        return _refusal(ocsp.OCSPResponseStatus.UNAUTHORIZED)
    revoked = found if isinstance(found, Revocation) else None
    now = now.astimezone(UTC).replace(microsecond=0)
    builder = ocsp.OCSPResponseBuilder().add_response_by_hash(
        name_hash, key_hash, serial, algorithm, _status(revoked), now, now + valid, *_since(revoked)
    )
    for each in nonce:
        builder = builder.add_extension(each.value, critical=False)
    return _signed(builder, mine[0]).public_bytes(serialization.Encoding.DER)


def asks_about(request: bytes, issuer: Issuer) -> bool:
    """Whether a DER OCSP request is about a certificate of this issuer's."""
    try:
        asked = ocsp.load_der_ocsp_request(request)
        return _hashes(issuer, asked.hash_algorithm) == (asked.issuer_name_hash, asked.issuer_key_hash)
    except ValueError:
        return False


def _entry(entry: Revocation) -> x509.RevokedCertificate:
    builder = (
        x509.RevokedCertificateBuilder()
        .serial_number(entry.serial)
        .revocation_date(entry.at.astimezone(UTC).replace(microsecond=0))
    )
    if entry.reason is not Reason.UNSPECIFIED:
        builder = builder.add_extension(x509.CRLReason(x509.ReasonFlags(entry.reason)), critical=False)
    return builder.build()


def _status(revoked: Revocation | None) -> ocsp.OCSPCertStatus:
    return ocsp.OCSPCertStatus.REVOKED if revoked else ocsp.OCSPCertStatus.GOOD


def _since(revoked: Revocation | None) -> tuple[datetime | None, x509.ReasonFlags | None]:
    if revoked is None:
        return None, None
    reason = None if revoked.reason is Reason.UNSPECIFIED else x509.ReasonFlags(revoked.reason)
    return revoked.at.astimezone(UTC).replace(microsecond=0), reason


def _signed(builder: ocsp.OCSPResponseBuilder, issuer: Issuer) -> ocsp.OCSPResponse:
    key = key_of(issuer)
    builder = builder.responder_id(ocsp.OCSPResponderEncoding.HASH, issuer.certificate)
    return builder.sign(key, hash_for(key))


def _hashes(issuer: Issuer, algorithm: hashes.HashAlgorithm) -> tuple[bytes, bytes]:
    """What an OCSP request calls this issuer: hashes of its name and of its key's bits."""
    return _hash(algorithm, issuer.certificate.subject.public_bytes()), _hash(algorithm, _key_bits(issuer))


def _key_bits(issuer: Issuer) -> bytes:
    spki = issuer.certificate.public_key().public_bytes(
        serialization.Encoding.DER, serialization.PublicFormat.SubjectPublicKeyInfo
    )
    bits: bytes = bytes(asn1.PublicKeyInfo.load(spki)["public_key"].contents)[1:]
    return bits


def _hash(algorithm: hashes.HashAlgorithm, data: bytes) -> bytes:
    digest = hashes.Hash(algorithm)
    digest.update(data)
    return digest.finalize()


def _refusal(status: ocsp.OCSPResponseStatus) -> bytes:
    return ocsp.OCSPResponseBuilder.build_unsuccessful(status).public_bytes(serialization.Encoding.DER)

"""An issuing authority of somebody else's, taken on: what it must be so that our certificates lead to its root.

Why one is unfit: "unreadable", "no-key" (no certificate goes with the key), "not-an-authority" (basic constraints),
"key-usage" (it may not sign certificates and lists), "path-length" (one above allows no authority below), "expired",
"weak-key", "incomplete" (the certificates do not reach a root), "constraints" (what it would issue is not valid).
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from datetime import datetime, timedelta
from typing import TypeVar

from asn1crypto import x509 as asn1
from cryptography import x509
from cryptography.exceptions import InvalidSignature
from cryptography.hazmat.primitives.asymmetric import rsa
from cryptography.hazmat.primitives.serialization import Encoding, load_pem_private_key, pkcs12
from pyhanko_certvalidator import CertificateValidator, ValidationContext
from pyhanko_certvalidator.errors import PathBuildingError, ValidationError

from signing.pki import profiles
from signing.pki.errors import IssuerUnfit
from signing.pki.keys import KeyKind, PrivateKey, PublicKey, generate
from signing.pki.profiles import Issuer
from signing.pki.subjects import Subject

SMALLEST_RSA = 2048
E = TypeVar("E", bound=x509.ExtensionType)
Held = Callable[[PublicKey], PrivateKey]
"""From a certificate's public key to the key that goes with it, wherever that is."""


def read_issuer(file: bytes, key: bytes, passphrase: str) -> Issuer:
    """Out of a PKCS #12 file, or of certificates and a key in PEM (one file or two). Raises IssuerUnfit."""
    secret = passphrase.encode() or None
    try:
        if b"-----BEGIN" not in file:
            private, own, others = pkcs12.load_key_and_certificates(file, secret)
            certificates = [each for each in (own, *others) if each is not None]
        else:
            private = load_pem_private_key(key or file, secret)
            certificates = x509.load_pem_x509_certificates(file)
    except (ValueError, TypeError) as error:
        raise IssuerUnfit(reason="unreadable") from error
    if not isinstance(private, PrivateKey):
        raise IssuerUnfit(reason="no-key")
    return chained(certificates, private)


def read_issuer_of_token(file: bytes, held: Held) -> Issuer:
    """Out of certificates in PEM, the lowest first, its key being held elsewhere. Raises IssuerUnfit, TokenUnavailable."""
    try:
        certificates = x509.load_pem_x509_certificates(file)
        public = certificates[0].public_key()
    except (ValueError, IndexError) as error:
        raise IssuerUnfit(reason="unreadable") from error
    if not isinstance(public, PublicKey):
        raise IssuerUnfit(reason="no-key")
    return chained(certificates, held(public))


def chained(certificates: Sequence[x509.Certificate], key: PrivateKey) -> Issuer:
    """The key with its certificate and those above, in order. Raises IssuerUnfit."""
    own = next((each for each in certificates if each.public_key() == key.public_key()), None)
    if own is None:
        raise IssuerUnfit(reason="no-key")
    above: list[x509.Certificate] = []
    while (below := above[-1] if above else own).issuer != below.subject:
        higher = next((each for each in certificates if _issued(below, each)), None)
        if higher is None or higher in above:
            raise IssuerUnfit(reason="incomplete")
        above.append(higher)
    return Issuer(own, key, tuple(above))


def adopted(issuer: Issuer, now: datetime) -> Issuer:
    """The issuer, fit to issue here. Raises IssuerUnfit."""
    for height, certificate in enumerate((issuer.certificate, *issuer.above)):
        _require_authority(certificate, height, now)
    public = issuer.certificate.public_key()
    if isinstance(public, rsa.RSAPublicKey) and public.key_size < SMALLEST_RSA:
        raise IssuerUnfit(reason="weak-key")
    _try_out(issuer, now)
    return issuer


def _require_authority(certificate: x509.Certificate, height: int, now: datetime) -> None:
    """`height` is how many authorities stand below."""
    if not certificate.not_valid_before_utc <= now < certificate.not_valid_after_utc:
        raise IssuerUnfit(reason="expired")
    basic, usage = _extension(certificate, x509.BasicConstraints), _extension(certificate, x509.KeyUsage)
    if basic is None or not basic.ca:
        raise IssuerUnfit(reason="not-an-authority")
    if (usage is None and not height) or (usage and not (usage.key_cert_sign and (usage.crl_sign or height))):
        raise IssuerUnfit(reason="key-usage")
    if basic.path_length is not None and basic.path_length < height:
        raise IssuerUnfit(reason="path-length")


def _extension(certificate: x509.Certificate, kind: type[E]) -> E | None:
    try:
        return certificate.extensions.get_extension_for_class(kind).value
    except x509.ExtensionNotFound:
        return None


def _try_out(issuer: Issuer, now: datetime) -> None:
    """Issue a certificate as we would, to a key that is thrown away, and check it as others would (RFC 5280, 6)."""
    assert issuer.key
    subject = Subject.enterprise("Trial", "91350211M000100Y43").as_name()
    extensions = profiles.principal(profiles.ENTERPRISE_POLICY)
    validity = (now, now + timedelta(days=1))
    trial = profiles.certify(
        issuer, subject, generate(KeyKind.P256).public_key(), issuer.key, extensions, validity
    )
    root, *between = [_parsed(each) for each in reversed((issuer.certificate, *issuer.above))]
    context = ValidationContext(trust_roots=[root], moment=now, revocation_mode="soft-fail")
    path = CertificateValidator(_parsed(trial), between, validation_context=context).async_validate_path()
    try:
        path.send(None)
    except StopIteration:
        return
    except (ValidationError, PathBuildingError, ValueError) as error:
        raise IssuerUnfit(reason="constraints") from error
    path.close()
    raise IssuerUnfit(reason="constraints")


def _issued(below: x509.Certificate, above: x509.Certificate) -> bool:
    try:
        below.verify_directly_issued_by(above)
    except (InvalidSignature, ValueError, TypeError):
        return False
    return True


def _parsed(certificate: x509.Certificate) -> asn1.Certificate:
    return asn1.Certificate.load(certificate.public_bytes(Encoding.DER))

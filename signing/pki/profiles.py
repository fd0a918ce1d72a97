"""The certificate profiles of the embedded authority (RFC 5280, ETSI EN 319 412-2/-3, RFC 3161 clause 2.3)."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta

from cryptography import x509
from cryptography.hazmat.primitives.asymmetric.types import CertificatePublicKeyTypes
from cryptography.x509.oid import AuthorityInformationAccessOID, ExtendedKeyUsageOID

from signing.pki.keys import PrivateKey, hash_for

ARC = "2.25.280425951310965928353075617651425804650"
"""This program's own arc of object identifiers: a UUID, as ITU-T X.667 allows without registration."""
PERSON_POLICY = x509.ObjectIdentifier(f"{ARC}.1.1")
ENTERPRISE_POLICY = x509.ObjectIdentifier(f"{ARC}.1.2")
TIMESTAMP_POLICY = f"{ARC}.2.1"

Extensions = Sequence[tuple[x509.ExtensionType, bool]]
"""Extensions, each with whether it is critical."""


@dataclass(frozen=True, slots=True)
class Issuer:
    """A certificate that issues others, with its key (None: the key is elsewhere, offline).

    `above` are the certificates over one that somebody else's authority gave us, up to its root; of our own none.
    """

    certificate: x509.Certificate
    key: PrivateKey | None
    above: tuple[x509.Certificate, ...] = ()

    @property
    def key_identifier(self) -> bytes:
        found = self.certificate.extensions.get_extension_for_class(x509.SubjectKeyIdentifier)
        return found.value.digest

    @property
    def number(self) -> str:
        """What addresses call it: the first 8 bytes of its key identifier, hexadecimal."""
        return self.key_identifier.hex()[:16]


@dataclass(frozen=True, slots=True)
class Addresses:
    """Where an installation serves its lists and answers, under a base URL such as "https://sign.example".

    Without a base URL certificates name no address, and everything is embedded in the files instead.
    """

    base: str

    def of(self, issuer: Issuer) -> Extensions:
        """CRL distribution point and authority information access for what `issuer` issues."""
        if not self.base:
            return ()
        number = issuer.number
        point = x509.DistributionPoint([_url(f"{self.base}/pki/{number}.crl")], None, None, None)
        ocsp = x509.AccessDescription(AuthorityInformationAccessOID.OCSP, _url(f"{self.base}/pki/ocsp"))
        above = x509.AccessDescription(
            AuthorityInformationAccessOID.CA_ISSUERS, _url(f"{self.base}/pki/{number}.cer")
        )
        return (
            (x509.CRLDistributionPoints([point]), False),
            (x509.AuthorityInformationAccess([ocsp, above]), False),
        )


def authority(path_length: int | None) -> Extensions:
    """A certificate that issues certificates and revocation lists (and, for OCSP, answers)."""
    return (
        (x509.BasicConstraints(ca=True, path_length=path_length), True),
        (usage(key_cert_sign=True, crl_sign=True, digital_signature=True), True),
    )


def timestamping() -> Extensions:
    """A timestamp authority: critical extended key usage with timeStamping alone (RFC 3161, 2.3)."""
    return (
        (x509.BasicConstraints(ca=False, path_length=None), True),
        (usage(digital_signature=True), True),
        (x509.ExtendedKeyUsage([ExtendedKeyUsageOID.TIME_STAMPING]), True),
    )


def principal(policy: x509.ObjectIdentifier) -> Extensions:
    """Who signs: contentCommitment alone (EN 319 412-2, 4.3.2, type A)."""
    return (
        (x509.BasicConstraints(ca=False, path_length=None), True),
        (usage(content_commitment=True), True),
        (x509.CertificatePolicies([x509.PolicyInformation(policy, None)]), False),
    )


def usage(**bits: bool) -> x509.KeyUsage:
    """A key usage of the bits that are named, all others off."""
    names = (
        "digital_signature content_commitment key_encipherment data_encipherment key_agreement "
        "key_cert_sign crl_sign encipher_only decipher_only"
    )
    return x509.KeyUsage(**{name: bits.get(name, False) for name in names.split()})


def certify(
    issuer: Issuer | None,
    name: x509.Name,
    public_key: CertificatePublicKeyTypes,
    signing_key: PrivateKey,
    extensions: Extensions,
    validity: tuple[datetime, datetime],
) -> x509.Certificate:
    """One certificate, signed with `signing_key`; without an issuer it issues itself.

    Times are UTC and cut to seconds; nothing outlives its issuer.
    """
    start, end = (moment.astimezone(UTC).replace(microsecond=0) for moment in validity)
    if issuer:
        end = min(end, issuer.certificate.not_valid_after_utc)
    own = x509.SubjectKeyIdentifier.from_public_key(public_key)
    above = x509.AuthorityKeyIdentifier(issuer.key_identifier if issuer else own.digest, None, None)
    builder = (
        x509.CertificateBuilder()
        .subject_name(name)
        .issuer_name(issuer.certificate.subject if issuer else name)
        .public_key(public_key)
        .serial_number(x509.random_serial_number())
        .not_valid_before(start)
        .not_valid_after(end)
        .add_extension(own, critical=False)
        .add_extension(above, critical=False)
    )
    for extension, critical in extensions:
        builder = builder.add_extension(extension, critical)
    return builder.sign(signing_key, hash_for(signing_key))


def years(start: datetime, number: int) -> tuple[datetime, datetime]:
    """A validity of some years (of 365.25 days)."""
    return start, start + timedelta(days=365.25 * number)


def _url(address: str) -> x509.UniformResourceIdentifier:
    return x509.UniformResourceIdentifier(address)

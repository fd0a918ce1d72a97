"""Somebody else's public-key infrastructure: a root, and authorities below it that are right or wrong in one thing."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import datetime, timedelta

from cryptography import x509
from cryptography.hazmat.primitives.asymmetric import ec, rsa
from cryptography.hazmat.primitives.serialization import (
    BestAvailableEncryption,
    Encoding,
    NoEncryption,
    PrivateFormat,
    pkcs12,
)
from cryptography.x509.oid import NameOID

from signing.pki import profiles, revocation
from signing.pki.keys import PrivateKey
from signing.pki.profiles import Extensions, Issuer, certify
from tests.signing.pdf.world import NOW

AUTHORITY = profiles.authority(0)
START = NOW - timedelta(days=100)
PASSPHRASE = "kettle on the stove"


def key(kind: str = "rsa", size: int = 2048) -> PrivateKey:
    if kind == "rsa":
        return rsa.generate_private_key(public_exponent=65537, key_size=size)
    return ec.generate_private_key(ec.SECP384R1())


@dataclass(slots=True)
class OutsidePki:
    """A root of EC P-384 and whatever is asked for below it."""

    length: int | None = 1
    private: PrivateKey = field(default_factory=lambda: key("ec"))
    root: Issuer = field(init=False)

    def __post_init__(self) -> None:
        name = _name("Tide Root")
        made = certify(
            None, name, self.private.public_key(), self.private, profiles.authority(self.length), _validity()
        )
        self.root = Issuer(made, self.private)

    def below(
        self,
        above: Issuer | None = None,
        *,
        name: str = "Tide Issuing",
        extensions: Extensions = AUTHORITY,
        private: PrivateKey | None = None,
        days: int = 3000,
    ) -> Issuer:
        over = above or self.root
        private = private or key()
        assert over.key
        made = certify(over, _name(name), private.public_key(), over.key, extensions, _validity(days))
        return Issuer(made, private, (over.certificate, *over.above))

    def root_list(self, revoked: Sequence[revocation.Revocation] = (), now: datetime = NOW) -> bytes:
        made = revocation.revocation_list(self.root, revoked, now, timedelta(days=300))
        return made.public_bytes(Encoding.DER)


def pem(issuer: Issuer, *, with_root: bool = True) -> bytes:
    above = issuer.above if with_root else issuer.above[:-1]
    return b"".join(each.public_bytes(Encoding.PEM) for each in (issuer.certificate, *above))


def key_pem(private: PrivateKey, passphrase: str = "") -> bytes:
    encryption = BestAvailableEncryption(passphrase.encode()) if passphrase else NoEncryption()
    return private.private_bytes(Encoding.PEM, PrivateFormat.PKCS8, encryption)


def p12(issuer: Issuer) -> bytes:
    private = issuer.key
    assert isinstance(private, rsa.RSAPrivateKey | ec.EllipticCurvePrivateKey)
    encryption = BestAvailableEncryption(PASSPHRASE.encode())
    return pkcs12.serialize_key_and_certificates(
        b"tide", private, issuer.certificate, issuer.above, encryption
    )


def _name(common: str) -> x509.Name:
    parts = (
        (NameOID.COUNTRY_NAME, "CN"),
        (NameOID.ORGANIZATION_NAME, "Tide Table"),
        (NameOID.COMMON_NAME, common),
    )
    return x509.Name([x509.NameAttribute(kind, value) for kind, value in parts])


def _validity(days: int = 3000) -> tuple[datetime, datetime]:
    return START, START + timedelta(days=days)


def permitted(country: str) -> tuple[x509.ExtensionType, bool]:
    """Name constraints: subjects of one country alone."""
    tree = x509.DirectoryName(x509.Name([x509.NameAttribute(NameOID.COUNTRY_NAME, country)]))
    return x509.NameConstraints([tree], None), True

"""The certificates of the embedded authority itself, each made with a fresh key."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from cryptography import x509

from signing.pki import profiles
from signing.pki.errors import RootOffline
from signing.pki.keys import KeyKind, Keys, PrivateKey
from signing.pki.profiles import Addresses, Issuer
from signing.pki.subjects import authority_name

ROOT_YEARS, ISSUING_YEARS, TIMESTAMP_YEARS = 25, 12, 12


@dataclass(frozen=True, slots=True)
class Founding:
    """What they have in common: the authority's name, where it serves its lists, how its keys are made, and when."""

    name: str
    addresses: Addresses
    keys: Keys
    kind: KeyKind
    now: datetime

    def root(self) -> Issuer:
        """The certificate at the top, which issues itself."""
        key = self.keys.make(self.kind)
        subject = authority_name(self.name, "Root", self.now.year)
        validity = profiles.years(self.now, ROOT_YEARS)
        certificate = profiles.certify(None, subject, key.public_key(), key, profiles.authority(1), validity)
        return Issuer(certificate, key)

    def issuing(self, root: Issuer, number: int = 1) -> Issuer:
        """Each with a name of its own, so that nobody takes one's revocation list for another's. Raises RootOffline."""
        extensions = (*profiles.authority(0), *self.addresses.of(root))
        name = authority_name(self.name, f"Issuing {number}", self.now.year)
        return self._below(root, name, extensions, ISSUING_YEARS)

    def timestamping(self, root: Issuer) -> Issuer:
        """The timestamp unit's. Raises RootOffline."""
        extensions = (*profiles.timestamping(), *self.addresses.of(root))
        name = authority_name(self.name, "Timestamp", self.now.year)
        return self._below(root, name, extensions, TIMESTAMP_YEARS)

    def _below(self, root: Issuer, name: x509.Name, extensions: profiles.Extensions, years: int) -> Issuer:
        key, validity = self.keys.make(self.kind), profiles.years(self.now, years)
        return Issuer(profiles.certify(root, name, key.public_key(), key_of(root), extensions, validity), key)


def key_of(issuer: Issuer) -> PrivateKey:
    """Raises RootOffline."""
    if issuer.key is None:
        raise RootOffline
    return issuer.key

"""The embedded authority: a root, the authority that issues, a timestamp unit, and the certificates they give.

It is private and says so in its name. The root's key is needed only to make the issuing certificates and
the root's own revocation list; taken out of the export it can lie in a safe.
"""

from __future__ import annotations

import base64
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, replace
from datetime import datetime, timedelta

from cryptography import x509
from cryptography.hazmat.primitives import hashes
from cryptography.hazmat.primitives.serialization import Encoding
from cryptography.x509 import ocsp
from cryptography.x509.oid import NameOID

from signing.pki import profiles, revocation
from signing.pki.cms import Signer
from signing.pki.errors import RootOffline, UnknownIssuer
from signing.pki.keys import KeyKind, KeyWrap, PrivateKey, generate, signing_key, unwrap_key, wrap_key
from signing.pki.profiles import Addresses, Issuer
from signing.pki.revocation import Revocation
from signing.pki.subjects import Subject, authority_name
from signing.pki.timestamps import Clock, TimestampUnit

ROOT_YEARS, ISSUING_YEARS, TIMESTAMP_YEARS = 25, 12, 12
PRINCIPAL_DAYS = 3 * 365
ROOT_LIST_VALID = timedelta(days=400)


@dataclass(frozen=True, slots=True)
class Issued:
    """A certificate for a principal, and its key wrapped; `fingerprint` is SHA-256 over the DER, hex."""

    serial: str
    certificate_pem: str
    wrapped_key: bytes
    not_before: datetime
    not_after: datetime
    fingerprint: str


@dataclass(frozen=True, slots=True)
class Material:
    """What a third party needs to check signatures without us, DER each (the contents of a DSS)."""

    certificates: tuple[bytes, ...] = ()
    lists: tuple[bytes, ...] = ()
    answers: tuple[bytes, ...] = ()


@dataclass(frozen=True, slots=True)
class Authority:
    """Root, issuing certificates (the newest first; the others only answer for what they issued), timestamp unit."""

    root: Issuer
    issuers: tuple[Issuer, ...]
    timestamping: Issuer
    root_list: x509.CertificateRevocationList
    addresses: Addresses
    wrap: KeyWrap
    kind: KeyKind

    @classmethod
    def create(
        cls, name: str, wrap: KeyWrap, now: datetime, *, base_url: str = "", kind: KeyKind = KeyKind.P256
    ) -> Authority:
        """A new authority of this name, with fresh keys."""
        addresses = Addresses(base_url.rstrip("/"))
        key = generate(kind)
        subject = authority_name(name, "Root", now.year)
        root_certificate = profiles.certify(
            None, subject, key.public_key(), key, profiles.authority(1), profiles.years(now, ROOT_YEARS)
        )
        root = Issuer(root_certificate, key)
        return cls(
            root=root,
            issuers=(_issuing(root, name, now, addresses, kind),),
            timestamping=_timestamping(root, name, now, addresses, kind),
            root_list=revocation.revocation_list(root, (), now, ROOT_LIST_VALID),
            addresses=addresses,
            wrap=wrap,
            kind=kind,
        )

    @classmethod
    def load(cls, exported: Mapping[str, str], wrap: KeyWrap) -> Authority:
        """The authority that `export` put down. Raises KeyUnreadable."""
        count = int(exported["issuers"])
        return cls(
            root=_load(exported, "root", wrap),
            issuers=tuple(_load(exported, f"issuing.{number}", wrap) for number in range(count)),
            timestamping=_load(exported, "timestamping", wrap),
            root_list=x509.load_pem_x509_crl(exported["root_list"].encode()),
            addresses=Addresses(exported["base_url"]),
            wrap=wrap,
            kind=KeyKind(exported["kind"]),
        )

    def export(self, *, root_key: bool = True) -> dict[str, str]:
        """All of it as JSON-able text, keys wrapped; without `root_key` the root's key stays out (offline)."""
        root = self.root if root_key else replace(self.root, key=None)
        texts = {
            "base_url": self.addresses.base,
            "kind": self.kind.value,
            "issuers": str(len(self.issuers)),
            "root_list": self.root_list.public_bytes(Encoding.PEM).decode(),
        }
        _export(texts, "root", root, self.wrap)
        _export(texts, "timestamping", self.timestamping, self.wrap)
        for number, issuer in enumerate(self.issuers):
            _export(texts, f"issuing.{number}", issuer, self.wrap)
        return texts

    @property
    def name(self) -> str:
        """The organization that runs the authority."""
        (found,) = self.root.certificate.subject.get_attributes_for_oid(NameOID.ORGANIZATION_NAME)
        return str(found.value)

    @property
    def root_pem(self) -> str:
        """The root certificate, for others' validators."""
        return self.root.certificate.public_bytes(Encoding.PEM).decode()

    def issue(self, subject: Subject, now: datetime, valid_days: int = PRINCIPAL_DAYS) -> Issued:
        """A key and a certificate for a principal."""
        issuer, key = self.issuers[0], generate(self.kind)
        policy = profiles.ENTERPRISE_POLICY if subject.legal else profiles.PERSON_POLICY
        certificate = profiles.certify(
            issuer,
            subject.as_name(),
            key.public_key(),
            _key(issuer),
            (*profiles.principal(policy), *self.addresses.of(issuer)),
            (now, now + timedelta(days=valid_days)),
        )
        serial = f"{certificate.serial_number:x}"
        return Issued(
            serial=serial,
            certificate_pem=certificate.public_bytes(Encoding.PEM).decode(),
            wrapped_key=wrap_key(key, self.wrap, key_context(serial)),
            not_before=certificate.not_valid_before_utc,
            not_after=certificate.not_valid_after_utc,
            fingerprint=certificate.fingerprint(hashes.SHA256()).hex(),
        )

    def signer(self, certificate_pem: str, wrapped_key: bytes) -> Signer:
        """The principal ready to sign. Raises KeyUnreadable, UnknownIssuer."""
        certificate = x509.load_pem_x509_certificate(certificate_pem.encode())
        issuer = self.issuer_of(certificate)
        key = unwrap_key(wrapped_key, self.wrap, key_context(f"{certificate.serial_number:x}"))
        return _signer(Issuer(certificate, key), issuer.certificate)

    def issuer_of(self, certificate: x509.Certificate) -> Issuer:
        """Which of the issuing certificates signed it. Raises UnknownIssuer."""
        for issuer in self.issuers:
            try:
                certificate.verify_directly_issued_by(issuer.certificate)
            except Exception:  # noqa: S112 (each key type fails with errors of its own)
                continue
            return issuer
        raise UnknownIssuer(serial=f"{certificate.serial_number:x}")

    def timestamper(self, clock: Clock) -> TimestampUnit:
        """The timestamp unit, telling the time of `clock`."""
        signer = _signer(self.timestamping, None)
        return TimestampUnit(signer, profiles.TIMESTAMP_POLICY, clock)

    def revocation_lists(self, revoked: Iterable[Revocation], now: datetime) -> tuple[bytes, ...]:
        """The current lists, DER: the root's, then one for each issuing certificate.

        `revoked` are the principals' certificates; each issuer lists them all, as serial numbers are random.
        """
        entries = tuple(revoked)
        issued = (revocation.revocation_list(issuer, entries, now) for issuer in self.issuers if issuer.key)
        return tuple(each.public_bytes(Encoding.DER) for each in (self.root_list, *issued))

    def material(
        self, certificates_pem: Iterable[str], revoked: Iterable[Revocation], now: datetime
    ) -> Material:
        """What lets others check signatures by these certificates: their chains, the root's list, and of each
        an OCSP answer, or its issuer's whole list where it was revoked or names no address to ask (validators
        look at OCSP answers only where the certificate names one)."""
        entries = {entry.serial: entry for entry in revoked}
        chain, answers = {self.root.certificate, self.timestamping.certificate}, []
        listing: dict[bytes, Issuer] = {}
        for text in certificates_pem:
            certificate = x509.load_pem_x509_certificate(text.encode())
            issuer = self.issuer_of(certificate)
            chain |= {certificate, issuer.certificate}
            if self.addresses.base and certificate.serial_number not in entries:
                answers.append(revocation.good_answer(issuer, certificate, now))
            else:
                listing[issuer.key_identifier] = issuer
        lists = [revocation.revocation_list(each, entries.values(), now) for each in listing.values()]
        return Material(_ders(chain), _ders([self.root_list, *lists]), _ders(answers))

    def renew_root_list(self, now: datetime) -> Authority:
        """The same authority with a fresh root list. Raises RootOffline."""
        return replace(self, root_list=revocation.revocation_list(self.root, (), now, ROOT_LIST_VALID))

    def roll_over(self, now: datetime) -> Authority:
        """A new issuing key; what the old one issued stays valid and answered for. Raises RootOffline."""
        number = len(self.issuers) + 1
        fresh = _issuing(self.root, self.name, now, self.addresses, self.kind, number)
        return replace(self, issuers=(fresh, *self.issuers))


def key_context(serial: str) -> str:
    """What a principal's key is wrapped for: its certificate's serial number in hex."""
    return f"certificate:{serial}"


def _issuing(
    root: Issuer, name: str, now: datetime, addresses: Addresses, kind: KeyKind, number: int = 1
) -> Issuer:
    """Each with a name of its own, so that nobody takes one's revocation list for another's."""
    extensions = (*profiles.authority(0), *addresses.of(root))
    return _below(
        root, authority_name(name, f"Issuing {number}", now.year), extensions, now, ISSUING_YEARS, kind
    )


def _timestamping(root: Issuer, name: str, now: datetime, addresses: Addresses, kind: KeyKind) -> Issuer:
    extensions = (*profiles.timestamping(), *addresses.of(root))
    return _below(root, authority_name(name, "Timestamp", now.year), extensions, now, TIMESTAMP_YEARS, kind)


def _below(
    root: Issuer, name: x509.Name, extensions: profiles.Extensions, now: datetime, years: int, kind: KeyKind
) -> Issuer:
    key = generate(kind)
    validity = profiles.years(now, years)
    return Issuer(profiles.certify(root, name, key.public_key(), _key(root), extensions, validity), key)


def _ders(
    values: Iterable[x509.Certificate | x509.CertificateRevocationList | ocsp.OCSPResponse],
) -> tuple[bytes, ...]:
    return tuple(sorted({each.public_bytes(Encoding.DER) for each in values}))


def _key(issuer: Issuer) -> PrivateKey:
    if issuer.key is None:
        raise RootOffline
    return issuer.key


def _signer(issued: Issuer, above: x509.Certificate | None) -> Signer:
    chain = (above.public_bytes(Encoding.DER),) if above else ()
    return Signer(issued.certificate.public_bytes(Encoding.DER), chain, signing_key(_key(issued)))


def _export(texts: dict[str, str], role: str, issuer: Issuer, wrap: KeyWrap) -> None:
    texts[role] = issuer.certificate.public_bytes(Encoding.PEM).decode()
    if issuer.key:
        wrapped = wrap_key(issuer.key, wrap, _role_context(issuer.certificate))
        texts[f"{role}.key"] = base64.b64encode(wrapped).decode()


def rewrapped_export(
    texts: Mapping[str, str], rewrapped: Callable[[bytes, str], bytes | None]
) -> dict[str, str]:
    """An export with its keys wrapped anew, where `rewrapped` (wrapped, context) has something new."""
    anew = dict(texts)
    for role in (name.removesuffix(".key") for name in texts if name.endswith(".key")):
        certificate = x509.load_pem_x509_certificate(texts[role].encode())
        wrapped = rewrapped(base64.b64decode(texts[f"{role}.key"]), _role_context(certificate))
        if wrapped is not None:
            anew[f"{role}.key"] = base64.b64encode(wrapped).decode()
    return anew


def _load(texts: Mapping[str, str], role: str, wrap: KeyWrap) -> Issuer:
    certificate = x509.load_pem_x509_certificate(texts[role].encode())
    wrapped = texts.get(f"{role}.key")
    if wrapped is None:
        return Issuer(certificate, None)
    return Issuer(certificate, unwrap_key(base64.b64decode(wrapped), wrap, _role_context(certificate)))


def _role_context(certificate: x509.Certificate) -> str:
    return f"authority:{certificate.serial_number:x}"

"""The embedded authority: a root, the authority that issues, a timestamp unit, and the certificates they give.

It is private and says so in its name. The root's key is needed only to make the issuing certificates and
the root's own revocation list; taken out of the export it can lie in a safe.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, replace
from datetime import datetime, timedelta

from cryptography import x509
from cryptography.hazmat.primitives import hashes
from cryptography.hazmat.primitives.serialization import Encoding
from cryptography.x509 import ocsp
from cryptography.x509.oid import NameOID

from signing.pki import profiles, revocation
from signing.pki.cms import Signer
from signing.pki.errors import UnknownIssuer
from signing.pki.exporting import export_issuer, export_lists, load_issuer, load_lists
from signing.pki.founding import Founding, key_of
from signing.pki.keys import KeyKind, Keys, signing_key
from signing.pki.profiles import Addresses, Issuer
from signing.pki.revocation import Revocation
from signing.pki.subjects import Subject
from signing.pki.timestamps import Clock, TimestampUnit

PRINCIPAL_DAYS = 3 * 365
ROOT_LIST_VALID = timedelta(days=400)
LIST_AHEAD = timedelta(days=60)
ISSUING_AHEAD = timedelta(days=PRINCIPAL_DAYS + 60)
TIMESTAMP_AHEAD = timedelta(days=2 * 365)


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
    """Root, issuing certificates (the newest first; the others only answer for what they issued), timestamp unit.

    An issuing certificate may be somebody else's authority's; `lists_above` are its superiors' revocation lists.
    """

    root: Issuer
    issuers: tuple[Issuer, ...]
    timestamping: Issuer
    root_list: x509.CertificateRevocationList
    addresses: Addresses
    keys: Keys
    kind: KeyKind
    lists_above: tuple[x509.CertificateRevocationList, ...] = ()

    @classmethod
    def create(
        cls, name: str, keys: Keys, now: datetime, *, base_url: str = "", kind: KeyKind = KeyKind.P256
    ) -> Authority:
        """A new authority of this name, with fresh keys. Raises TokenUnavailable."""
        founding = Founding(name, Addresses(base_url.rstrip("/")), keys, kind, now)
        root = founding.root()
        return cls(
            root=root,
            issuers=(founding.issuing(root),),
            timestamping=founding.timestamping(root),
            root_list=revocation.revocation_list(root, (), now, ROOT_LIST_VALID),
            addresses=founding.addresses,
            keys=keys,
            kind=kind,
        )

    @classmethod
    def load(cls, exported: Mapping[str, str], keys: Keys) -> Authority:
        """The authority that `export` put down. Raises KeyUnreadable."""
        count = int(exported["issuers"])
        return cls(
            root=load_issuer(exported, "root", keys),
            issuers=tuple(load_issuer(exported, f"issuing.{number}", keys) for number in range(count)),
            timestamping=load_issuer(exported, "timestamping", keys),
            root_list=x509.load_pem_x509_crl(exported["root_list"].encode()),
            addresses=Addresses(exported["base_url"]),
            keys=keys,
            kind=KeyKind(exported["kind"]),
            lists_above=load_lists(exported.get("lists_above", "")),
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
        if self.lists_above:
            texts["lists_above"] = export_lists(self.lists_above)
        export_issuer(texts, "root", root, self.keys)
        export_issuer(texts, "timestamping", self.timestamping, self.keys)
        for number, issuer in enumerate(self.issuers):
            export_issuer(texts, f"issuing.{number}", issuer, self.keys)
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

    @property
    def roots(self) -> tuple[str, ...]:
        """Our root, and those over issuing certificates of somebody else's, PEM."""
        tops = [
            each.above[-1] if each.above else each.certificate
            for each in self.issuers
            if not self.is_ours(each)
        ]
        return (self.root_pem, *(each.public_bytes(Encoding.PEM).decode() for each in dict.fromkeys(tops)))

    def issue(self, subject: Subject, now: datetime, valid_days: int = PRINCIPAL_DAYS) -> Issued:
        """A key and a certificate for a principal."""
        policy = profiles.ENTERPRISE_POLICY if subject.legal else profiles.PERSON_POLICY
        return self._issued(subject.as_name(), profiles.principal(policy), now, valid_days)

    def reissue(self, certificate_pem: str, now: datetime, valid_days: int = PRINCIPAL_DAYS) -> Issued:
        """A fresh key and certificate for the subject of this one, under the same policy."""
        old = x509.load_pem_x509_certificate(certificate_pem.encode())
        policies = old.extensions.get_extension_for_class(x509.CertificatePolicies).value
        extensions = profiles.principal(policies[0].policy_identifier)
        return self._issued(old.subject, extensions, now, valid_days)

    def _issued(
        self, name: x509.Name, extensions: profiles.Extensions, now: datetime, valid_days: int
    ) -> Issued:
        issuer, key = self.issuers[0], self.keys.make_for_principal(self.kind)
        validity = (now, now + timedelta(days=valid_days))
        everything = (*extensions, *self.addresses.of(issuer))
        certificate = profiles.certify(issuer, name, key.public_key(), key_of(issuer), everything, validity)
        serial = f"{certificate.serial_number:x}"
        return Issued(
            serial=serial,
            certificate_pem=certificate.public_bytes(Encoding.PEM).decode(),
            wrapped_key=self.keys.put_away(key, key_context(serial)),
            not_before=certificate.not_valid_before_utc,
            not_after=certificate.not_valid_after_utc,
            fingerprint=certificate.fingerprint(hashes.SHA256()).hex(),
        )

    def signer(self, certificate_pem: str, wrapped_key: bytes) -> Signer:
        """The principal ready to sign. Raises KeyUnreadable, UnknownIssuer."""
        certificate = x509.load_pem_x509_certificate(certificate_pem.encode())
        issuer = self.issuer_of(certificate)
        key = self.keys.fetch(wrapped_key, key_context(f"{certificate.serial_number:x}"))
        return _signer(Issuer(certificate, key), (issuer.certificate, *issuer.above))

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
        signer = _signer(self.timestamping, ())
        return TimestampUnit(signer, profiles.TIMESTAMP_POLICY, clock)

    def revocation_lists(self, revoked: Iterable[Revocation], now: datetime) -> tuple[bytes, ...]:
        """The current lists, DER: the root's, then one for each issuing certificate.

        `revoked` are the principals' certificates; each issuer lists them all, as serial numbers are random.
        """
        entries = tuple(revoked)
        issued = (revocation.revocation_list(issuer, entries, now) for issuer in self.issuers if issuer.key)
        return tuple(each.public_bytes(Encoding.DER) for each in (self.root_list, *self.lists_above, *issued))

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
            chain |= {certificate, issuer.certificate, *issuer.above}
            if self.addresses.base and certificate.serial_number not in entries:
                answers.append(revocation.good_answer(issuer, certificate, now))
            else:
                listing[issuer.key_identifier] = issuer
        lists = [revocation.revocation_list(each, entries.values(), now) for each in listing.values()]
        return Material(_ders(chain), _ders([self.root_list, *self.lists_above, *lists]), _ders(answers))

    def renew_root_list(self, now: datetime) -> Authority:
        """The same authority with a fresh root list. Raises RootOffline."""
        return replace(self, root_list=revocation.revocation_list(self.root, (), now, ROOT_LIST_VALID))

    def roll_over(self, now: datetime) -> Authority:
        """A new issuing key of our own; what the old one issued stays valid and answered for. Raises RootOffline."""
        fresh = self._founding(now).issuing(self.root, len(self.issuers) + 1)
        return replace(self, issuers=(fresh, *self.issuers))

    def adopt(self, issuer: Issuer) -> Authority:
        """The same with somebody else's issuing certificate, which `adopting.adopted` has looked at, in front."""
        others = (each for each in self.issuers if each.certificate != issuer.certificate)
        return replace(self, issuers=(issuer, *others))

    def with_lists_above(self, lists: Iterable[x509.CertificateRevocationList]) -> Authority:
        """The same with fresh lists of the authorities above ours of somebody else's."""
        return replace(self, lists_above=tuple(lists))

    def is_ours(self, issuer: Issuer) -> bool:
        """Whether our own root stands over it."""
        return issuer.certificate.issuer == self.root.certificate.subject

    def renewed(self, now: datetime) -> Authority:
        """The same with whatever runs out soon made anew; as it is where that needs a root key that is offline.

        An issuing certificate of somebody else's is theirs to renew.
        """
        fresh, issuing = self, self.issuers[0]
        if self.root.key is None:
            return self
        if self.root_list.next_update_utc is None or self.root_list.next_update_utc - now < LIST_AHEAD:
            fresh = fresh.renew_root_list(now)
        if self.is_ours(issuing) and issuing.certificate.not_valid_after_utc - now < ISSUING_AHEAD:
            fresh = fresh.roll_over(now)
        if self.timestamping.certificate.not_valid_after_utc - now < TIMESTAMP_AHEAD:
            fresh = replace(fresh, timestamping=self._founding(now).timestamping(self.root))
        return fresh

    def _founding(self, now: datetime) -> Founding:
        return Founding(self.name, self.addresses, self.keys, self.kind, now)


def key_context(serial: str) -> str:
    """What a principal's key is wrapped for: its certificate's serial number in hex."""
    return f"certificate:{serial}"


def _ders(
    values: Iterable[x509.Certificate | x509.CertificateRevocationList | ocsp.OCSPResponse],
) -> tuple[bytes, ...]:
    return tuple(sorted({each.public_bytes(Encoding.DER) for each in values}))


def _signer(issued: Issuer, above: Iterable[x509.Certificate]) -> Signer:
    """Ready to sign; of what is above, the root does not come along."""
    chain = tuple(each.public_bytes(Encoding.DER) for each in above if each.issuer != each.subject)
    return Signer(issued.certificate.public_bytes(Encoding.DER), chain, signing_key(key_of(issued)))

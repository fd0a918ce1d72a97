# mypy: allow-untyped-calls
"""Whom a verifier trusts, and whether a certificate leads there (RFC 5280, clause 6)."""

from __future__ import annotations

from collections.abc import Coroutine, Iterable, Sequence
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from typing import Any, Literal, TypeVar

from asn1crypto import crl, ocsp, pem, x509
from cryptography.exceptions import InvalidSignature
from cryptography.x509 import load_der_x509_certificate
from pyhanko_certvalidator import CertificateValidator, ValidationContext
from pyhanko_certvalidator.errors import (
    ExpiredError,
    InsufficientRevinfoError,
    NotYetValidError,
    PathBuildingError,
    RevokedError,
    ValidationError,
)

from signing.pdf.reasons import Reason
from signing.pki.authority import Material

SIGNING = frozenset({"digital_signature", "non_repudiation"})
DOCUMENTS = frozenset(
    {
        "any_extended_key_usage",
        "email_protection",
        "microsoft_document_signing",
        "adobe_authentic_documents_trust",
        "1.3.6.1.5.5.7.3.36",
    }
)
"""Purposes under which documents are signed, the last RFC 9336's own."""
Mode = Literal["require", "soft-fail"]
T = TypeVar("T")


@dataclass(frozen=True, slots=True)
class Trust:
    """What a verifier brings along: roots it trusts (PEM or DER), other certificates, lists, answers (DER)."""

    roots: Sequence[bytes | str]
    certificates: Sequence[bytes | str] = ()
    lists: Sequence[bytes] = ()
    answers: Sequence[bytes] = ()


@dataclass(frozen=True, slots=True)
class Finding:
    """Whether a certificate was good at a time: reasons against it, and whether revocation was looked up."""

    reasons: tuple[Reason, ...]
    revocation_checked: bool
    path: tuple[x509.Certificate, ...] = ()

    @property
    def trusted(self) -> bool:
        return not self.reasons


@dataclass(slots=True)
class Evidence:
    """Everything at hand to check certificates with: the verifier's own and what the file carries along.

    `carried`: the file brings revocation lists or answers of its own.
    """

    roots: list[x509.Certificate]
    certificates: list[x509.Certificate]
    lists: list[crl.CertificateList]
    answers: list[ocsp.OCSPResponse]
    carried: bool
    found: dict[tuple[bytes, datetime], Finding] = field(default_factory=dict)
    genuine: dict[bytes, bool] = field(default_factory=dict)

    @classmethod
    def gather(cls, trust: Trust, carried: Material, embedded: Iterable[x509.Certificate]) -> Evidence:
        """Raises ValueError where the file carries something unreadable."""
        others = [*embedded, *(_certificate(each) for each in (*trust.certificates, *carried.certificates))]
        return cls(
            [_certificate(each) for each in trust.roots],
            list({each.dump(): each for each in others}.values()),
            [crl.CertificateList.load(each, strict=True) for each in (*trust.lists, *carried.lists)],
            [ocsp.OCSPResponse.load(each, strict=True) for each in (*trust.answers, *carried.answers)],
            carried=bool(carried.lists or carried.answers),
        )

    def check(self, certificate: x509.Certificate, at: datetime) -> Finding:
        """Whether the certificate was good at that time (aware)."""
        key = (certificate.sha256, at)
        if key not in self.found:
            self.found[key] = self._check(certificate, at)
        return self.found[key]

    def is_genuine(self, certificate: x509.Certificate) -> bool:
        """Whether some certificate at hand really issued this one (trusted or not), to the last bit."""
        key = certificate.dump()
        if key not in self.genuine:
            self.genuine[key] = self._is_genuine(certificate)
        return self.genuine[key]

    def _is_genuine(self, certificate: x509.Certificate) -> bool:
        if certificate["signature_value"].contents[:1] != b"\0":
            return False
        if any(certificate.dump() == root.dump() for root in self.roots):
            return True
        return any(_issued(certificate, above) for above in (*self.certificates, *self.roots))

    def _check(self, certificate: x509.Certificate, at: datetime) -> Finding:
        try:
            return Finding((), True, _run(self._path(certificate, at, "require")))
        except InsufficientRevinfoError:
            return self._without_revocation(certificate, at)
        except (ValidationError, PathBuildingError, ValueError) as error:
            return Finding((_reason(error),), False)

    def _without_revocation(self, certificate: x509.Certificate, at: datetime) -> Finding:
        try:
            return Finding((), False, _run(self._path(certificate, at, "soft-fail")))
        except (ValidationError, PathBuildingError, ValueError) as error:
            return Finding((_reason(error),), False)

    async def _path(
        self, certificate: x509.Certificate, at: datetime, mode: Mode
    ) -> tuple[x509.Certificate, ...]:
        context = ValidationContext(
            trust_roots=self.roots,
            other_certs=self.certificates,
            crls=self.lists,
            ocsps=self.answers,
            moment=at,
            revocation_mode=mode,
            retroactive_revinfo=True,
            time_tolerance=timedelta(seconds=1),
        )
        found = await CertificateValidator(certificate, validation_context=context).async_validate_path()
        return tuple(each for each in found if isinstance(each, x509.Certificate))


def may_sign(certificate: x509.Certificate) -> bool:
    """Whether it is there to sign documents: by its key usage, and by its extended one if it has any."""
    usage, extended = certificate.key_usage_value, certificate.extended_key_usage_value
    return (
        not certificate.ca
        and (usage is None or bool(SIGNING & usage.native))
        and (extended is None or bool(DOCUMENTS & set(extended.native)))
    )


def may_stamp(certificate: x509.Certificate) -> bool:
    """Whether it is a timestamp authority's, and nothing else's (RFC 3161, 2.3)."""
    usage = certificate.extended_key_usage_value
    return usage is not None and usage.native == ["time_stamping"]


def _certificate(encoded: bytes | str) -> x509.Certificate:
    data = encoded.encode() if isinstance(encoded, str) else encoded
    return x509.Certificate.load(pem.unarmor(data)[2] if pem.detect(data) else data, strict=True)


def _issued(certificate: x509.Certificate, above: x509.Certificate) -> bool:
    if certificate.issuer.dump() != above.subject.dump():
        return False
    try:
        own, higher = load_der_x509_certificate(certificate.dump()), load_der_x509_certificate(above.dump())
        own.verify_directly_issued_by(higher)
    except (InvalidSignature, ValueError, TypeError):
        return False
    return True


def _reason(error: Exception) -> Reason:
    known = (
        (RevokedError, Reason.REVOKED),
        (ExpiredError, Reason.EXPIRED),
        (NotYetValidError, Reason.NOT_YET_VALID),
    )
    return next((reason for kind, reason in known if isinstance(error, kind)), Reason.UNTRUSTED)


def _run(coroutine: Coroutine[Any, Any, T]) -> T:
    """The result of a coroutine that waits for nothing: the validator fetches nothing here, so no loop is needed."""
    try:
        coroutine.send(None)
    except StopIteration as done:
        result: T = done.value
        return result
    coroutine.close()
    raise ValueError("the validator tried to wait")

"""Revocation lists of authorities elsewhere, fetched from where their certificates say (RFC 5280, 4.2.1.13)."""

from __future__ import annotations

import urllib.request
from collections.abc import Iterator
from datetime import datetime
from http.client import HTTPException
from urllib.parse import urlsplit

from cryptography import x509

from signing.pki.profiles import Issuer

LARGEST_LIST = 5_000_000
SECONDS = 10.0


def fetch_lists(issuer: Issuer, now: datetime) -> list[x509.CertificateRevocationList]:
    """The lists that say whether an issuer and those above it are still good; without those that can't be had."""
    pairs = zip((issuer.certificate, *issuer.above), issuer.above, strict=False)
    found = (_fetched(certificate, above, now) for certificate, above in pairs)
    return [each for each in found if each is not None]


def addresses(certificate: x509.Certificate) -> Iterator[str]:
    """The http(s) addresses of the list that a certificate would stand on."""
    try:
        points = certificate.extensions.get_extension_for_class(x509.CRLDistributionPoints).value
    except x509.ExtensionNotFound:
        return
    for name in (name for point in points for name in point.full_name or ()):
        if isinstance(name, x509.UniformResourceIdentifier) and urlsplit(name.value).scheme in (
            "http",
            "https",
        ):
            yield name.value


def _fetched(
    certificate: x509.Certificate, above: x509.Certificate, now: datetime
) -> x509.CertificateRevocationList | None:
    for address in addresses(certificate):
        try:
            with urllib.request.urlopen(address, timeout=SECONDS) as reply:  # noqa: S310 (http and https alone)
                read = _read(reply.read(LARGEST_LIST))
        except (OSError, HTTPException, ValueError):
            continue
        if read.is_signature_valid(above.public_key()) and _is_current(read, now):  # type: ignore[arg-type]
            return read
    return None


def _read(body: bytes) -> x509.CertificateRevocationList:
    """Raises ValueError."""
    return x509.load_pem_x509_crl(body) if body.startswith(b"-----") else x509.load_der_x509_crl(body)


def _is_current(one: x509.CertificateRevocationList, now: datetime) -> bool:
    return one.next_update_utc is not None and one.last_update_utc <= now < one.next_update_utc

"""Issuers written down as text, certificates as PEM, keys wrapped; an export without a key is of one that lies elsewhere."""

from __future__ import annotations

import base64
from collections.abc import Callable, Mapping

from cryptography import x509
from cryptography.hazmat.primitives.serialization import Encoding

from signing.pki.keys import KeyWrap, unwrap_key, wrap_key
from signing.pki.profiles import Issuer


def export_issuer(texts: dict[str, str], role: str, issuer: Issuer, wrap: KeyWrap) -> None:
    """Write an issuer down in an export, under its role."""
    texts[role] = issuer.certificate.public_bytes(Encoding.PEM).decode()
    if issuer.key:
        wrapped = wrap_key(issuer.key, wrap, _context(issuer.certificate))
        texts[f"{role}.key"] = base64.b64encode(wrapped).decode()


def rewrapped_export(
    texts: Mapping[str, str], rewrapped: Callable[[bytes, str], bytes | None]
) -> dict[str, str]:
    """An export with its keys wrapped anew, where `rewrapped` (wrapped, context) has something new."""
    anew = dict(texts)
    for role in (name.removesuffix(".key") for name in texts if name.endswith(".key")):
        certificate = x509.load_pem_x509_certificate(texts[role].encode())
        wrapped = rewrapped(base64.b64decode(texts[f"{role}.key"]), _context(certificate))
        if wrapped is not None:
            anew[f"{role}.key"] = base64.b64encode(wrapped).decode()
    return anew


def load_issuer(texts: Mapping[str, str], role: str, wrap: KeyWrap) -> Issuer:
    """The issuer that an export holds under a role. Raises KeyUnreadable."""
    certificate = x509.load_pem_x509_certificate(texts[role].encode())
    wrapped = texts.get(f"{role}.key")
    if wrapped is None:
        return Issuer(certificate, None)
    return Issuer(certificate, unwrap_key(base64.b64decode(wrapped), wrap, _context(certificate)))


def _context(certificate: x509.Certificate) -> str:
    return f"authority:{certificate.serial_number:x}"

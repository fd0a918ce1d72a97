"""Issuers written down as text, certificates as PEM, keys wrapped; an export without a key is of one that lies elsewhere."""

from __future__ import annotations

import base64
import re
from collections.abc import Callable, Iterable, Mapping

from cryptography import x509
from cryptography.hazmat.primitives.serialization import Encoding

from signing.pki.keys import Keys
from signing.pki.profiles import Issuer

PEM_LIST = re.compile(r"-----BEGIN X509 CRL-----.*?-----END X509 CRL-----", re.DOTALL)


def export_issuer(texts: dict[str, str], role: str, issuer: Issuer, keys: Keys) -> None:
    """Write an issuer down in an export, under its role."""
    texts[role] = _pem(issuer.certificate)
    if issuer.above:
        texts[f"{role}.above"] = "".join(map(_pem, issuer.above))
    if issuer.key:
        kept = keys.put_away(issuer.key, _context(issuer.certificate))
        texts[f"{role}.key"] = base64.b64encode(kept).decode()


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


def load_issuer(texts: Mapping[str, str], role: str, keys: Keys) -> Issuer:
    """The issuer that an export holds under a role. Raises KeyUnreadable."""
    certificate = x509.load_pem_x509_certificate(texts[role].encode())
    kept, above = texts.get(f"{role}.key"), texts.get(f"{role}.above")
    key = None if kept is None else keys.fetch(base64.b64decode(kept), _context(certificate))
    return Issuer(certificate, key, tuple(x509.load_pem_x509_certificates(above.encode())) if above else ())


def export_lists(lists: Iterable[x509.CertificateRevocationList]) -> str:
    """Revocation lists, PEM behind each other."""
    return "".join(each.public_bytes(Encoding.PEM).decode() for each in lists)


def load_lists(text: str) -> tuple[x509.CertificateRevocationList, ...]:
    """What `export_lists` wrote."""
    return tuple(x509.load_pem_x509_crl(each.encode()) for each in PEM_LIST.findall(text))


def _pem(certificate: x509.Certificate) -> str:
    return certificate.public_bytes(Encoding.PEM).decode()


def _context(certificate: x509.Certificate) -> str:
    return f"authority:{certificate.serial_number:x}"

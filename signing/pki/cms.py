"""CMS SignedData (RFC 5652) with the signed attributes of PAdES baseline (ETSI EN 319 142-1, clause 6.3).

Whatever a signer signs twice the same is encoded once, when the signer is made: the certificates, the
signer's identifier and the signing-certificate-v2 attribute. A signature then costs two digests and the key.
"""

from __future__ import annotations

import hashlib
from collections.abc import Callable, Iterable
from dataclasses import dataclass, field

from asn1crypto import x509

from signing.pki import der
from signing.pki.keys import SigningKey

DATA = der.oid("1.2.840.113549.1.7.1")
SIGNED_DATA = der.oid("1.2.840.113549.1.7.2")
TST_INFO = der.oid("1.2.840.113549.1.9.16.1.4")
CONTENT_TYPE = der.oid("1.2.840.113549.1.9.3")
MESSAGE_DIGEST = der.oid("1.2.840.113549.1.9.4")
SIGNING_CERTIFICATE_V2 = der.oid("1.2.840.113549.1.9.16.2.47")
SIGNATURE_TIMESTAMP = der.oid("1.2.840.113549.1.9.16.2.14")
DIGESTS = {
    "sha256": der.sequence(der.oid("2.16.840.1.101.3.4.2.1")),
    "sha384": der.sequence(der.oid("2.16.840.1.101.3.4.2.2")),
    "sha512": der.sequence(der.oid("2.16.840.1.101.3.4.2.3")),
}

Stamp = Callable[[bytes], bytes]
"""From a signature's bytes to the timestamp token over them (both DER)."""


@dataclass(frozen=True, slots=True)
class Signer:
    """Who signs: certificate, the chain above it (without the root) and the key; certificates as DER."""

    certificate: bytes
    chain: tuple[bytes, ...]
    key: SigningKey
    identifier: bytes = field(init=False, repr=False)
    certificates: bytes = field(init=False, repr=False)
    signing_certificate: bytes = field(init=False, repr=False)

    def __post_init__(self) -> None:
        parsed = x509.Certificate.load(self.certificate)
        issuer, serial = parsed.issuer.dump(), der.integer(parsed.serial_number)
        put = object.__setattr__
        put(self, "identifier", der.sequence(issuer, serial))
        put(self, "certificates", der.tlv(0xA0, *sorted({self.certificate, *self.chain})))
        put(self, "signing_certificate", _signing_certificate(self.certificate, issuer, serial))

    def sign(self, digest: bytes, stamp: Stamp | None = None) -> bytes:
        """A detached signature over content of this digest; DER of the ContentInfo."""
        return self._signed_data(DATA, b"", digest, version=1, stamp=stamp)

    def envelop(self, content_type: bytes, content: bytes) -> bytes:
        """A signature with its content inside, as a timestamp token is; DER of the ContentInfo."""
        digest = hashlib.new(self.key.digest, content).digest()
        return self._signed_data(content_type, der.explicit(0, der.octets(content)), digest, version=3)

    def largest(self, token: int = 0) -> int:
        """The most bytes that `sign` returns, with a timestamp token of at most `token` bytes."""
        attributes = b"".join(self._attributes(DATA, bytes(64)))
        unsigned = der.explicit(1, attribute(SIGNATURE_TIMESTAMP, bytes(token))) if token else b""
        info = self._signer_info(bytes(self.key.largest), attributes, unsigned)
        return len(self._wrapped(DATA, b"", 1, info))

    def _signed_data(
        self, content_type: bytes, content: bytes, digest: bytes, *, version: int, stamp: Stamp | None = None
    ) -> bytes:
        attributes = b"".join(sorted(self._attributes(content_type, digest)))
        signature = self.key.sign(der.tlv(0x31, attributes))
        unsigned = der.explicit(1, attribute(SIGNATURE_TIMESTAMP, stamp(signature))) if stamp else b""
        info = self._signer_info(signature, attributes, unsigned)
        return self._wrapped(content_type, content, version, info)

    def _attributes(self, content_type: bytes, digest: bytes) -> Iterable[bytes]:
        yield attribute(CONTENT_TYPE, content_type)
        yield attribute(MESSAGE_DIGEST, der.octets(digest))
        yield self.signing_certificate

    def _signer_info(self, signature: bytes, attributes: bytes, unsigned: bytes) -> bytes:
        return der.sequence(
            der.integer(1),
            self.identifier,
            DIGESTS[self.key.digest],
            der.explicit(0, attributes),
            self.key.algorithm,
            der.octets(signature),
            unsigned,
        )

    def _wrapped(self, content_type: bytes, content: bytes, version: int, signer_info: bytes) -> bytes:
        signed = der.sequence(
            der.integer(version),
            der.set_of([DIGESTS[self.key.digest]]),
            der.sequence(content_type, content),
            self.certificates,
            der.set_of([signer_info]),
        )
        return der.sequence(SIGNED_DATA, der.explicit(0, signed))


def attribute(kind: bytes, value: bytes) -> bytes:
    """One CMS attribute with one value."""
    return der.sequence(kind, der.tlv(0x31, value))


def _signing_certificate(certificate: bytes, issuer: bytes, serial: bytes) -> bytes:
    """The signing-certificate-v2 attribute (RFC 5035), SHA-256 being its default."""
    digest = der.octets(hashlib.sha256(certificate).digest())
    issuer_serial = der.sequence(der.sequence(der.explicit(4, issuer)), serial)
    return attribute(SIGNING_CERTIFICATE_V2, der.sequence(der.sequence(der.sequence(digest, issuer_serial))))

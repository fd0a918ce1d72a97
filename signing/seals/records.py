"""Seal records in the store: made when a seal is kept, looked at before it is stamped."""

from __future__ import annotations

from contextlib import suppress
from dataclasses import replace
from datetime import datetime, timedelta

from cryptography import x509
from cryptography.exceptions import InvalidSignature
from cryptography.hazmat.primitives.asymmetric import ec, ed25519, padding, rsa
from cryptography.hazmat.primitives.hashes import SHA256
from cryptography.hazmat.primitives.serialization import Encoding

from signing.certificates import Certificates
from signing.ids import SealId
from signing.pki.keys import signing_key
from signing.seals.catalogue import SealKind
from signing.seals.record import RecordForged, RecordMalformed, SealRecord, build, digest, read, verify
from signing.store.port import Reading, Tx
from signing.store.times import moment

VALID = timedelta(days=5 * 365)


class SealRecords:
    """Records signed by the installation's own issuing certificate (GB/T 38540-2020, 6.1)."""

    def __init__(self, certificates: Certificates) -> None:
        self._certificates = certificates

    def make(
        self, tx: Tx, seal: SealId, owner: str, kind: str, name: str, png: bytes, size: tuple[float, float]
    ) -> None:
        """Sign the record of a new seal for the owner's present certificate. Raises NoCertificate."""
        made = moment(tx.now)
        record = SealRecord(
            identifier=seal,
            kind=SealKind(kind),
            name=name,
            made=made,
            valid_from=made,
            valid_until=made + VALID,
            picture=digest(png),
            width_mm=size[0],
            height_mm=size[1],
            certificates=(digest(self._certificate(tx, owner)),),
        )
        signed = build(record, self._sign)
        tx.insert("seal_records", {"id": seal, "record": signed, "created": tx.now})

    def follow(self, tx: Tx, owner: str) -> None:
        """Let the owner's present certificate stamp what its predecessors could; the records hold on from now.

        A record that is not genuine stays as it is. Raises NoCertificate.
        """
        allowed = digest(self._certificate(tx, owner))
        for row in tx.find("records_of_owner", owner=owner):
            with suppress(RecordMalformed, RecordForged):
                record = read(row["record"], self._signed_by_us)
                certificates = tuple(dict.fromkeys((*record.certificates, allowed)))
                until = moment(tx.now) + VALID
                signed = build(replace(record, certificates=certificates, valid_until=until), self._sign)
                tx.change("seal_records", row["id"], {"record": signed})

    def require_genuine(self, tx: Reading, seal: SealId, owner: str, png: bytes) -> None:
        """That this picture is the one that was kept, and may be stamped for this owner now.

        Raises RecordMalformed, RecordForged, PictureSwapped, SealNotValid, CertificateNotAllowed, NoCertificate.
        """
        row = tx.get("seal_records", seal)
        signed = row["record"] if row else b""
        at: datetime = moment(tx.now)
        verify(signed, self._signed_by_us, png, self._certificate(tx, owner), at)

    def _certificate(self, tx: Reading, owner: str) -> bytes:
        row = tx.get("certificates", self._certificates.current(tx, owner))
        assert row is not None
        return x509.load_pem_x509_certificate(row["pem"].encode()).public_bytes(Encoding.DER)

    def _sign(self, body: bytes) -> bytes:
        key = self._certificates.authority.issuers[0].key
        assert key is not None
        return signing_key(key).sign(body)

    def _signed_by_us(self, signature: bytes, body: bytes) -> bool:
        issuers = self._certificates.authority.issuers
        return any(_verifies(issuer.certificate, signature, body) for issuer in issuers)


def _verifies(certificate: x509.Certificate, signature: bytes, body: bytes) -> bool:
    key = certificate.public_key()
    try:
        match key:
            case ec.EllipticCurvePublicKey():
                key.verify(signature, body, ec.ECDSA(SHA256()))
            case rsa.RSAPublicKey():
                key.verify(signature, body, padding.PKCS1v15(), SHA256())
            case ed25519.Ed25519PublicKey():
                key.verify(signature, body)
            case _:
                return False
    except InvalidSignature:
        return False
    return True

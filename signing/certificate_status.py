"""What the authority answers when others ask about its certificates: lists, OCSP answers, issuers' certificates."""

from __future__ import annotations

from datetime import datetime, timedelta

from cryptography.hazmat.primitives.serialization import Encoding

from signing.certificates import Certificates, revocation_of
from signing.pki import revocation
from signing.pki.profiles import Issuer
from signing.pki.revocation import Revocation
from signing.store.port import Reading
from signing.store.times import moment

LIST_KEPT = timedelta(hours=1)


class CertificateStatus:
    """Answers for one installation's authority, out of its store. An issuer is named as in `Addresses`."""

    def __init__(self, certificates: Certificates) -> None:
        self._certificates = certificates
        self._lists: dict[str, tuple[datetime, list[Revocation], bytes]] = {}

    def certificate(self, number: str) -> bytes | None:
        """An issuer's certificate, DER; None if there is none of that number."""
        issuer = self._issuer(number)
        return issuer.certificate.public_bytes(Encoding.DER) if issuer else None

    def revocation_list(self, tx: Reading, number: str) -> bytes | None:
        """An issuer's current list, DER, made at most once an hour unless something was revoked."""
        authority = self._certificates.authority
        issuer = self._issuer(number)
        if issuer is None:
            return None
        if issuer.certificate == authority.root.certificate:
            return authority.root_list.public_bytes(Encoding.DER)
        return self._list(tx, number, issuer) if issuer.key else None

    def ocsp(self, tx: Reading, request: bytes) -> bytes:
        """The answer to an OCSP request, DER both."""
        authority, now = self._certificates.authority, moment(tx.now)
        if authority.root.key and revocation.asks_about(request, authority.root):
            return revocation.answer(request, [authority.root], self._is_below_root, now)
        return revocation.answer(request, authority.issuers, lambda serial: _status(tx, serial), now)

    def _list(self, tx: Reading, number: str, issuer: Issuer) -> bytes:
        now, revoked = moment(tx.now), self._certificates.revoked(tx)
        kept = self._lists.get(number)
        if kept is None or kept[1] != revoked or not now - LIST_KEPT < kept[0] <= now:
            made = revocation.revocation_list(issuer, revoked, now).public_bytes(Encoding.DER)
            kept = self._lists[number] = (now, revoked, made)
        return kept[2]

    def _issuer(self, number: str) -> Issuer | None:
        authority = self._certificates.authority
        found = (each for each in (authority.root, *authority.issuers) if each.number == number)
        return next(found, None)

    def _is_below_root(self, serial: int) -> bool:
        authority = self._certificates.authority
        below = (*authority.issuers, authority.timestamping)
        return serial in {each.certificate.serial_number for each in below}


def _status(tx: Reading, serial: int) -> Revocation | bool:
    row = tx.get("certificates", f"{serial:x}")
    if row is None:
        return False
    return revocation_of(row) if row["state"] == "revoked" else True

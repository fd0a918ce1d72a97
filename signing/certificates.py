"""Certificates of principals: issued when a real-name check passes, used only through a consumed challenge."""

from __future__ import annotations

import json
from collections.abc import Callable
from datetime import datetime

from cryptography.x509 import CertificateRevocationList

from signing.errors import SigningError
from signing.ids import CertificateId, ContractId
from signing.pki.authority import Authority, Issued, Material
from signing.pki.cms import Signer
from signing.pki.keys import KeyKind, Keys
from signing.pki.profiles import Issuer
from signing.pki.revocation import Reason, Revocation
from signing.pki.subjects import Subject
from signing.pki.timestamps import Clock, Timestamper
from signing.store.port import Reading, Row, Store, Tx
from signing.store.times import milliseconds, moment

EMBEDDED = "embedded"


class NoCertificate(SigningError):
    """The principal has no valid certificate: not checked yet, expired or revoked."""

    code = "certificate.missing"


class AuthorityChanged(SigningError):
    """Somebody else changed the authority at the same time; nothing was done here."""

    code = "pki.authority-changed"


def open_authority(
    store: Store, keys: Keys, name: str, now: datetime, base_url: str, kind: KeyKind = KeyKind.P256
) -> Authority:
    """The installation's own authority, made at the first start. `kind` is that of its first keys.

    Raises KeyUnreadable, TokenUnavailable.
    """
    row = store.read(lambda tx: tx.get("authorities", EMBEDDED))
    if row is None:
        made = json.dumps(Authority.create(name, keys, now, base_url=base_url, kind=kind).export())
        store.write(_keep, made)
        row = store.read(lambda tx: tx.get("authorities", EMBEDDED))
    assert row is not None
    return Authority.load(json.loads(row["exported"]), keys)


def address_of(tx: Reading) -> str:
    """The base URL that the installation's certificates name; "" where there is none yet."""
    row = tx.get("authorities", EMBEDDED)
    return str(json.loads(row["exported"])["base_url"]) if row else ""


def change_authority(store: Store, keys: Keys, changed: Callable[[Authority], Authority]) -> Authority:
    """The installation's authority, changed and kept. Raises what `changed` raises, AuthorityChanged.

    A root's key that was offline stays so, even if `changed` brought it.
    """
    row = store.read(lambda tx: tx.get("authorities", EMBEDDED))
    assert row is not None
    before = Authority.load(json.loads(row["exported"]), keys)
    after = changed(before)
    exported = after.export(root_key=before.root.key is not None and after.root.key is not None)
    store.write(replace_authority, row["exported"], json.dumps(exported))
    return after


def replace_authority(tx: Tx, was: str, exported: str) -> None:
    """Put another state of the authority in the place of the one it was made from. Raises AuthorityChanged."""
    if not tx.change("authorities", EMBEDDED, {"exported": exported}, was={"exported": was}):
        raise AuthorityChanged


def _keep(tx: Tx, exported: str) -> None:
    tx.insert("authorities", {"id": EMBEDDED, "exported": exported, "created": tx.now}, once=True)


class Certificates:
    """Issues and finds the certificates of principals (a person's or an enterprise's id)."""

    def __init__(self, authority: Authority, outside: Timestamper | None = None) -> None:
        self.authority = authority
        self._outside = outside
        self._exported = ""

    def issue(self, tx: Tx, principal: str, subject: Subject) -> CertificateId:
        """A fresh key and certificate. Called only by the step that passes the principal's check."""
        return self._keep_issued(tx, principal, self.authority.issue(subject, moment(tx.now)))

    def reissue(self, tx: Tx, certificate: str) -> CertificateId:
        """Another certificate, with another key, for the subject of one that runs out."""
        row = tx.get("certificates", certificate)
        assert row is not None
        issued = self.authority.reissue(row["pem"], moment(tx.now))
        return self._keep_issued(tx, row["principal"], issued)

    def revoke(self, tx: Tx, principal: str, reason: Reason) -> int:
        """Take back every certificate of a principal that is not over yet; how many. Whoever calls has the right.

        What was signed before stays signed; a signature that is on its way is refused.
        """
        rows = tx.find("certificates_in_force", principal=principal, now=tx.now)
        for row in rows:
            facts = {"state": "revoked", "reason": reason.value, "revoked": tx.now}
            tx.change("certificates", row["id"], facts)
        return len(rows)

    def require_valid(self, tx: Reading, certificate: str) -> None:
        """Raises NoCertificate where it was revoked or ran out."""
        row = tx.get("certificates", certificate)
        if row is None or row["state"] != "valid" or not row["not_before"] <= tx.now < row["not_after"]:
            raise NoCertificate

    def refresh(self, tx: Tx) -> None:
        """Take over what others changed of the authority, and renew what runs out soon."""
        row = tx.get("authorities", EMBEDDED)
        assert row is not None
        if row["exported"] != self._exported:
            self.authority = Authority.load(json.loads(row["exported"]), self.authority.keys)
            self._exported = row["exported"]
        renewed = self.authority.renewed(moment(tx.now))
        if renewed is not self.authority:
            replace_authority(tx, row["exported"], json.dumps(renewed.export()))
            self.authority, self._exported = renewed, ""

    @property
    def issuers_elsewhere(self) -> list[Issuer]:
        """The issuing certificates that somebody else's authority gave us."""
        return [each for each in self.authority.issuers if not self.authority.is_ours(each)]

    def keep_lists_above(self, tx: Tx, lists: list[CertificateRevocationList]) -> None:
        """Take fresh lists of the authorities above; an older one stays where none came. Raises AuthorityChanged."""
        self.refresh(tx)
        fresh = {each.issuer: each for each in (*self.authority.lists_above, *lists)}
        after = self.authority.with_lists_above(fresh.values())
        row = tx.get("authorities", EMBEDDED)
        assert row is not None
        replace_authority(tx, row["exported"], json.dumps(after.export()))
        self.authority, self._exported = after, ""

    def current(self, tx: Reading, principal: str) -> CertificateId:
        """The principal's valid certificate. Raises NoCertificate."""
        found = tx.find("valid_certificate", principal=principal, now=tx.now)
        if not found:
            raise NoCertificate
        return CertificateId(found[0]["id"])

    def signer(self, tx: Reading, certificate: CertificateId) -> Signer:
        """The certificate with its key, ready to sign. Whoever calls has seen the accepted challenge.

        Raises NoCertificate.
        """
        self.require_valid(tx, certificate)
        row = tx.get("certificates", certificate)
        assert row is not None
        return self.authority.signer(row["pem"], row["key"])

    def timestamper(self, clock: Clock) -> Timestamper:
        """Who says when: an authority outside, if there is one; else the embedded unit, by this clock."""
        return self._outside or self.authority.timestamper(clock)

    def material(self, tx: Reading, contract: ContractId, now: datetime) -> Material:
        """What lets others check a contract's signatures without us: chains and revocation answers."""
        signed = tx.find("certificates_of_contract", contract=contract)
        return self.authority.material([row["pem"] for row in signed], self.revoked(tx), now)

    def revoked(self, tx: Reading) -> list[Revocation]:
        """Every principal's certificate that was taken back."""
        return [revocation_of(row) for row in tx.find("revoked_certificates")]

    def _keep_issued(self, tx: Tx, principal: str, issued: Issued) -> CertificateId:
        row = {
            "id": issued.serial,
            "principal": principal,
            "pem": issued.certificate_pem,
            "key": issued.wrapped_key,
            "fingerprint": issued.fingerprint,
            "not_before": milliseconds(issued.not_before),
            "not_after": milliseconds(issued.not_after),
            "state": "valid",
        }
        tx.insert("certificates", row)
        return CertificateId(issued.serial)


def revocation_of(row: Row) -> Revocation:
    """What a revoked certificate's row says."""
    at = moment(row["revoked"])
    return Revocation(int(row["id"], 16), at, Reason(row["reason"]))

"""Checking a PDF: the verifier with this installation's trust, and its record where it knows the document."""

from __future__ import annotations

import hashlib
from datetime import datetime

from signing.certificates import Certificates
from signing.pdf.report import Report
from signing.pdf.trust import Trust
from signing.pdf.verify import verify
from signing.store.port import Reading, Store


class Checking:
    """Verifies files as this installation sees them."""

    def __init__(self, store: Store, certificates: Certificates) -> None:
        self._store = store
        self._certificates = certificates

    def check(self, pdf: bytes, at: datetime) -> Report:
        """The report on a file; a contract of ours must be what we wrote. Never raises for what is in the file."""
        record = self._store.read(_record, hashlib.sha256(pdf).hexdigest())
        return verify(pdf, self.trust(at), at, record)

    def trust(self, at: datetime) -> Trust:
        """Our own root and current revocation lists."""
        authority = self._certificates.authority
        lists = authority.revocation_lists(self._store.read(self._certificates.revoked), at)
        return Trust(roots=[authority.root_pem], lists=lists)


def _record(tx: Reading, digest: str) -> list[str] | None:
    found = tx.find("contract_of_digest", digest=digest)
    if not found:
        return None
    rows = tx.find("revisions_of_contract", contract=found[0]["contract"])
    return [row["digest"] for row in rows]

"""Checking a PDF: the verifier with this installation's trust, and its record where it knows the document."""

from __future__ import annotations

import hashlib
import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from datetime import datetime
from itertools import islice
from typing import TYPE_CHECKING

from signing.certificates import Certificates
from signing.documents.child import Run
from signing.ids import Digest
from signing.pdf.coverage import ever_signed
from signing.pdf.limited import verify_limited
from signing.pdf.reasons import Reason, Verdict
from signing.pdf.report import Report, SignatureReport
from signing.pdf.trust import Trust
from signing.pki.qualification import Qualification
from signing.store.blobs import Blobs
from signing.store.port import Reading, Store
from signing.store.times import moment

if TYPE_CHECKING:
    from signing.pki.trusted_lists import TrustedLists

END = re.compile(rb"%%EOF(?:\r\n|\r|\n|)")
MOST_REVISIONS = 200


@dataclass(frozen=True, slots=True)
class Seen:
    """One signature as a person is told of it: `time_source` is "timestamp", "document-timestamp" or "claimed".

    `qualified` is what a trusted list says of its certificate, None as well where the file as a whole is not valid.
    """

    signer: str
    identifier: str
    issuer: str
    time: datetime | None
    time_source: str
    trusted: bool
    certifies: bool
    level: str
    qualified: Qualification | None = None


@dataclass(frozen=True, slots=True)
class Checked:
    """A checked file as a person is told of it. `ours`: a contract of this installation, as we wrote it."""

    verdict: str
    reasons: tuple[str, ...]
    signatures: tuple[Seen, ...]
    level: str
    covers_whole_file: bool
    ours: bool


class Checking:
    """Verifies files as this installation sees them, each in a child of `run`.

    `roots` (PEM) are trusted, too, and whoever stands on `lists`, which also say whose signatures are qualified.
    """

    def __init__(
        self,
        store: Store,
        blobs: Blobs,
        certificates: Certificates,
        run: Run,
        roots: Sequence[str] = (),
        lists: TrustedLists | None = None,
    ) -> None:
        self._roots = roots
        self._lists = lists
        self._store = store
        self._blobs = blobs
        self._certificates = certificates
        self._run = run

    def check(self, pdf: bytes, at: datetime) -> Report:
        """The report on a file; a contract of ours must be what we wrote. Never raises for what is in the file."""
        report = verify_limited(self._run, pdf, self.trust(at), at, self._store.read(_record, pdf))
        return replace(report, signatures=tuple(self._listed(each) for each in report.signatures))

    def in_short(self, pdf: bytes, at: datetime) -> Checked | None:
        """What a person is told of a file; None if it never carried a signature."""
        if not ever_signed(pdf):
            return None
        report = self.check(pdf, at)
        ours = self._store.read(_record, pdf) is not None and Reason.OTHER_RECORD not in report.reasons
        return None if Reason.NO_SIGNATURE in report.reasons else _in_short(report, ours)

    def check_upload(self, upload: Digest) -> Checked | None:
        """`in_short`, of a kept file. Raises BlobMissing."""
        return self.in_short(self._blobs.read(upload), self._store.read(lambda tx: moment(tx.now)))

    def trust(self, at: datetime) -> Trust:
        """Our own root and current revocation lists, and the roots that the installation trusts besides."""
        authority = self._certificates.authority
        lists = authority.revocation_lists(self._store.read(self._certificates.revoked), at)
        listed = self._lists.authorities if self._lists else ()
        return Trust(roots=[*authority.roots, *self._roots, *listed], lists=lists)

    def _listed(self, one: SignatureReport) -> SignatureReport:
        """With what trusted lists say of it, at its time."""
        if self._lists is None or one.time is None or not one.trusted:
            return one
        path = [bytes.fromhex(each) for each in one.path]
        return replace(one, qualified=self._lists.qualification(path, one.time))


def _in_short(report: Report, ours: bool) -> Checked:
    return Checked(
        verdict=report.verdict.value,
        reasons=tuple(reason.value for reason in report.reasons),
        signatures=tuple(_seen(each, report.verdict) for each in report.signatures),
        level=str(report.level),
        covers_whole_file=report.covers_whole_file,
        ours=ours,
    )


def _seen(one: SignatureReport, verdict: Verdict) -> Seen:
    return Seen(
        signer=one.signer,
        identifier=one.organization_identifier,
        issuer=one.issuer,
        time=one.time,
        time_source=one.time_source,
        trusted=one.trusted,
        certifies=one.certifies,
        level=str(one.level),
        qualified=None if verdict == Verdict.FAILED else one.qualified,
    )


def _record(tx: Reading, pdf: bytes) -> list[str] | None:
    """The digests of the revisions that we wrote, if the file is one of ours or began as one."""
    for digest in _digests(pdf):
        found = tx.find("contract_of_digest", digest=digest)
        if found:
            rows = tx.find("revisions_of_contract", contract=found[0]["contract"])
            return [row["digest"] for row in rows]
    return None


def _digests(pdf: bytes) -> Iterator[str]:
    """SHA-256 of the file up to the end of each of its revisions, and of the whole."""
    running, start, view = hashlib.sha256(), 0, memoryview(pdf)
    for end in islice(END.finditer(pdf), MOST_REVISIONS):
        running.update(view[start : end.end()])
        start = end.end()
        yield running.hexdigest()
    running.update(view[start:])
    yield running.hexdigest()

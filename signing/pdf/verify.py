# mypy: allow-untyped-calls
"""Verify: who signed, for whom, when, and whether the file is still what they signed.

pyHanko reads the file, compares revisions and builds certificate paths; the policy is ours and stricter than
its default (ETSI EN 319 102-1 for the verdicts). Nothing in the file is trusted, and nothing raises.
"""

from __future__ import annotations

import hashlib
import logging
from collections.abc import Sequence
from datetime import datetime
from io import BytesIO

from pyhanko.pdf_utils.reader import PdfFileReader

from signing.pdf.changes import Comparison
from signing.pdf.coverage import Distrust, ever_signed
from signing.pdf.judge import Judge
from signing.pdf.reasons import Reason, Verdict, verdict
from signing.pdf.report import Level, Report, refused
from signing.pdf.signatures import Found, material, signatures
from signing.pdf.trust import Evidence, Trust

LARGEST = 128 * 1024 * 1024


def verify(pdf: bytes, trust: Trust, at: datetime, record: Sequence[str] | None = None) -> Report:
    """The report on a file, as of `at` (aware).

    `record` are the SHA-256 digests (hex) of the revisions that this installation wrote, each of the whole file
    up to there, if it knows the document. Never raises: what can't be read is failed as malformed.
    """
    try:
        return _verify(pdf, trust, at, record)
    except Distrust as distrust:
        return refused(distrust.reason)
    except MemoryError:
        return refused(Reason.LIMITS)
    except (Exception, RecursionError):
        return refused(Reason.MALFORMED)


def _verify(pdf: bytes, trust: Trust, at: datetime, record: Sequence[str] | None) -> Report:
    reader = _open(pdf)
    found = signatures(reader, pdf)
    evidence = Evidence.gather(trust, material(reader), (each for one in found for each in one.certificates))
    judge = Judge(evidence, found, Comparison(reader, pdf, [one.embedded for one in found]).changes(), at)
    signed, stamped = judge.signatures(), judge.timestamps()
    covered = found[-1].coverage.end == len(pdf)
    reasons = [reason for each in signed for reason in each.reasons]
    reasons += [reason for each in stamped for reason in each.reasons]
    reasons += [Reason.UNCOVERED_FILE] * (not covered) + _off_record(pdf, found, record)
    reasons += [Reason.NO_SIGNATURE] * (not signed) + [Reason.REMOVED] * (ever_signed(pdf) > len(found))
    level = min((each.level for each in signed), default=Level.NONE)
    against = tuple(dict.fromkeys(reason for reason in reasons if reason.weight is not Verdict.NOTE))
    return Report(verdict(against), against, signed, stamped, level, covered)


def _open(pdf: bytes) -> PdfFileReader:
    if len(pdf) > LARGEST:
        raise Distrust(Reason.MALFORMED)
    reader = PdfFileReader(BytesIO(pdf), strict=True)
    if reader.encrypted:
        raise Distrust(Reason.ENCRYPTED)
    if reader.xrefs.hybrid_xrefs_present:
        raise Distrust(Reason.MALFORMED)
    return reader


def _off_record(pdf: bytes, found: Sequence[Found], record: Sequence[str] | None) -> list[Reason]:
    """Each signature's revision, and the whole, must be one that was written here."""
    if record is None:
        return []
    known = {digest.lower() for digest in record}
    ends = {one.coverage.end for one in found} | {len(pdf)}
    strange = any(hashlib.sha256(pdf[:end]).hexdigest() not in known for end in ends)
    return [Reason.OTHER_RECORD] if strange else []


# Their warnings quote names out of certificates and values out of forms; what they mean stands in the report.
for library in ("pyhanko", "pyhanko_certvalidator"):
    logging.getLogger(library).setLevel(logging.CRITICAL + 1)

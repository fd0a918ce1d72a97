"""What the verifier answers: values that turn into plain JSON."""

from __future__ import annotations

from dataclasses import asdict, dataclass
from datetime import datetime
from enum import IntEnum
from typing import Any

from signing.pdf.reasons import Reason, Verdict, verdict
from signing.pki.qualification import Qualification


class Level(IntEnum):
    """How far a signature got (ETSI EN 319 142-1, clause 6)."""

    NONE = 0
    B_B = 1
    B_T = 2
    B_LT = 3
    B_LTA = 4

    def __str__(self) -> str:
        return f"PAdES-{self.name.replace('_', '-')}" if self else "none"


@dataclass(frozen=True, slots=True)
class SignatureReport:
    """One signature. `time_source` is "timestamp", "document-timestamp" or "claimed"; `changed_after` names
    the fields that later revisions filled in; `path` are the certificates from a trusted one down to the
    signer's (DER, hexadecimal), `qualified` is what a trusted list says of it."""

    field: str
    signer: str
    organization: str
    organization_identifier: str
    serial: str
    issuer: str
    fingerprint: str
    time: datetime | None
    time_source: str
    trusted: bool
    covers_whole_revision: bool
    certifies: bool
    level: Level
    changed_after: tuple[str, ...]
    reasons: tuple[Reason, ...]
    path: tuple[str, ...] = ()
    qualified: Qualification | None = None

    def as_dict(self) -> dict[str, Any]:
        return {
            "field": self.field,
            "signer": self.signer,
            "organization": self.organization,
            "organization_identifier": self.organization_identifier,
            "serial": self.serial,
            "issuer": self.issuer,
            "fingerprint": self.fingerprint,
            "time": self.time.isoformat() if self.time else None,
            "time_source": self.time_source,
            "trusted": self.trusted,
            "covers_whole_revision": self.covers_whole_revision,
            "certifies": self.certifies,
            "level": str(self.level),
            "changed_after": list(self.changed_after),
            "qualified": asdict(self.qualified) if self.qualified else None,
            "reasons": [reason.value for reason in self.reasons],
        }


@dataclass(frozen=True, slots=True)
class TimestampReport:
    """One document timestamp: who says when."""

    field: str
    authority: str
    time: datetime | None
    trusted: bool
    covers_whole_revision: bool
    reasons: tuple[Reason, ...]

    def as_dict(self) -> dict[str, Any]:
        return {
            "field": self.field,
            "authority": self.authority,
            "time": self.time.isoformat() if self.time else None,
            "trusted": self.trusted,
            "covers_whole_revision": self.covers_whole_revision,
            "reasons": [reason.value for reason in self.reasons],
        }


@dataclass(frozen=True, slots=True)
class Report:
    """The whole file: one plain verdict with its reasons, and what stands behind it."""

    verdict: Verdict
    reasons: tuple[Reason, ...]
    signatures: tuple[SignatureReport, ...]
    timestamps: tuple[TimestampReport, ...]
    level: Level
    covers_whole_file: bool

    @property
    def valid(self) -> bool:
        return self.verdict is Verdict.PASSED

    def as_dict(self) -> dict[str, Any]:
        return {
            "valid": self.valid,
            "verdict": self.verdict.value,
            "reasons": [reason.value for reason in self.reasons],
            "sentences": [reason.sentence for reason in self.reasons],
            "signatures": [each.as_dict() for each in self.signatures],
            "timestamps": [each.as_dict() for each in self.timestamps],
            "level": str(self.level),
            "covers_whole_file": self.covers_whole_file,
        }


def refused(*reasons: Reason) -> Report:
    """The report on a file that could not be looked into."""
    return Report(verdict(reasons), reasons, (), (), Level.NONE, False)

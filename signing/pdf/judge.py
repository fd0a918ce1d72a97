# mypy: allow-untyped-calls
"""Weigh what was found: times first, from the last timestamp backwards, then the signatures at those times.

A timestamp proves that what it covers existed at its time; a certificate is judged at the earliest time that is
proven for its signature (the past signature validation of ETSI EN 319 102-1, clause 5.6, in short).
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta

from asn1crypto import x509
from pyhanko.sign.fields import MDPPerm

from signing.pdf import cms
from signing.pdf.changes import Change
from signing.pdf.coverage import Distrust
from signing.pdf.reasons import Reason
from signing.pdf.report import Level, SignatureReport, TimestampReport
from signing.pdf.signatures import Found
from signing.pdf.trust import Evidence, Finding, may_sign, may_stamp

TOLERANCE = timedelta(minutes=5)
"""By so much clocks may differ."""


@dataclass(frozen=True, slots=True)
class Proof:
    """Until when something existed at the latest, and who says so."""

    time: datetime
    source: str


class Judge:
    """One file's signatures and timestamps, weighed as of `at`."""

    def __init__(
        self, evidence: Evidence, found: Sequence[Found], changes: Sequence[Change], at: datetime
    ) -> None:
        self.evidence = evidence
        self.found = found
        self.changes = changes
        self.at = at
        self.proofs: dict[int, Proof] = {}
        self.stamps = self._document_timestamps()

    def timestamps(self) -> tuple[TimestampReport, ...]:
        return tuple(reversed(self.stamps))

    def signatures(self) -> tuple[SignatureReport, ...]:
        return tuple(self._signature(one) for one in self.found if not one.is_timestamp)

    def _document_timestamps(self) -> list[TimestampReport]:
        """Judged from the last to the first, each at the time that the next one proves."""
        reports, proof = [], Proof(self.at, "now")
        for one in reversed(self.found):
            self.proofs[one.coverage.end] = proof
            if one.is_timestamp:
                report = self._document_timestamp(one, proof.time)
                reports.append(report)
                if report.trusted and report.time and not self._changed_after(one):
                    proof = Proof(report.time, "document-timestamp")
        return reports

    def _document_timestamp(self, one: Found, before: datetime) -> TimestampReport:
        reasons = [one.reason] if one.reason else []
        if one.token:
            reasons += self._token(one.token, before)[0]
        reasons += self._broken_promises(one)
        return TimestampReport(
            field=one.embedded.field_name,
            authority=_name(one.token.checked.certificate, "common_name") if one.token else "",
            time=one.token.time if one.token else None,
            trusted=not reasons,
            covers_whole_revision=one.whole_revision,
            reasons=tuple(dict.fromkeys(reasons)),
        )

    def _signature(self, one: Found) -> SignatureReport:
        reasons = [one.reason] if one.reason else []
        proof, stamped, finding = self.proofs[one.coverage.end], False, Finding((Reason.UNTRUSTED,), False)
        if one.checked:
            stamped, proof, against = self._signature_timestamp(one.checked, proof)
            reasons += against
            finding = self._certificate(one.checked, proof)
            reasons += finding.reasons
            reasons += [Reason.REVOCATION_UNKNOWN] * (finding.trusted and not finding.revocation_checked)
        proven = proof.source != "now"
        claimed = one.embedded.self_reported_timestamp
        reasons += self._claims(claimed, proof, proven) + self._broken_promises(one)
        unique = tuple(dict.fromkeys(reasons))
        return self._report(one, unique, finding, proof if proven else None, claimed, stamped)

    def _report(
        self,
        one: Found,
        reasons: tuple[Reason, ...],
        finding: Finding,
        proof: Proof | None,
        claimed: datetime | None,
        stamped: bool,
    ) -> SignatureReport:
        certificate = one.checked.certificate if one.checked else None
        return SignatureReport(
            field=one.embedded.field_name,
            signer=_name(certificate, "common_name"),
            organization=_name(certificate, "organization_name"),
            organization_identifier=_name(certificate, "organization_identifier"),
            serial=f"{certificate.serial_number:x}" if certificate else "",
            issuer=certificate.issuer.human_friendly if certificate else "",
            fingerprint=certificate.sha256.hex() if certificate else "",
            time=proof.time if proof else claimed,
            time_source=proof.source if proof else "claimed",
            trusted=finding.trusted,
            covers_whole_revision=one.whole_revision,
            certifies=one.embedded.docmdp_level is not None,
            level=self._level(one, finding, proof, stamped),
            changed_after=tuple(sorted(self._fields_after(one))),
            reasons=reasons,
            path=tuple(each.dump().hex() for each in finding.path),
        )

    def _signature_timestamp(self, checked: cms.Checked, proof: Proof) -> tuple[bool, Proof, list[Reason]]:
        """Whether it is timestamped, the earliest proof, and reasons against its timestamps."""
        reasons: list[Reason] = []
        stamped = False
        for each in checked.tokens:
            try:
                token = cms.check_token(each, [checked.signature])
            except Distrust as distrust:
                reasons.append(distrust.reason)
                continue
            against, _ = self._token(token, proof.time)
            reasons += against
            if not against:
                stamped, proof = True, Proof(token.time, "timestamp")
        return stamped, proof, reasons

    def _token(self, token: cms.Token, before: datetime) -> tuple[list[Reason], Finding]:
        """Reasons against a token that something proves to be older than `before`."""
        reasons = [] if may_stamp(token.checked.certificate) else [Reason.KEY_USAGE]
        reasons += [Reason.TIMESTAMP_ORDER] * (token.time > before + TOLERANCE)
        finding = self.evidence.check(token.checked.certificate, before)
        reasons += self._foreign(token.checked) if finding.trusted else []
        if finding.reasons:
            reasons.append(_of_timestamp(finding.reasons[0]))
        return reasons, finding

    def _certificate(self, checked: cms.Checked, proof: Proof) -> Finding:
        finding = self.evidence.check(checked.certificate, proof.time)
        extra = [] if may_sign(checked.certificate) else [Reason.KEY_USAGE]
        extra += self._foreign(checked) if finding.trusted else []
        return Finding((*finding.reasons, *extra), finding.revocation_checked, finding.path)

    def _foreign(self, checked: cms.Checked) -> list[Reason]:
        """A certificate that came along must be one that somebody at hand issued."""
        genuine = all(map(self.evidence.is_genuine, checked.others))
        return [] if genuine else [Reason.BAD_CHAIN_CERTIFICATE]

    def _claims(self, claimed: datetime | None, proof: Proof, proven: bool) -> list[Reason]:
        reasons = [] if proven else [Reason.UNPROVEN_TIME]
        late = claimed is not None and claimed.astimezone(UTC) > proof.time + TOLERANCE
        return reasons + [Reason.FUTURE] * late

    def _broken_promises(self, one: Found) -> list[Reason]:
        """Why later revisions may not stand beside this signature."""
        return [change.reason for change in self._after(one) if change.reason]

    def _changed_after(self, one: Found) -> bool:
        return bool(self._broken_promises(one))

    def _fields_after(self, one: Found) -> set[str]:
        return {name for change in self._after(one) for name in change.fields}

    def _after(self, one: Found) -> list[Change]:
        return [change for change in self.changes if change.revision > one.embedded.signed_revision]

    def _level(self, one: Found, finding: Finding, proof: Proof | None, stamped: bool) -> Level:
        if one.checked is None or not one.is_pades or not one.checked.signing_certificate_v2:
            return Level.NONE
        if proof is None:
            return Level.B_B
        if not (finding.trusted and finding.revocation_checked and self.evidence.carried):
            return Level.B_T
        over = [
            report
            for report, each in zip(self.timestamps(), self._stamped(), strict=True)
            if report.trusted and each.coverage.end > one.coverage.end
        ]
        return Level.B_LTA if over else Level.B_LT

    def _stamped(self) -> list[Found]:
        return [one for one in self.found if one.is_timestamp]


def certifies(one: Found) -> bool:
    """Whether it is a certification signature of any strictness."""
    return isinstance(one.embedded.docmdp_level, MDPPerm)


def _of_timestamp(reason: Reason) -> Reason:
    return Reason.TIMESTAMP_UNTRUSTED if reason is Reason.UNTRUSTED else reason


def _name(certificate: x509.Certificate | None, part: str) -> str:
    """One part of the subject's name, empty if it has none."""
    value = certificate.subject.native.get(part, "") if certificate else ""
    return value if isinstance(value, str) else ", ".join(map(str, value))

"""Why a file is not simply valid: every reason code of the verifier, with its weight and a sentence.

Weights follow ETSI EN 319 102-1: failed (it is wrong), indeterminate (it can't be told), note (good to know).
"""

from __future__ import annotations

from collections.abc import Iterable
from enum import StrEnum


class Verdict(StrEnum):
    """TOTAL-PASSED, INDETERMINATE and TOTAL-FAILED of EN 319 102-1; a note changes nothing."""

    PASSED = "passed"
    NOTE = "note"
    INDETERMINATE = "indeterminate"
    FAILED = "failed"


class Reason(StrEnum):
    """A code that programs read; `sentence` is for people, `weight` for the verdict."""

    MALFORMED = "malformed"
    LIMITS = "takes-too-much"
    NOT_CHECKED = "not-checked"
    ENCRYPTED = "encrypted"
    NO_SIGNATURE = "no-signature"
    UNSUPPORTED = "unsupported-signature"
    BYTE_RANGE = "byte-range"
    CONTENTS = "contents-damaged"
    CMS_FORMAT = "cms-format"
    SEVERAL_SIGNERS = "several-signers"
    WRONG_CERTIFICATE = "signing-certificate-mismatch"
    BAD_CHAIN_CERTIFICATE = "certificates-damaged"
    DIGEST = "digest-mismatch"
    SIGNATURE = "signature-broken"
    UNCOVERED_REVISION = "revision-not-covered"
    UNCOVERED_FILE = "file-not-covered"
    REMOVED = "signature-removed"
    CHANGED = "changed-after-signing"
    FIELD_CHANGED = "field-changed-after-signing"
    FORBIDDEN = "change-not-permitted"
    TIMESTAMP_BROKEN = "timestamp-broken"
    TIMESTAMP_ELSEWHERE = "timestamp-of-something-else"
    TIMESTAMP_UNTRUSTED = "timestamp-untrusted"
    TIMESTAMP_ORDER = "timestamp-order"
    KEY_USAGE = "key-usage"
    REVOKED = "certificate-revoked"
    EXPIRED = "certificate-expired"
    NOT_YET_VALID = "certificate-not-yet-valid"
    UNTRUSTED = "untrusted"
    WEAK = "weak-algorithm"
    FUTURE = "time-in-future"
    OTHER_RECORD = "not-our-record"
    REVOCATION_UNKNOWN = "revocation-unknown"
    UNPROVEN_TIME = "time-only-claimed"

    @property
    def weight(self) -> Verdict:
        if self in NOTES:
            return Verdict.NOTE
        return Verdict.INDETERMINATE if self in OPEN else Verdict.FAILED

    @property
    def sentence(self) -> str:
        return SENTENCES[self]


NOTES = frozenset({Reason.REVOCATION_UNKNOWN, Reason.UNPROVEN_TIME})
OPEN = frozenset(
    {
        Reason.TIMESTAMP_UNTRUSTED,
        Reason.EXPIRED,
        Reason.NOT_YET_VALID,
        Reason.UNTRUSTED,
        Reason.WEAK,
        Reason.FUTURE,
        Reason.UNSUPPORTED,
        Reason.BAD_CHAIN_CERTIFICATE,
        Reason.ENCRYPTED,
        Reason.LIMITS,
        Reason.NOT_CHECKED,
    }
)

SENTENCES = {
    Reason.MALFORMED: "The file can't be read as a signed PDF.",
    Reason.LIMITS: "Checking the file takes more time or memory than is allowed.",
    Reason.NOT_CHECKED: "The file could not be checked here and now.",
    Reason.ENCRYPTED: "The file is encrypted and can't be checked.",
    Reason.NO_SIGNATURE: "The file holds no signature.",
    Reason.UNSUPPORTED: "A signature is of a kind that this verifier does not know.",
    Reason.BYTE_RANGE: "A signature does not say plainly which bytes it covers.",
    Reason.CONTENTS: "The place of a signature holds something besides the signature.",
    Reason.CMS_FORMAT: "A signature is not built as the standard asks.",
    Reason.SEVERAL_SIGNERS: "A signature field holds not exactly one signer.",
    Reason.WRONG_CERTIFICATE: "The certificate is not the one that the signer signed with.",
    Reason.BAD_CHAIN_CERTIFICATE: "A certificate inside a signature is damaged or of unknown origin.",
    Reason.DIGEST: "The signed bytes were changed.",
    Reason.SIGNATURE: "The signature was not made with the key of the certificate.",
    Reason.UNCOVERED_REVISION: "A signature does not cover the whole version that it belongs to.",
    Reason.UNCOVERED_FILE: "Something stands behind the last signature or timestamp.",
    Reason.REMOVED: "A signature that the file once had is no longer shown in it.",
    Reason.CHANGED: "The document was changed after it was signed.",
    Reason.FIELD_CHANGED: "A form field was changed after it was signed.",
    Reason.FORBIDDEN: "A signature forbids a change that was made after it.",
    Reason.TIMESTAMP_BROKEN: "A timestamp is damaged.",
    Reason.TIMESTAMP_ELSEWHERE: "A timestamp belongs to something else.",
    Reason.TIMESTAMP_UNTRUSTED: "The authority behind a timestamp is not trusted here.",
    Reason.TIMESTAMP_ORDER: "A timestamp is later than one that was put over it.",
    Reason.KEY_USAGE: "The certificate was not given for signing.",
    Reason.REVOKED: "The certificate was revoked before the signature is proven to have existed.",
    Reason.EXPIRED: "The certificate has run out, and nothing proves that the signature is older.",
    Reason.NOT_YET_VALID: "The certificate was not valid yet.",
    Reason.UNTRUSTED: "The certificate's authority is not trusted here.",
    Reason.WEAK: "The signature uses a method that is no longer safe.",
    Reason.FUTURE: "The signature claims a time that has not come yet.",
    Reason.OTHER_RECORD: "The file is not one of the versions that this installation wrote.",
    Reason.REVOCATION_UNKNOWN: "Nothing at hand says whether the certificate was revoked.",
    Reason.UNPROVEN_TIME: "The time is the signer's own word.",
}


def verdict(reasons: Iterable[Reason]) -> Verdict:
    """The worst weight of all; notes pass."""
    weights = {reason.weight for reason in reasons}
    for worst in (Verdict.FAILED, Verdict.INDETERMINATE):
        if worst in weights:
            return worst
    return Verdict.PASSED

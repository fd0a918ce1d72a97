"""The verifier behind a wall: the same report, made in a child process with limits on time and memory."""

from __future__ import annotations

import json
from base64 import b64decode, b64encode
from collections.abc import Sequence
from datetime import datetime
from typing import Any

from pydantic import TypeAdapter

from signing.documents.child import MIB, Limits, Run
from signing.documents.errors import Refused, TooBig, TooSlow
from signing.errors import SigningError
from signing.pdf.reasons import Reason
from signing.pdf.report import Report, refused
from signing.pdf.trust import Trust
from signing.pdf.verify import verify

LIMITS = Limits(seconds=10, cpu=10, memory=512 * MIB, file_size=0, open_files=32, answer=4 * MIB)
REPORT = TypeAdapter(Report)
WARM = (__name__,)
"""What a child's warm process needs to have imported."""


def verify_limited(
    run: Run, pdf: bytes, trust: Trust, at: datetime, record: Sequence[str] | None = None
) -> Report:
    """`verify`, in a child of 10 seconds and 512 MB. Whatever happens there is a report, too; never raises for it."""
    written = json.dumps(_written(trust)).encode()
    order = {
        "trust": len(written),
        "at": at.isoformat(),
        "record": None if record is None else list(record),
    }
    try:
        answer, _ = run(f"{__name__}:verify_here", written + pdf, order, LIMITS)
    except (TooSlow, TooBig):
        return refused(Reason.LIMITS)
    except Refused as refusal:
        return refused(Reason.MALFORMED if refusal.code == "document.malformed" else Reason.NOT_CHECKED)
    except SigningError:
        return refused(Reason.NOT_CHECKED)
    return REPORT.validate_python(answer["report"])


def verify_here(payload: bytes, order: dict[str, Any]) -> tuple[dict[str, Any], bytes]:
    """The child's side of it: in the payload the trust (it may be thousands of authorities) stands before the file."""
    trust, pdf = json.loads(payload[: order["trust"]]), payload[order["trust"] :]
    report = verify(pdf, _read(trust), datetime.fromisoformat(order["at"]), order["record"])
    return {"report": REPORT.dump_python(report, mode="json")}, b""


def _written(trust: Trust) -> dict[str, list[str]]:
    parts = {
        "roots": trust.roots,
        "certificates": trust.certificates,
        "lists": trust.lists,
        "answers": trust.answers,
    }
    return {name: [_text(each) for each in part] for name, part in parts.items()}


def _text(value: bytes | str) -> str:
    return b64encode(value.encode() if isinstance(value, str) else value).decode()


def _read(written: dict[str, list[str]]) -> Trust:
    return Trust(**{name: [b64decode(each) for each in part] for name, part in written.items()})

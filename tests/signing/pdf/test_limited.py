"""The verifier in its child: the same report, and whatever happens there is a rejection with a reason."""

from __future__ import annotations

import time
import zlib
from collections.abc import Iterator
from typing import Any

import pytest

from signing.documents.child import Children, Limits
from signing.documents.errors import Malformed, ReaderUnavailable, TooBig, TooSlow
from signing.errors import SigningError
from signing.pdf.limited import WARM, verify_limited
from signing.pdf.reasons import Reason, Verdict
from signing.pdf.verify import verify
from tests.attacks import forge
from tests.attacks.forge import LATER, TRUST


@pytest.fixture(scope="module")
def children() -> Iterator[Children]:
    with Children(warm=WARM) as made:
        yield made


@pytest.mark.parametrize("make", [forge.signed, forge.half_signed, forge.finished])
def test_the_child_reports_just_what_the_verifier_does(make: Any, children: Children) -> None:
    file = make()
    assert verify_limited(children.run, file, TRUST, LATER) == verify(file, TRUST, LATER)


def test_a_record_is_taken_along(children: Children) -> None:
    report = verify_limited(children.run, forge.signed(), TRUST, LATER, record=["00" * 32])
    assert Reason.OTHER_RECORD in report.reasons


def test_bytes_that_are_no_pdf_are_malformed(children: Children) -> None:
    assert verify_limited(children.run, b"tea", TRUST, LATER).reasons == (Reason.MALFORMED,)


def test_a_stream_that_unpacks_without_end_stops_at_the_childs_limit(children: Children) -> None:
    start = time.monotonic()
    report = verify_limited(children.run, bomb(), TRUST, LATER)
    assert not report.valid
    assert report.verdict in (Verdict.FAILED, Verdict.INDETERMINATE)
    assert time.monotonic() - start < 12


@pytest.mark.parametrize(
    ("ending", "reason"),
    [
        (TooSlow(), Reason.LIMITS),
        (TooBig(), Reason.LIMITS),
        (Malformed(), Reason.MALFORMED),
        (ReaderUnavailable(), Reason.NOT_CHECKED),
        (SigningError(), Reason.NOT_CHECKED),
    ],
)
def test_however_the_child_ends_the_file_is_not_valid_for_a_reason(
    ending: SigningError, reason: Reason
) -> None:
    def run(
        function: str, payload: bytes, args: dict[str, Any], limits: Limits
    ) -> tuple[dict[str, Any], bytes]:
        raise ending

    report = verify_limited(run, forge.signed(), TRUST, LATER)
    assert not report.valid and report.reasons == (reason,)


def bomb() -> bytes:
    """A cross-reference stream of zeros without end, packed twice."""
    packed = zlib.compress(zlib.compress(bytes(1 << 20) * 300, 1), 9)
    head = (
        b"%PDF-1.7\n1 0 obj\n<</Type/XRef/Size 99999999/W[1 4 2]/Root 2 0 R/Filter[/FlateDecode/FlateDecode]"
    )
    head += b"/Length %d>>\nstream\n" % len(packed)
    return head + packed + b"\nendstream\nendobj\nstartxref\n9\n%%EOF\n"

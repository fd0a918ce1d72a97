"""The seal's signed record: genuine, or found out."""

from __future__ import annotations

import hashlib
import hmac
import json
from dataclasses import replace
from datetime import UTC, datetime, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from signing.seals.catalogue import SealKind
from signing.seals.errors import SealError
from signing.seals.record import (
    CertificateNotAllowed,
    PictureSwapped,
    RecordForged,
    RecordMalformed,
    SealNotValid,
    SealRecord,
    build,
    digest,
    read,
    verify,
)

KEY = b"our authority's"
PICTURE, CERTIFICATE = b"\x89PNG a seal", b"a certificate"
START = datetime(2026, 3, 1, tzinfo=UTC)
RECORD = SealRecord(
    "seal-17",
    SealKind.CONTRACT,
    "上海海港茶业贸易有限公司",
    START,
    START,
    START + timedelta(days=365),
    digest(PICTURE),
    40.0,
    40.0,
    (digest(CERTIFICATE),),
)


def sign(data: bytes) -> bytes:
    return hmac.new(KEY, data, hashlib.sha256).digest()


def check(signature: bytes, data: bytes) -> bool:
    return hmac.compare_digest(signature, sign(data))


SIGNED = build(RECORD, sign)


def changed(**fields: object) -> bytes:
    envelope = json.loads(SIGNED)
    envelope["seal"].update(fields)
    return json.dumps(envelope, ensure_ascii=False, sort_keys=True, separators=(",", ":")).encode()


def test_a_record_is_read_as_it_was_written() -> None:
    assert read(SIGNED, check) == RECORD
    assert verify(SIGNED, check, PICTURE, CERTIFICATE, START) == RECORD


def test_it_holds_the_fields_of_the_standard() -> None:
    assert set(json.loads(SIGNED)["seal"]) == {
        "certificates",
        "height_mm",
        "identifier",
        "kind",
        "made",
        "name",
        "picture",
        "valid_from",
        "valid_until",
        "version",
        "width_mm",
    }


def test_a_swapped_picture_is_found_out() -> None:
    with pytest.raises(PictureSwapped) as refused:
        verify(SIGNED, check, b"\x89PNG another", CERTIFICATE, START)
    assert refused.value.details == {"identifier": "seal-17"}


def test_a_certificate_that_is_not_named_may_not_stamp() -> None:
    with pytest.raises(CertificateNotAllowed):
        verify(SIGNED, check, PICTURE, b"another certificate", START)


@pytest.mark.parametrize("at", [START - timedelta(seconds=1), START + timedelta(days=365)])
def test_before_and_after_its_validity_a_seal_does_not_stamp(at: datetime) -> None:
    with pytest.raises(SealNotValid):
        verify(SIGNED, check, PICTURE, CERTIFICATE, at)


@pytest.mark.parametrize(
    "fields",
    [
        {"name": "杭州蓝窑陶瓷有限公司"},
        {"picture": digest(b"another")},
        {"valid_until": "2099-01-01T00:00:00.000+00:00"},
        {"certificates": []},
        {"kind": "official"},
    ],
)
def test_a_changed_field_breaks_the_signature(fields: dict[str, object]) -> None:
    with pytest.raises(RecordForged):
        read(changed(**fields), check)


@pytest.mark.parametrize(
    "data",
    [b"", b"{}", b"[]", b"null", b"\xff", changed(version=2), changed(kind="rubber"), changed(extra=1)],
)
def test_what_is_no_record_is_malformed(data: bytes) -> None:
    with pytest.raises(RecordMalformed):
        read(data, check)


def test_the_same_record_in_another_spelling_is_malformed() -> None:
    with pytest.raises(RecordMalformed):
        read(SIGNED.replace(b",", b", "), check)


@given(st.integers(0, len(SIGNED) - 1), st.integers(0, 255))
def test_no_byte_can_be_changed(at: int, byte: int) -> None:
    data = bytearray(SIGNED)
    if data[at] == byte:
        assert read(bytes(data), check) == RECORD
        return
    data[at] = byte
    with pytest.raises(SealError):
        read(bytes(data), check)


@given(st.text(max_size=40), st.datetimes(timezones=st.just(UTC), min_value=datetime(1990, 1, 1)))  # noqa: DTZ001
def test_any_name_and_time_comes_back(name: str, at: datetime) -> None:
    at = at.replace(microsecond=at.microsecond // 1000 * 1000)
    record = replace(RECORD, name=name.encode("utf-8", "ignore").decode(), made=at)
    assert read(build(record, sign), check) == record

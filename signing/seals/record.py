"""The seal's record: what a seal is, signed by our authority, so that a picture swapped on disk is found out.

Its fields are those of the seal in GB/T 38540-2020 (6.1: identifier; type, name, allowed certificates, dates of
making and validity; picture), but for the picture's digest in place of its data, and written as canonical JSON.
"""

from __future__ import annotations

import base64
import binascii
import hashlib
import hmac
import json
from collections.abc import Callable
from dataclasses import asdict, dataclass
from datetime import UTC, datetime
from typing import Any

from signing.seals.catalogue import SealKind
from signing.seals.errors import SealError

VERSION = 1
Sign = Callable[[bytes], bytes]
Check = Callable[[bytes, bytes], bool]
"""(signature, data) -> whether our authority made the signature over the data."""


class RecordMalformed(SealError):
    """The bytes are not a record as `build` makes it."""

    code = "seal.record.malformed"


class RecordForged(SealError):
    """The signature is not our authority's, or the record was changed after it."""

    code = "seal.record.forged"


class PictureSwapped(SealError):
    """The picture is not the one that the record was made for; details: `identifier`."""

    code = "seal.record.picture-swapped"


class SealNotValid(SealError):
    """Outside its validity; details: `identifier`, `valid_from`, `valid_until`."""

    code = "seal.record.not-valid"


class CertificateNotAllowed(SealError):
    """This certificate may not use the seal; details: `identifier`."""

    code = "seal.record.certificate"


@dataclass(frozen=True, slots=True)
class SealRecord:
    """`picture` and `certificates` are SHA-256 in hex, of the PNG and of each certificate's DER. Sizes in mm."""

    identifier: str
    kind: SealKind
    name: str
    made: datetime
    valid_from: datetime
    valid_until: datetime
    picture: str
    width_mm: float
    height_mm: float
    certificates: tuple[str, ...]


def digest(data: bytes) -> str:
    """SHA-256 in hex, as a record holds it."""
    return hashlib.sha256(data).hexdigest()


def build(record: SealRecord, sign: Sign) -> bytes:
    """The signed record, the same bytes for the same record and signature."""
    body = _body(record)
    return _enveloped(body, sign(body))


def read(signed: bytes, check: Check) -> SealRecord:
    """The record, if our authority signed exactly this. Raises RecordMalformed, RecordForged."""
    try:
        envelope = json.loads(signed)
        signature = base64.b64decode(envelope["signature"], validate=True)
        record = _record(envelope["seal"])
        canonical = _enveloped(_body(record), signature)
    except (ValueError, KeyError, TypeError, AttributeError, binascii.Error, RecursionError):
        raise RecordMalformed() from None
    if signed != canonical:
        raise RecordMalformed()
    if not check(signature, _body(record)):
        raise RecordForged()
    return record


def verify(signed: bytes, check: Check, picture: bytes, certificate: bytes, at: datetime) -> SealRecord:
    """The record, if it is genuine and lets `certificate` (DER) stamp this `picture` (PNG) at this time.

    Raises RecordMalformed, RecordForged, PictureSwapped, SealNotValid, CertificateNotAllowed.
    """
    record = read(signed, check)
    if not hmac.compare_digest(record.picture, digest(picture)):
        raise PictureSwapped(identifier=record.identifier)
    if not record.valid_from <= at < record.valid_until:
        dates = {"valid_from": _time(record.valid_from), "valid_until": _time(record.valid_until)}
        raise SealNotValid(identifier=record.identifier, **dates)
    if digest(certificate) not in record.certificates:
        raise CertificateNotAllowed(identifier=record.identifier)
    return record


def _enveloped(body: bytes, signature: bytes) -> bytes:
    return _json({"seal": json.loads(body), "signature": base64.b64encode(signature).decode()})


def _body(record: SealRecord) -> bytes:
    times = {key: _time(getattr(record, key)) for key in ("made", "valid_from", "valid_until")}
    return _json({**asdict(record), **times, "version": VERSION})


def _record(body: dict[str, Any]) -> SealRecord:
    fields = dict(body)
    if fields.pop("version") != VERSION:
        raise ValueError("version")
    times = {key: _read_time(fields[key]) for key in ("made", "valid_from", "valid_until")}
    sizes = {key: float(fields[key]) for key in ("width_mm", "height_mm")}
    allowed = tuple(str(each) for each in fields["certificates"])
    return SealRecord(
        **{**fields, **times, **sizes, "kind": SealKind(fields["kind"]), "certificates": allowed}
    )


def _json(value: dict[str, Any]) -> bytes:
    return json.dumps(value, ensure_ascii=False, sort_keys=True, separators=(",", ":")).encode()


def _time(at: datetime) -> str:
    if at.tzinfo is None:
        raise ValueError("a time without a zone")
    return at.astimezone(UTC).isoformat(timespec="milliseconds")


def _read_time(text: str) -> datetime:
    at = datetime.fromisoformat(text)
    if at.tzinfo is None:
        raise ValueError("a time without a zone")
    return at

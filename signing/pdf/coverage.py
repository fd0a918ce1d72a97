# mypy: allow-untyped-calls
"""Which bytes a signature covers, read strictly: two ranges around nothing but the signature itself.

Universal signature forgery and signature wrapping live on verifiers that are lenient here
(Mladenov et al., "1 Trillion Dollar Refund", CCS 2019).
"""

from __future__ import annotations

import re
from dataclasses import dataclass

from pyhanko.pdf_utils import generic
from pyhanko.pdf_utils.reader import PdfFileReader

from signing.pdf.objects import entry
from signing.pdf.reasons import Reason

LONGEST_END = 64
END = re.compile(rb"startxref\s{1,2}(\d{1,12})\s{1,2}%%EOF\s{0,2}\Z")
SIGNED = re.compile(rb"/ByteRange\s*\[")
ONE_CASE = re.compile(rb"(?:[0-9A-F]{2})+|(?:[0-9a-f]{2})+")


class Distrust(Exception):
    """A signature can't be taken as it stands, for one reason."""

    def __init__(self, reason: Reason) -> None:
        super().__init__(reason.value)
        self.reason = reason


@dataclass(frozen=True, slots=True)
class Coverage:
    """Bytes from the start to `end`, but for the hexadecimal string of the signature; `cms` is what it holds."""

    start: int
    stop: int
    end: int
    cms: bytes


def coverage(pdf: bytes, signature: generic.DictionaryObject) -> Coverage:
    """The bytes that a signature dictionary covers. Raises Distrust."""
    start, stop, end = _ranges(pdf, signature)
    digits = pdf[start + 1 : stop - 1]
    if pdf[start : start + 1] != b"<" or pdf[stop - 1 : stop] != b">" or not ONE_CASE.fullmatch(digits):
        raise Distrust(Reason.CONTENTS)
    contents = bytes.fromhex(digits.decode())
    if contents != _contents(signature):
        raise Distrust(Reason.BYTE_RANGE)
    return Coverage(start, stop, end, _der(contents))


def covers_revision(pdf: bytes, reader: PdfFileReader, revision: int, end: int) -> bool:
    """Whether the covered bytes end exactly where that revision ends."""
    xrefs, tail = reader.xrefs, END.search(pdf, max(0, end - LONGEST_END), end)
    ends_there = tail is not None and int(tail[1]) == xrefs.get_startxref_for_revision(revision)
    containers = (xrefs.get_xref_container_info(number) for number in range(revision + 1))
    return ends_there and all(container.end_location <= end for container in containers)


def ever_signed(pdf: bytes) -> int:
    """How many signatures were ever written into the file: they can't hide in compressed objects."""
    return len(SIGNED.findall(pdf))


def _ranges(pdf: bytes, signature: generic.DictionaryObject) -> tuple[int, int, int]:
    values = entry(signature, "/ByteRange")
    if not isinstance(values, generic.ArrayObject) or len(values) != 4:
        raise Distrust(Reason.BYTE_RANGE)
    if not all(isinstance(each, generic.NumberObject) and each >= 0 for each in values):
        raise Distrust(Reason.BYTE_RANGE)
    zero, start, stop, length = (int(each) for each in values)
    if zero != 0 or not 0 < start < stop - 2 or not length or stop + length > len(pdf):
        raise Distrust(Reason.BYTE_RANGE)
    return start, stop, stop + length


def _contents(signature: generic.DictionaryObject) -> bytes:
    try:
        value = signature.raw_get("/Contents", decrypt=generic.EncryptedObjAccess.RAW)
    except KeyError:
        raise Distrust(Reason.CONTENTS) from None
    if not isinstance(value, (generic.TextStringObject, generic.ByteStringObject)):
        raise Distrust(Reason.CONTENTS)
    original: bytes = value.original_bytes
    return original


def _der(contents: bytes) -> bytes:
    """One DER value, and zeros behind it."""
    if len(contents) < 4 or contents[0] != 0x30 or not 0x81 <= contents[1] <= 0x84:
        raise Distrust(Reason.CONTENTS)
    octets = contents[1] & 0x7F
    size = 2 + octets + int.from_bytes(contents[2 : 2 + octets], "big")
    if size > len(contents) or contents[size:].strip(b"\0"):
        raise Distrust(Reason.CONTENTS)
    return contents[:size]

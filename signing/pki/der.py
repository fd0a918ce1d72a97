"""The few DER values that a CMS signature is made of, written without a second look (ITU-T X.690)."""

from __future__ import annotations

from collections.abc import Iterable

NULL = b"\x05\x00"


def tlv(tag: int, *contents: bytes) -> bytes:
    """One value: tag, length, contents."""
    body = b"".join(contents)
    size = len(body)
    if size < 0x80:
        return bytes((tag, size)) + body
    length = size.to_bytes((size.bit_length() + 7) // 8, "big")
    return bytes((tag, 0x80 | len(length))) + length + body


def sequence(*items: bytes) -> bytes:
    return tlv(0x30, *items)


def set_of(items: Iterable[bytes]) -> bytes:
    """A SET OF, in the order that DER asks for."""
    return tlv(0x31, *sorted(items))


def octets(value: bytes) -> bytes:
    return tlv(0x04, value)


def integer(value: int) -> bytes:
    return tlv(0x02, value.to_bytes(value.bit_length() // 8 + 1, "big", signed=True))


def oid(dotted: str) -> bytes:
    """An object identifier from its dotted form."""
    first, second, *rest = (int(arc) for arc in dotted.split("."))
    return tlv(0x06, b"".join(_base128(arc) for arc in (first * 40 + second, *rest)))


def explicit(number: int, *items: bytes) -> bytes:
    """Items under the context tag [number], constructed."""
    return tlv(0xA0 | number, *items)


def _base128(value: int) -> bytes:
    digits = [value & 0x7F]
    while value := value >> 7:
        digits.append(0x80 | value & 0x7F)
    return bytes(reversed(digits))

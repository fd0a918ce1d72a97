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


def is_exact(data: bytes, deepest: int = 64) -> bool:
    """Whether this is one value whose parts, all the way down, fill each other to the byte (ASN.1 readers
    tend to overlook what is too much). Lengths must be definite and as short as they can be."""
    try:
        return _end(data, 0, len(data), deepest) == len(data)
    except (IndexError, ValueError):
        return False


def _end(data: bytes, start: int, limit: int, deepest: int) -> int:
    """Where the value at `start` ends. Raises ValueError if it is not exact."""
    tag, size, body = data[start], data[start + 1], start + 2
    if tag & 0x1F == 0x1F or not deepest:
        raise ValueError
    if size >= 0x80:
        octets = size & 0x7F
        size = int.from_bytes(data[body : body + octets], "big")
        if not 0 < octets <= 4 or size < 0x80 or size >> (8 * octets - 8) == 0:
            raise ValueError
        body += octets
    end = body + size
    if end > limit:
        raise ValueError
    while tag & 0x20 and body < end:
        body = _end(data, body, end, deepest - 1)
    return end


def _base128(value: int) -> bytes:
    digits = [value & 0x7F]
    while value := value >> 7:
        digits.append(0x80 | value & 0x7F)
    return bytes(reversed(digits))

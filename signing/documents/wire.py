"""Frames between a parent and its child: one tag, eight bytes of length, the body. Never pickle."""

from __future__ import annotations

import socket
import struct
import time
from collections.abc import Callable

ORDER, PAYLOAD, PAGE, ANSWER, BLOB, DEATH = b"O", b"P", b"G", b"A", b"B", b"D"
_HEAD = struct.Struct(">cQ")
_CHUNK = 1 << 20


def for_ever() -> float | None:
    """No deadline: the child waits for as long as its parent lives."""
    return None


def until(seconds: float) -> Callable[[], float]:
    """Says how many seconds are left of `seconds` from now. Raises TimeoutError when none are."""
    end = time.monotonic() + seconds

    def left() -> float:
        rest = end - time.monotonic()
        if rest <= 0:
            raise TimeoutError
        return rest

    return left


def send(line: socket.socket, tag: bytes, body: bytes, left: Callable[[], float | None] = for_ever) -> None:
    """Send one frame. Raises OSError (the other end is gone), TimeoutError."""
    line.settimeout(left())
    line.sendall(_HEAD.pack(tag, len(body)))
    line.sendall(body)


def receive(
    line: socket.socket, most: int, left: Callable[[], float | None] = for_ever
) -> tuple[bytes, bytearray]:
    """One frame (tag, body). Raises EOFError, TimeoutError, OSError, ValueError (more than `most` bytes)."""
    tag, size = _HEAD.unpack(receive_exactly(line, _HEAD.size, left))
    if size > most:
        raise ValueError("frame too long")
    return tag, receive_exactly(line, size, left)


def receive_exactly(line: socket.socket, size: int, left: Callable[[], float | None]) -> bytearray:
    """`size` bytes. Raises EOFError, TimeoutError, OSError."""
    body = bytearray()
    while len(body) < size:
        line.settimeout(left())
        part = line.recv(min(_CHUNK, size - len(body)))
        if not part:
            raise EOFError
        body += part
    return body

"""Single bits turned over in a signed file: `python -m tests.attacks.flips 10000` turns as many as asked."""

from __future__ import annotations

import random
import sys
from collections.abc import Iterator

from signing.pdf.verify import verify
from tests.attacks import forge


def flips(size: int, count: int, seed: int) -> Iterator[int]:
    """Different bit numbers, the same ones for the same seed."""
    yield from random.Random(seed).sample(range(size * 8), min(count, size * 8))


def flipped(file: bytes, bit: int) -> bytes:
    changed = bytearray(file)
    changed[bit // 8] ^= 1 << bit % 8
    return bytes(changed)


def padding(file: bytes, which: int) -> range:
    """The bytes of a signature's /Contents that nothing stands in."""
    start, stop, _ = forge.ranges(file, which)
    return range(start + 1 + 2 * len(forge.contents(file, which)), stop - 1)


def accepted(file: bytes, bits: Iterator[int]) -> list[int]:
    """The bits that may be turned over without the verifier noticing."""
    return [bit for bit in bits if verify(flipped(file, bit), forge.TRUST, forge.LATER).valid]


if __name__ == "__main__":
    asked = int(sys.argv[1])
    for name, file in (("half signed", forge.half_signed()), ("B-LTA", forge.finished())):
        found = accepted(file, flips(len(file), asked, seed=1))
        print(
            f"{name}: {asked} bits turned, {len(found)} not noticed", [(bit // 8, bit % 8) for bit in found]
        )

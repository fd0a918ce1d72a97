"""Files of every kind that comes in, and mutants of them: the same seed makes the same mutant."""

from __future__ import annotations

import random
from collections.abc import Callable
from functools import cache
from io import BytesIO

from docx import Document
from PIL import Image

from bot.demo.photo import photograph_seal
from bot.demo.photographs import draw_licence
from bot.demo.story import KILN, KILN_CODE, KILN_HEAD, TEA
from tests.attacks import forge
from tests.story.acts import blank_photo, contract_pdf

TOKENS = (
    b"/Type",
    b"/Length",
    b"/Kids",
    b"/Parent",
    b"/ByteRange",
    b"/Contents",
    b"/Filter",
    b"/Root",
    b"endobj",
    b"stream",
)
NUMBERS = (b"0", b"-1", b"2147483648", b"999999999999", b"1e99")
MOST_CHANGES = 6


@cache
def word() -> bytes:
    out, document = BytesIO(), Document()
    document.add_heading("Supply Contract", 1)
    document.add_paragraph("Party A (seal): ____   Party B (seal): ____")
    document.save(out)
    return out.getvalue()


@cache
def png() -> bytes:
    out = BytesIO()
    Image.new("RGBA", (640, 400), (200, 20, 20, 128)).save(out, "PNG")
    return out.getvalue()


FILES: dict[str, tuple[Callable[[], bytes], str]] = {
    "contract.pdf": (contract_pdf, "application/pdf"),
    "signed.pdf": (forge.finished, "application/pdf"),
    "seal.jpg": (cache(lambda: photograph_seal(TEA)), "image/jpeg"),
    "licence.jpg": (cache(lambda: draw_licence(KILN, KILN_CODE, KILN_HEAD)), "image/jpeg"),
    "desk.jpg": (blank_photo, "image/jpeg"),
    "picture.png": (png, "image/png"),
    "contract.docx": (word, "application/vnd.openxmlformats-officedocument.wordprocessingml.document"),
}


def mutant(data: bytes, seed: int) -> bytes:
    """The file with some changes; every fifth is the file itself, whole."""
    chance, changed = random.Random(seed), bytearray(data)
    if seed % 5 == 0:
        return data
    for _ in range(chance.randint(1, MOST_CHANGES)):
        chance.choice(CHANGES)(changed, chance)
    return bytes(changed)


def _turn_bits(data: bytearray, chance: random.Random) -> None:
    for _ in range(chance.choice((1, 8, 64))):
        if data:
            data[chance.randrange(len(data))] ^= 1 << chance.randrange(8)


def _cut_out(data: bytearray, chance: random.Random) -> None:
    at = chance.randrange(len(data) + 1)
    del data[at : at + chance.choice((1, 16, 512, len(data)))]


def _repeat(data: bytearray, chance: random.Random) -> None:
    at, long = chance.randrange(len(data) + 1), chance.choice((16, 512, 8192))
    data[at:at] = data[at : at + long] * chance.choice((1, 2, 20))


def _insert(data: bytearray, chance: random.Random) -> None:
    at = chance.randrange(len(data) + 1)
    data[at:at] = chance.randbytes(chance.choice((1, 16, 512)))


def _swap_token(data: bytearray, chance: random.Random) -> None:
    """One of PDF's words in the place of another: what it says of itself is no longer so."""
    old, new = chance.sample(TOKENS, 2)
    at = data.find(old, chance.randrange(len(data) + 1))
    if at >= 0:
        data[at : at + len(old)] = new


def _wild_number(data: bytearray, chance: random.Random) -> None:
    at = chance.randrange(len(data) + 1)
    while at < len(data) and not chr(data[at]).isdigit():
        at += 1
    if at < len(data):
        data[at : at + 1] = chance.choice(NUMBERS)


CHANGES = (_turn_bits, _cut_out, _repeat, _insert, _swap_token, _wild_number)

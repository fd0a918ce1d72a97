"""Square name seals: a person's name in columns, read from the right, red on white or white on red."""

from __future__ import annotations

import math

from PIL import Image

from signing.seals.arc import is_ideographic
from signing.seals.catalogue import Form
from signing.seals.errors import NameTooLong, NameTooShort
from signing.seals.plate import Plate
from signing.seals.typeface import Typeface

BORDER = 0.045
"""The frame's line as a share of the side."""
FIELD = 0.83
"""What is left for the glyphs, as a share of the side."""
MOST_IDEOGRAPHS, MOST_LETTERS, MOST_WORDS = 12, 32, 4
STRETCH = 1.7
STROKE = 0.1


def draw_square(form: Form, name: str, suffix: str | None, face: Typeface, *, inverse: bool) -> Plate:
    """`suffix` follows the name: None takes 之印, 印 or nothing, whichever makes four characters of it.

    Raises NameTooShort, NameTooLong.
    """
    plate = Plate(form.width, form.height)
    plate.box(form.width, form.height, corner=0.04 * form.width)
    if not inverse:
        side = form.width * (1 - 2 * BORDER)
        plate.box(side, side, corner=0.02 * form.width, fill=0)
    ink = Plate(form.width, form.height)
    if is_ideographic(name):
        _set_columns(ink, _columns(_characters(name, suffix)), face)
    else:
        _set_words(ink, name.split(" "), face)
    plate.cut(ink) if inverse else plate.add(ink)
    return plate


def _characters(name: str, suffix: str | None) -> str:
    bare = "".join(char for char in name if char not in "··・ ")
    if len(bare) < 2:
        raise NameTooShort(at_least=2, length=len(bare))
    if suffix is None:
        suffix = {2: "之印", 3: "印"}.get(len(bare), "")
    if len(bare + suffix) > MOST_IDEOGRAPHS:
        raise NameTooLong(at_most=MOST_IDEOGRAPHS - len(suffix), length=len(bare))
    return bare + suffix


def _columns(characters: str) -> list[str]:
    """Columns from right to left; where they are unequal the first ones are shorter (王 beside 小明)."""
    if len(characters) == 2:
        return [characters]
    count = max(2, round(math.sqrt(len(characters))))
    short, longer = divmod(len(characters), count)
    columns, at = [], 0
    for k in range(count):
        size = short + (1 if k >= count - longer else 0)
        columns.append(characters[at : at + size])
        at += size
    return columns


def _set_columns(plate: Plate, columns: list[str], face: Typeface) -> None:
    field = plate.width * FIELD
    width = field / len(columns)
    for k, column in enumerate(columns):
        x, height = field / 2 - width * (k + 0.5), field / len(column)
        for row, char in enumerate(column):
            glyph = face.glyph(char, round(max(width, height) * plate.scale), stroke=STROKE * plate.scale)
            _stamp_filling(plate, glyph, x, field / 2 - height * (row + 0.5), width, height)


def _set_words(plate: Plate, words: list[str], face: Typeface) -> None:
    """A name in letters: a word a line, as tall and wide as the field allows."""
    if len("".join(words)) > MOST_LETTERS or len(words) > MOST_WORDS:
        raise NameTooLong(at_most=MOST_LETTERS, length=len(" ".join(words)))
    field = plate.width * FIELD
    height = field / len(words)
    for row, word in enumerate(words):
        glyph = face.glyph(word, round(height * plate.scale), stroke=STROKE * plate.scale)
        ink = glyph.crop(glyph.getbbox())
        _stamp_filling(plate, ink, 0, field / 2 - height * (row + 0.5), field * 0.94, height * 0.8)


def _stamp_filling(plate: Plate, glyph: Image.Image, x: float, y: float, width: float, height: float) -> None:
    """Fill the cell (mm) with `glyph`, stretched one way by no more than STRETCH."""
    scale = min(width / glyph.width, height / glyph.height) * STRETCH
    plate.stamp(glyph, x, y, min(width, glyph.width * scale), min(height, glyph.height * scale))

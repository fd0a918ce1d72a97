"""A font as the seals need it: which characters it lacks, how wide words are, single glyphs as masks."""

from __future__ import annotations

import math
import unicodedata
from functools import lru_cache
from pathlib import Path

import pylopdf_fonts_zh_cn
import uharfbuzz
from PIL import Image, ImageDraw, ImageFont

from signing.seals.errors import BadFont, MissingGlyph

ASCENT = 0.88
"""Where the baseline of an ideographic em box lies, from its top, in ems."""


class Typeface:
    """One font file. Widths are in ems, masks are 8-bit coverage of one em box (`height` pixels high)."""

    def __init__(self, path: Path | str) -> None:
        """Open the font at `path`. Raises BadFont."""
        self.path = str(path)
        try:
            ImageFont.truetype(self.path, 16, layout_engine=ImageFont.Layout.RAQM)
            face = uharfbuzz.Face(uharfbuzz.Blob.from_file_path(self.path))
        except Exception as wrong:  # each of the two libraries has errors of its own
            raise BadFont() from wrong
        self._shapes = uharfbuzz.Font(face)

    def require(self, text: str) -> None:
        """Raises MissingGlyph with all characters of `text` that this font cannot write."""
        missing = [char for char in dict.fromkeys(text) if not self._can_write(char)]
        if missing:
            raise MissingGlyph(characters=[_shown(char) for char in missing])

    def _can_write(self, char: str) -> bool:
        return _is_visible(char) and self._shapes.get_nominal_glyph(ord(char)) is not None

    def at(self, pixels: float) -> ImageFont.FreeTypeFont:
        """The font with an em of so many pixels."""
        return _sized(self.path, round(pixels, 2))

    def width(self, text: str) -> float:
        """How far `text` advances, kerning included, in ems."""
        return self.at(200).getlength(text) / 200

    def glyph(self, text: str, pixels: int, *, stroke: float = 0, cell: float | None = None) -> Image.Image:
        """The mask of `text` on an em box `pixels` high, as wide as its advance; `stroke` thickens, in pixels.

        With a `cell` (ems) narrower than the advance, the cell around the ink's middle: half of a bracket is blank.
        """
        width = max(1, round(self.width(text) * pixels))
        margin = math.ceil(stroke)
        mask = Image.new("L", (width + 2 * margin, pixels))
        pen = ImageDraw.Draw(mask)
        where = (margin, ASCENT * pixels)
        pen.text(where, text, fill=255, font=self.at(pixels), anchor="ls", stroke_width=stroke)
        return mask if cell is None or cell * pixels >= width else _around_ink(mask, round(cell * pixels))


@lru_cache(maxsize=64)
def _sized(path: str, pixels: float) -> ImageFont.FreeTypeFont:
    return ImageFont.truetype(path, pixels, layout_engine=ImageFont.Layout.RAQM)


def _around_ink(mask: Image.Image, width: int) -> Image.Image:
    left, _, right, _ = mask.getbbox() or (0, 0, mask.width, 0)
    start = (left + right - width) // 2
    return mask.crop((start, 0, start + width, mask.height))


def _is_visible(char: str) -> bool:
    return char == " " or unicodedata.category(char) not in {"Cc", "Cf", "Cs", "Zl", "Zp", "Zs"}


def _shown(char: str) -> str:
    return char if _is_visible(char) else f"U+{ord(char):04X}"


def serif() -> Typeface:
    """宋体: what seals are cut in unless somebody asks for another."""
    return Typeface(pylopdf_fonts_zh_cn.serif_path())


def sans() -> Typeface:
    """黑体: for the numbers on a seal."""
    return Typeface(pylopdf_fonts_zh_cn.sans_path())

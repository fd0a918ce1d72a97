"""A plate in millimetres that ink sticks to; it becomes a picture whose alpha is the ink's coverage."""

from __future__ import annotations

import io
import math
from collections.abc import Sequence
from dataclasses import dataclass
from itertools import pairwise

from PIL import Image, ImageChops, ImageDraw

from signing.seals.catalogue import Ink

DPI = 600
OVERSAMPLE = 4
Point = tuple[float, float]
Bead = tuple[float, float, float]
"""x, y and width of a line there, in mm."""


@dataclass(frozen=True, slots=True)
class SealPicture:
    """A seal as PNG: RGBA, one ink colour throughout, alpha is coverage. `pixels` is (width, height)."""

    png: bytes
    width_mm: float
    height_mm: float
    pixels: tuple[int, int]


class Plate:
    """Draws at four times 600 dpi and reduces. Origin in the middle, x to the right, y up, millimetres, degrees."""

    def __init__(self, width: float, height: float) -> None:
        self.width, self.height = width, height
        self.scale = DPI / 25.4 * OVERSAMPLE
        self.pixels = (round(width * DPI / 25.4), round(height * DPI / 25.4))
        self.mask = Image.new("L", (self.pixels[0] * OVERSAMPLE, self.pixels[1] * OVERSAMPLE))
        self._pen = ImageDraw.Draw(self.mask)

    def _at(self, x: float, y: float) -> Point:
        return self.mask.width / 2 + x * self.scale, self.mask.height / 2 - y * self.scale

    def ring(self, a: float, b: float, width: float) -> None:
        """An ellipse of half-axes `a`, `b` (outer edge), its line `width` thick, around the middle."""
        for inset, fill in ((0.0, 255), (width, 0)):
            (x0, y0), (x1, y1) = self._at(inset - a, b - inset), self._at(a - inset, inset - b)
            self._pen.ellipse((x0, y0, x1 - 1, y1 - 1), fill=fill)

    def box(self, width: float, height: float, *, corner: float = 0, fill: int = 255) -> None:
        """A filled box with rounded corners around the middle."""
        (x0, y0), (x1, y1) = self._at(-width / 2, height / 2), self._at(width / 2, -height / 2)
        self._pen.rounded_rectangle((x0, y0, x1 - 1, y1 - 1), corner * self.scale, fill=fill)

    def polygon(self, points: Sequence[Point]) -> None:
        """A filled polygon."""
        self._pen.polygon([self._at(*point) for point in points], fill=255)

    def trace(self, beads: Sequence[Bead]) -> None:
        """A line through the beads with round ends, as wide at each as it says."""
        for (x0, y0, wide0), (x1, y1, wide1) in pairwise([beads[0], *beads]):
            self._pen.line(
                (*self._at(x0, y0), *self._at(x1, y1)), 255, round((wide0 + wide1) / 2 * self.scale)
            )
            column, row = self._at(x1, y1)
            reach = wide1 / 2 * self.scale
            self._pen.ellipse((column - reach, row - reach, column + reach, row + reach), fill=255)

    def stamp(
        self, glyph: Image.Image, x: float, y: float, width: float, height: float, turn: float = 0
    ) -> None:
        """`glyph` stretched to `width` x `height`, its middle at (x, y), turned clockwise by `turn` degrees."""
        cos, sin = math.cos(math.radians(turn)), math.sin(math.radians(turn))
        column, row = self._at(x, y)
        reach = math.hypot(width, height) / 2 * self.scale + 2
        left, top = math.floor(column - reach), math.floor(row - reach)
        side = math.ceil(2 * reach) + 1
        across, down = glyph.width / (width * self.scale), glyph.height / (height * self.scale)
        dx, dy = left - column, top - row
        matrix = (
            cos * across,
            sin * across,
            (cos * dx + sin * dy) * across + glyph.width / 2,
            -sin * down,
            cos * down,
            (cos * dy - sin * dx) * down + glyph.height / 2,
        )
        patch = glyph.transform(
            (side, side), Image.Transform.AFFINE, matrix, Image.Resampling.BICUBIC, fillcolor=0
        )
        here = (left, top, left + side, top + side)
        self.mask.paste(ImageChops.lighter(self.mask.crop(here), patch), here[:2])

    def add(self, other: Plate) -> None:
        """Ink where the other plate, of the same size, has some."""
        self.mask.paste(ImageChops.lighter(self.mask, other.mask))

    def cut(self, other: Plate) -> None:
        """No ink where the other plate, of the same size, has some."""
        self.mask.paste(ImageChops.subtract(self.mask, other.mask))

    def shear(self, slope: float) -> None:
        """Lean everything to the right: `slope` is the shift per height, around the middle."""
        matrix = (1, slope, -slope * self.mask.height / 2, 0, 1, 0)
        self.mask.paste(
            self.mask.transform(self.mask.size, Image.Transform.AFFINE, matrix, Image.Resampling.BICUBIC)
        )

    def picture(self, ink: Ink) -> SealPicture:
        """The plate printed in `ink`."""
        return as_picture(self.mask.reduce(OVERSAMPLE), ink, self.width, self.height)


def as_picture(coverage: Image.Image, ink: Ink, width_mm: float, height_mm: float) -> SealPicture:
    """A coverage mask ("L") as a PNG in one ink colour, with its resolution written in."""
    image = Image.new("RGBA", coverage.size, (*ink, 0))
    image.putalpha(coverage)
    out = io.BytesIO()
    dpi = (coverage.width * 25.4 / width_mm, coverage.height * 25.4 / height_mm)
    image.save(out, "PNG", compress_level=6, dpi=dpi)
    return SealPicture(out.getvalue(), width_mm, height_mm, coverage.size)

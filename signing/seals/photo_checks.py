"""Whether the photo will do: sharp enough, no reflection, not over print."""

from __future__ import annotations

from dataclasses import dataclass

import cv2
import numpy as np

from signing.seals.photo_decode import Pixels
from signing.seals.photo_errors import SealBlurred, SealGlare, SealOverPrint
from signing.seals.photo_light import Field, Mask
from signing.seals.photo_outline import Outline, moved
from signing.seals.photo_unmix import Unmixed

SOFT, TOO_SOFT = 0.95, 1.6
"""Softness of edges, in per cent of the seal's width: where advice and where refusal begins."""
SOME_GLARE, TOO_MUCH_GLARE = 0.012, 0.10
SOME_PRINT, TOO_MUCH_PRINT = 0.006, 0.22
CLIPPED = 250


@dataclass(frozen=True, slots=True)
class Quality:
    """`blur` in per cent of the seal's width, `glare` and `printed` as shares of its area."""

    blur: float
    glare: float
    printed: float

    def warnings(self) -> list[str]:
        """What could be better, by the words of the errors' codes."""
        told = (("blurred", self.blur > SOFT), ("glare", self.glare > SOME_GLARE))
        return [word for word, yes in (*told, ("over-print", self.printed > SOME_PRINT)) if yes]

    def require(self) -> None:
        """Raises SealBlurred, SealGlare, SealOverPrint."""
        if self.glare > TOO_MUCH_GLARE:
            raise SealGlare(share=round(self.glare, 3))
        if self.blur > TOO_SOFT:
            raise SealBlurred(blur=round(self.blur, 2))
        if self.printed > TOO_MUCH_PRINT:
            raise SealOverPrint(share=round(self.printed, 3))


def quality(pixels: Pixels, unmixed: Unmixed, outline: Outline) -> Quality:
    """How good the photo is within the outline; all in pixels of the same part of it."""
    half = moved(outline, 0.5)
    inside: Mask = np.zeros(unmixed.printed.shape, np.uint8)
    cv2.fillPoly(inside, [np.rint(half.points).astype(np.int32)], 1)
    area = max(1, cv2.countNonZero(inside))
    printed = cv2.countNonZero(cv2.bitwise_and(unmixed.printed, unmixed.printed, mask=inside)) / area
    small = cv2.resize(pixels, inside.shape[::-1], interpolation=cv2.INTER_NEAREST)
    return Quality(_softness(unmixed.cover, outline), _glare(small, inside) / area, printed)


def _softness(cover: Field, outline: Outline) -> float:
    """The width of the steepest edges (Gaussian deviation) in per cent of the seal's width."""
    across = cv2.Sobel(cover, cv2.CV_32F, 1, 0, ksize=3, scale=1 / 8)
    down = cv2.Sobel(cover, cv2.CV_32F, 0, 1, ksize=3, scale=1 / 8)
    steep = cv2.magnitude(across[::3], down[::3])
    edges = steep[steep > 0.02]
    if edges.size < 50:
        return 100.0
    slope = float(np.percentile(edges, 90))
    return float(100 * 0.4 / slope / outline.across)


def _glare(pixels: Pixels, inside: Mask) -> int:
    """How many pixels within are burnt out while the paper around is not."""
    burnt = cv2.inRange(pixels, np.full(3, CLIPPED), np.full(3, 255))
    around = pixels[::4, ::4][inside[::4, ::4] == 0]
    if len(around) and float(np.median(around.mean(axis=1))) > 245:
        return 0
    spots = cv2.morphologyEx(
        cv2.bitwise_and(burnt, burnt, mask=inside), cv2.MORPH_OPEN, np.ones((3, 3), np.uint8)
    )
    return cv2.countNonZero(spots)

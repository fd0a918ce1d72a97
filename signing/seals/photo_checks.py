"""Whether the photo will do: sharp enough, no reflection, not over print."""

from __future__ import annotations

from dataclasses import dataclass

import cv2
import numpy as np

from signing.seals.photo_decode import Pixels
from signing.seals.photo_errors import SealBlurred, SealGlare, SealOverPrint
from signing.seals.photo_light import Field, Mask
from signing.seals.photo_outline import Outline
from signing.seals.photo_unmix import Unmixed

SOFT, TOO_SOFT = 0.95, 2.0
"""Softness of edges, in per cent of the seal's width: where advice and where refusal begins."""
SOME_GLARE, TOO_MUCH_GLARE = 0.012, 0.10
SOME_PRINT, TOO_MUCH_PRINT = 0.006, 0.22
CLIPPED = 250
BRIGHTER = 1.25
"""A reflection is so much brighter than the paper around the seal."""


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
    inside = np.zeros(pixels.shape[:2], np.uint8)
    cv2.fillPoly(inside, [np.rint(outline.points).astype(np.int32)], 1)
    area = max(1, int(inside.sum()))
    printed = float(cv2.countNonZero(cv2.bitwise_and(unmixed.printed, unmixed.printed, mask=inside))) / area
    return Quality(_softness(unmixed.cover, outline), _glare(pixels, inside) / area, printed)


def _softness(cover: Field, outline: Outline) -> float:
    """The width of the steepest edges (Gaussian deviation) in per cent of the seal's width."""
    across = cv2.Sobel(cover, cv2.CV_32F, 1, 0, ksize=3) / 8
    down = cv2.Sobel(cover, cv2.CV_32F, 0, 1, ksize=3) / 8
    steep = cv2.magnitude(across, down)
    edges = steep[steep > 0.02]
    if edges.size < 50:
        return 100.0
    slope = float(np.percentile(edges, 90))
    return float(100 * 0.4 / slope / outline.across)


def _glare(pixels: Pixels, inside: Mask) -> int:
    """How many pixels within are burnt out while the paper around is not."""
    burnt = (pixels.min(axis=2) >= CLIPPED).astype(np.uint8)
    around = float(np.median(pixels[inside == 0].mean(axis=1))) if (inside == 0).any() else 0.0
    if around > 245:
        return 0
    burnt = cv2.morphologyEx(burnt & inside, cv2.MORPH_OPEN, np.ones((5, 5), np.uint8))
    return int(burnt.sum())

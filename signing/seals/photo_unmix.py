"""Ink out of paper: how much of each pixel the ink covers, and what colour the ink itself has.

In linear light a pixel is light x (cover x ink + (1 - cover) x paper). The paper's own light is a smooth field; what
it misses (texture, a hard shadow's edge, print) is one grey factor per pixel, `shade`. So each pixel has two unknowns,
cover and shade, and three channels to tell them from.
"""

from __future__ import annotations

from dataclasses import dataclass

import cv2
import numpy as np

from signing.seals.photo_decode import Pixels
from signing.seals.photo_light import Field, InkName, Mask, inkiness, linear, paper_field

BLANK: dict[InkName, float] = {"red": 0.2, "blue": 0.16, "black": 0.14}
"""Below this inkiness (powers of e) there is no ink."""
SOLID: dict[InkName, float] = {"red": 1.2, "blue": 0.8, "black": 1.2}
USUAL: dict[InkName, tuple[float, float, float]] = {
    "red": (0.62, 0.02, 0.03),
    "blue": (0.03, 0.06, 0.3),
    "black": (0.02, 0.02, 0.02),
}
"""The ink beside its paper in linear light, where the photo itself shows too little of it."""
STIFF: dict[InkName, float] = {"red": 0.005, "blue": 0.12, "black": 1e3}
"""How strongly shade is held to 1; black ink is grey itself and says nothing about shade."""
LOOSE = 1e-3
DIMMEST = 0.02
PRINTED = 0.62
"""A shade this dark, and darker than the ink alone could be, is not light but print."""
DARK, DOUBTFUL = 0.75, 0.18
FAINT, SURE = 0.035, 0.10
"""Cover that nothing around it confirms: below FAINT the paper's grain, above SURE ink."""


Planes = tuple[Field, Field, Field]
"""Red, green, blue; each rows by columns."""


@dataclass(frozen=True, slots=True)
class Unmixed:
    """`cover` 0..1; `ink` linear RGB beside white paper; `printed` 255 where print lies, at half the size."""

    cover: Field
    ink: tuple[float, float, float]
    printed: Mask


def unmix(pixels: Pixels, ink: InkName) -> Unmixed:
    """Un-mix a part of a photo that holds one seal and some paper around it."""
    half = cv2.resize(pixels, None, fx=0.5, fy=0.5, interpolation=cv2.INTER_AREA)
    score = inkiness(half, ink)
    light = linear(half)
    paper = paper_field(light, _blank(half, score, ink), max(3, max(half.shape) // 96))
    small = _beside_paper(half, paper)
    colour = _ink_colour(cv2.merge(small), score, ink)
    amount, shade = _solve(_beside_paper(pixels, paper), colour, STIFF[ink])
    cover = _ratio(amount, shade)
    printed = np.zeros(score.shape, np.uint8)
    if ink != "black":
        cover, printed = _without_print(small, colour, cover)
        cover = _firm_in_the_dark(cover, shade)
    return Unmixed(_without_grain(cover), colour, printed)


def _beside_paper(pixels: Pixels, paper: Field) -> Planes:
    """Each channel as a share of the paper's light."""
    size = pixels.shape[1::-1]
    r, g, b = (
        cv2.divide(linear(seen), cv2.resize(lit, size, interpolation=cv2.INTER_LINEAR))
        for seen, lit in zip(cv2.split(pixels), cv2.split(paper), strict=True)
    )
    return r, g, b


def _blank(pixels: Pixels, score: Field, ink: InkName) -> Mask:
    """255 where there is nothing but paper: away from ink, away from thin dark strokes."""
    grey = np.ascontiguousarray(pixels[..., 0 if ink == "red" else 2])
    hollow = cv2.morphologyEx(grey, cv2.MORPH_CLOSE, np.ones((7, 7), np.uint8))
    dark = ((grey < 0.9 * hollow) * 255).astype(np.uint8)
    inked = ((cv2.blur(score, (3, 3)) > BLANK[ink]) * 255).astype(np.uint8)
    return cv2.bitwise_not(cv2.dilate(cv2.bitwise_or(inked, dark), np.ones((5, 5), np.uint8)))


def _ink_colour(seen: Field, score: Field, ink: InkName) -> tuple[float, float, float]:
    """The ink's colour where it is thickest: the darker half of the strokes' cores."""
    solid = (score > SOLID[ink]).astype(np.uint8)
    for erosion in (7, 5, 3, 1):
        core = cv2.erode(solid, np.ones((erosion, erosion), np.uint8)) > 0
        if core.sum() > 200:
            break
    else:
        return USUAL[ink]
    inks = seen[core]
    dark = inks.mean(axis=1)
    r, g, b = np.median(inks[dark <= np.percentile(dark, 50)], axis=0)
    return float(r), float(g), float(b)


def _solve(seen: Planes, ink: tuple[float, float, float], stiff: float) -> tuple[Field, Field]:
    """Least squares for (cover x shade, shade) with shade held to 1 by `stiff`; in closed form."""
    taken = np.array(ink) - 1
    a, b, c = float(taken @ taken), float(taken.sum()), 3.0 + stiff
    det = a * c - b * b
    amount = _weighted(seen, (c * taken - b) / det, -b * stiff / det)
    return amount, _weighted(seen, (a - b * taken) / det, a * stiff / det)


def _weighted(seen: Planes, weights: Field, plus: float) -> Field:
    two = cv2.addWeighted(seen[0], float(weights[0]), seen[1], float(weights[1]), plus)
    return cv2.addWeighted(two, 1, seen[2], float(weights[2]), 0)


def _ratio(amount: Field, shade: Field) -> Field:
    bright = cv2.threshold(shade, DIMMEST, 0, cv2.THRESH_TOZERO)[1]
    bright[bright == 0] = DIMMEST
    cover = cv2.divide(amount, bright)
    return np.clip(cover, 0, 1, out=cover)


def _without_print(small: Planes, ink: tuple[float, float, float], cover: Field) -> tuple[Field, Mask]:
    """Where the shade says print, colour alone tells the cover, and dark pixels lean on the brighter ones around."""
    amount, shade = _solve(small, ink, LOOSE)
    brightest = int(np.argmax(ink))
    dark = ((shade < PRINTED) & (small[brightest] < PRINTED * ink[brightest])).astype(np.uint8) * 255
    printed = cv2.morphologyEx(dark, cv2.MORPH_OPEN, np.ones((2, 2), np.uint8))
    if not printed.any():
        return cover, printed
    size = cover.shape[::-1]
    smooth = _ratio(cv2.GaussianBlur(amount, (0, 0), 1.0), cv2.GaussianBlur(shade, (0, 0), 1.0))
    near = cv2.resize(cv2.dilate(printed, np.ones((3, 3), np.uint8)), size, interpolation=cv2.INTER_NEAREST)
    return np.where(near > 0, cv2.resize(smooth, size, interpolation=cv2.INTER_LINEAR), cover), printed


def _firm_in_the_dark(cover: Field, shade: Field) -> Field:
    """Where print or a hard shadow leaves little light, faint cover is noise and strong cover is ink."""
    firm = np.clip((cover - DOUBTFUL) / (1 - 2 * DOUBTFUL), 0, 1)
    return np.where(shade < DARK, firm, cover)


def _without_grain(cover: Field) -> Field:
    """Cover that no neighbour confirms fades out: grain of the paper, noise."""
    around = cv2.blur(cover, (5, 5))
    trust = np.clip((around - FAINT) / (SURE - FAINT), 0, 1)
    return np.asarray(cover * trust, np.float32)

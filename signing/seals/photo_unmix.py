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
STIFF: dict[InkName, float] = {"red": 0.05, "blue": 0.12, "black": 1e3}
"""How strongly shade is held to 1; black ink is grey itself and says nothing about shade."""
LOOSE = 1e-3
PRINTED = 0.62
"""A shade this dark is not light but print."""
FAINT, SURE = 0.035, 0.10
"""Cover that nothing around it confirms: below FAINT the paper's grain, above SURE ink."""


@dataclass(frozen=True, slots=True)
class Unmixed:
    """`cover` 0..1; `ink` linear RGB beside white paper; `printed` 255 where print lies; `paper` its light."""

    cover: Field
    ink: tuple[float, float, float]
    printed: Mask
    paper: Field


def unmix(pixels: Pixels, ink: InkName) -> Unmixed:
    """Un-mix a part of a photo that holds one seal and some paper around it."""
    light = linear(pixels)
    score = cv2.blur(inkiness(pixels, ink), (3, 3))
    paper = paper_field(light, _blank(light, score, ink), max(4, max(pixels.shape) // 96))
    seen = light / paper
    colour = _ink_colour(seen, score, ink)
    cover = _ratio(*_solve(seen, colour, STIFF[ink]))
    printed = np.zeros(cover.shape, np.uint8)
    if ink != "black":
        cover, printed = _without_print(seen, colour, cover)
    return Unmixed(_without_grain(cover), colour, printed, paper)


def _blank(light: Field, score: Field, ink: InkName) -> Mask:
    """255 where there is nothing but paper: away from ink, away from thin dark strokes."""
    grey = cv2.resize(
        light[..., 0 if ink == "red" else 2], None, fx=0.5, fy=0.5, interpolation=cv2.INTER_AREA
    )
    hollow = cv2.morphologyEx(grey, cv2.MORPH_CLOSE, np.ones((7, 7), np.uint8))
    inked = cv2.resize(score, grey.shape[::-1], interpolation=cv2.INTER_AREA) > BLANK[ink]
    taken: Mask = (inked | (grey < 0.8 * hollow)).astype(np.uint8)
    taken = cv2.dilate(taken, np.ones((5, 5), np.uint8))
    return cv2.resize((1 - taken) * 255, score.shape[::-1], interpolation=cv2.INTER_NEAREST)


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


def _solve(seen: Field, ink: tuple[float, float, float], stiff: float) -> tuple[Field, Field]:
    """Least squares for (cover x shade, shade) with shade held to 1 by `stiff`; in closed form."""
    taken = np.array(ink, np.float32) - 1
    a, b, c = float(taken @ taken), float(taken.sum()), 3.0 + stiff
    det = a * c - b * b
    amount = seen @ ((c * taken - b) / det).astype(np.float32) - np.float32(b * stiff / det)
    shade = seen @ ((a - b * taken) / det).astype(np.float32) + np.float32(a * stiff / det)
    return amount, shade


def _ratio(amount: Field, shade: Field) -> Field:
    return np.asarray(np.clip(amount / np.maximum(shade, 0.02), 0, 1), np.float32)


def _without_print(seen: Field, ink: tuple[float, float, float], cover: Field) -> tuple[Field, Mask]:
    """Where the shade says print, colour alone tells the cover, and dark pixels lean on the brighter ones around."""
    amount, shade = _solve(seen, ink, LOOSE)
    printed = cv2.morphologyEx((shade < PRINTED).astype(np.uint8), cv2.MORPH_OPEN, np.ones((2, 2), np.uint8))
    if not printed.any():
        return cover, printed
    smooth = _ratio(cv2.GaussianBlur(amount, (0, 0), 1.6), cv2.GaussianBlur(shade, (0, 0), 1.6))
    near = cv2.dilate(printed, np.ones((5, 5), np.uint8)) > 0
    return np.where(near, smooth, cover), printed * 255


def _without_grain(cover: Field) -> Field:
    """Cover that no neighbour confirms fades out: grain of the paper, noise."""
    around = cv2.blur(cover, (5, 5))
    trust = np.clip((around - FAINT) / (SURE - FAINT), 0, 1)
    return np.asarray(cover * trust, np.float32)

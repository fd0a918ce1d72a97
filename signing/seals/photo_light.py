"""Light as it adds up: linear RGB, the paper's own brightness as a smooth field, how inky a pixel is."""

from __future__ import annotations

from typing import Any, Literal

import cv2
import numpy as np
import numpy.typing as npt

from signing.seals.photo_decode import Pixels

Field = npt.NDArray[Any]
"""float32, rows by columns, perhaps by 3 channels."""
Mask = npt.NDArray[Any]
"""uint8, rows by columns; 0 is no."""
InkName = Literal["red", "blue", "black"]

DARKEST = 0.004
CONTRAST: dict[InkName, Field] = {
    "red": np.array([[1, -0.5, -0.5]], np.float32),
    "blue": np.array([[-0.6, -0.4, 1]], np.float32),
}
"""Weights of the logarithms of R, G, B that light and shadow cancel in and that the ink's colour does not."""


def _curve() -> Field:
    """sRGB to linear light (IEC 61966-2-1)."""
    v = np.arange(256, dtype=np.float64) / 255
    return np.where(v <= 0.04045, v / 12.92, ((v + 0.055) / 1.055) ** 2.4).astype(np.float32)


LINEAR: Field = _curve()
LOG_LINEAR: Field = np.log(np.maximum(LINEAR, DARKEST)).astype(np.float32)


def linear(pixels: Pixels) -> Field:
    """sRGB bytes as linear light, 0..1."""
    return np.asarray(cv2.LUT(pixels, LINEAR), dtype=np.float32)


def to_srgb(light: npt.ArrayLike) -> tuple[int, int, int]:
    """One linear colour as sRGB bytes."""
    v = np.clip(np.asarray(light, dtype=np.float64), 0, 1)
    toned = np.where(v <= 0.0031308, v * 12.92, 1.055 * v ** (1 / 2.4) - 0.055)
    r, g, b = (int(x) for x in np.rint(toned * 255))
    return r, g, b


def inkiness(pixels: Pixels, ink: InkName) -> Field:
    """How much of the ink's own colour a pixel shows, in powers of e beside its surroundings' paper.

    For red and blue a ratio of channels, which light and shadow leave alone; for black the darkness beside the
    brightest thing near.
    """
    logs = cv2.LUT(pixels, LOG_LINEAR)
    if ink == "black":
        return _darkness(logs)
    score = cv2.transform(logs, CONTRAST[ink])
    return score - _paper_tint(score, logs)


def _paper_tint(score: Field, logs: Field) -> float:
    """The score of blank paper: what is most common among the brighter half of the picture."""
    brightness = logs[::3, ::3].sum(axis=2)
    bright = brightness > np.percentile(brightness, 60)
    return float(np.median(score[::3, ::3][bright])) if bright.any() else 0.0


def _darkness(logs: Field) -> Field:
    grey = logs.mean(axis=2)
    small = cv2.resize(grey, None, fx=0.25, fy=0.25, interpolation=cv2.INTER_AREA)
    side = max(3, round(max(small.shape) * 0.16)) | 1
    paper = cv2.morphologyEx(small, cv2.MORPH_CLOSE, np.ones((side, side), np.uint8))
    paper = cv2.GaussianBlur(paper, (0, 0), side / 4)
    wide = cv2.resize(paper, (grey.shape[1], grey.shape[0]), interpolation=cv2.INTER_LINEAR)
    return np.asarray(wide - grey, dtype=np.float32)


def paper_field(light: Field, blank: Mask, cell: int) -> Field:
    """The paper's own light everywhere, from pixels that are `blank` (255): smooth, and carried on under the ink.

    One value for each `cell` x `cell` pixels: shadows that change within less are not followed.
    """
    height, width = blank.shape
    small = (max(2, width // cell), max(2, height // cell))
    weight = cv2.resize(blank, small, interpolation=cv2.INTER_AREA).astype(np.float32) / 255
    inked = cv2.bitwise_and(light, light, mask=blank)
    known = cv2.resize(inked, small, interpolation=cv2.INTER_AREA)
    total, trust = _soft(known), _soft(weight)
    light_there, weight_there = known, weight
    for faith in (0.02, 4e-4, 8e-6, 2e-7):
        light_there, weight_there = _halved(light_there), _halved(weight_there)
        total += faith * _soft(cv2.resize(light_there, small, interpolation=cv2.INTER_LINEAR))
        trust += faith * _soft(cv2.resize(weight_there, small, interpolation=cv2.INTER_LINEAR))
    field = total / np.maximum(trust, 1e-12)[..., None]
    return np.maximum(field, DARKEST)


def _soft(field: Field) -> Field:
    return cv2.GaussianBlur(field, (5, 5), 0.9)


def _halved(field: Field) -> Field:
    size = (max(1, field.shape[1] // 2), max(1, field.shape[0] // 2))
    return cv2.resize(_soft(field), size, interpolation=cv2.INTER_AREA)

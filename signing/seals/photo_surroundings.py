"""Whether ink lies on paper: the even, rather pale ground around it and between its strokes."""

from __future__ import annotations

import cv2
import numpy as np

from signing.seals.photo_decode import Pixels
from signing.seals.photo_light import LOG_LINEAR, Field, Mask
from signing.seals.photo_outline import Outline

LEAST_INK, MOST_INK = 0.03, 0.93
"""Share of the outline's area that bears ink."""
DARKEST_PAPER = -3.2
"""Brightness of paper, powers of e in linear light: a dim room's exposure still shows it as mid grey."""
UNEVEN = 0.5
"""How far brightness around the seal may stray (powers of e): the border of a hard shadow."""
TINTED = 0.22
"""How far colour may stray."""
REDDEST, BLUEST = 1.5, -0.6
"""The warmest and coldest paper: log of red by blue."""


def is_on_paper(picture: Pixels, inked: Mask, outline: Outline) -> bool:
    """`inked` is 1 where there is ink; both in the outline's own pixels."""
    (x0, y0, x1, y1), inside, band = _regions(picture.shape[:2], outline)
    logs = cv2.LUT(picture[y0:y1, x0:x1], LOG_LINEAR)
    ink = inked[y0:y1, x0:x1] * inside
    share = float(ink.sum()) / max(1.0, float(inside.sum()))
    if not LEAST_INK < share < MOST_INK or band.sum() < 0.12 * inside.sum():
        return False
    away = cv2.dilate(inked[y0:y1, x0:x1], np.ones((3, 3), np.uint8)) == 0
    around, within = logs[(band > 0) & away], logs[(inside > 0) & away]
    if len(around) < 0.6 * band.sum() or not _is_paper(around):
        return False
    if outline.shape == "free" and (len(around) < 0.9 * band.sum() or not _is_one_ink(logs[ink > 0])):
        return False
    return len(within) < 30 or _is_like(within, around)


def _regions(size: tuple[int, int], outline: Outline) -> tuple[tuple[int, int, int, int], Mask, Mask]:
    """A box around the outline, in it the inside and a band outside of it (0 or 1)."""
    gap = max(3, round(0.09 * outline.across))
    low, high = outline.points.min(axis=0) - 2 * gap, outline.points.max(axis=0) + 2 * gap
    x0, y0 = (max(0, int(v)) for v in low)
    x1, y1 = min(size[1], int(high[0]) + 1), min(size[0], int(high[1]) + 1)
    inside = np.zeros((max(1, y1 - y0), max(1, x1 - x0)), np.uint8)
    cv2.fillPoly(inside, [np.rint(outline.points - (x0, y0)).astype(np.int32)], 1)
    near = cv2.dilate(inside, np.ones((5, 5), np.uint8))
    far = cv2.dilate(inside, cv2.getStructuringElement(cv2.MORPH_ELLIPSE, (2 * gap + 1, 2 * gap + 1)))
    return (x0, y0, x1, y1), inside, far - near


def _is_paper(logs: Field) -> bool:
    brightness = logs.mean(axis=1)
    middle = float(np.median(brightness))
    tint = logs[:, 0] - logs[:, 2]
    tone = float(np.median(tint))
    even = np.mean(np.abs(brightness - middle) < UNEVEN) > 0.7
    plain = np.mean(np.abs(tint - tone) < TINTED) > 0.75
    return bool(middle > DARKEST_PAPER and BLUEST < tone < REDDEST and even and plain)


def _is_like(within: Field, around: Field) -> bool:
    """The ground between the strokes is the paper around: same colour, much the same light."""
    inner, outer = np.median(within, axis=0), np.median(around, axis=0)
    shift = inner - outer
    return bool(abs(shift.mean()) < 0.9 and np.ptp(shift) < 0.5)


def _is_one_ink(logs: Field) -> bool:
    """Ink without an outline around it must at least be of one colour."""
    tint = logs[:, 0] - logs[:, 2]
    return bool(np.mean(np.abs(tint - np.median(tint)) < 0.8) > 0.6)

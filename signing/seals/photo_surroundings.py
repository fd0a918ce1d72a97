"""Whether ink lies on paper: the even, rather pale ground around it and between its strokes."""

from __future__ import annotations

import cv2
import numpy as np
import numpy.typing as npt

from signing.seals.photo_decode import Pixels
from signing.seals.photo_light import LOG_LINEAR, Field, Mask
from signing.seals.photo_outline import Outline

LEAST_INK, MOST_INK = 0.03, 0.93
"""Share of the outline's area that bears ink."""
DARKEST_PAPER = -3.2
"""Brightness of paper, powers of e in linear light: a dim room's exposure still shows it as mid grey."""
ROUGH = 0.1
"""How far a pixel of paper may differ from its neighbourhood (powers of e)."""
SHADED = 1.7
"""How far brightness may range around the seal: light to hard shadow."""
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
    taken: Mask = inked[y0:y1, x0:x1] | _print(logs)
    away = cv2.dilate(taken, np.ones((3, 3), np.uint8)) == 0
    around, within = (band > 0) & away, (inside > 0) & away
    clear = around.sum() / max(1, band.sum())
    if clear < (0.85 if outline.shape == "free" else 0.5) or not _is_paper(logs, around):
        return False
    if outline.shape == "free" and not _is_one_ink(logs[ink > 0]):
        return False
    return within.sum() < 30 or _is_like(logs[within], logs[around])


def _print(logs: Field) -> Mask:
    """Thin dark strokes on the paper (1): text that the seal stands on or beside."""
    hollow = cv2.morphologyEx(logs.mean(axis=2), cv2.MORPH_BLACKHAT, np.ones((9, 9), np.uint8))
    return (hollow > 0.3).astype(np.uint8)


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


def _is_paper(logs: Field, where: npt.NDArray[np.bool_]) -> bool:
    brightness = logs.mean(axis=2)
    rough = np.abs(brightness - cv2.blur(brightness, (5, 5)))[where]
    tint = (logs[..., 0] - logs[..., 2])[where]
    dark, middle, bright = np.percentile(brightness[where], (10, 50, 90))
    tone = float(np.median(tint))
    even = np.mean(rough < ROUGH) > 0.7 and bright - dark < SHADED
    plain = np.mean(np.abs(tint - tone) < TINTED) > 0.7
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

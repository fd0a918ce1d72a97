"""Whether ink lies on paper: the even, rather pale ground around it and between its strokes."""

from __future__ import annotations

import cv2
import numpy as np
import numpy.typing as npt

from signing.seals.photo_decode import Pixels
from signing.seals.photo_light import LOG_LINEAR, Field, Mask
from signing.seals.photo_outline import Outline, moved

LOOK, BAND = 130, 0.09
"""The seal is looked at so many pixels wide; the paper around it in a band of this share of its width."""
LENIENT, STRICT = 0.7, 0.93
"""Share of the ground that must look like paper: around a clear outline, around ink without one."""
LEAST_INK, MOST_INK = 0.03, 0.93
"""Share of the outline's area that bears ink."""
DARKEST_PAPER = -3.2
"""Brightness of paper, powers of e in linear light: a dim room's exposure still shows it as mid grey."""
ROUGH = 0.1
"""How far a pixel of paper may differ from its neighbourhood (powers of e)."""
SHADED = 1.7
"""How far brightness may range around the seal: light to hard shadow."""
TINTED = 0.75
"""How far its colour may range: warm light beside what is burnt out to white."""
DISTINCT = 1.0
"""How far ink lies from its ground (powers of e, over the three channels)."""
REDDEST, BLUEST = 1.5, -0.6
"""The warmest and coldest paper: log of red by blue."""


def is_on_paper(picture: Pixels, inked: Mask, outline: Outline, *, writing: bool = False) -> bool:
    """`inked` is 1 where there is ink; both in the outline's own pixels. Thin `writing` need not show its colour."""
    (x0, y0, x1, y1), shrink = _region(picture.shape[:2], outline)
    small = (max(1, round((x1 - x0) * shrink)), max(1, round((y1 - y0) * shrink)))
    logs = cv2.LUT(cv2.resize(picture[y0:y1, x0:x1], small, interpolation=cv2.INTER_AREA), LOG_LINEAR)
    near = cv2.resize(inked[y0:y1, x0:x1] * 255, small, interpolation=cv2.INTER_AREA)
    inside, band = _grounds(small, moved(outline, shrink, -x0 * shrink, -y0 * shrink))
    area, share = cv2.countNonZero(inside), float(cv2.mean(near, inside)[0]) / 255
    if not LEAST_INK < share < MOST_INK or cv2.countNonZero(band) < 0.12 * area:
        return False
    taken = cv2.bitwise_or(cv2.compare(near, np.full_like(near, 40), cv2.CMP_GT), _print(logs))
    away = cv2.dilate(taken, np.ones((3, 3), np.uint8)) == 0
    around, within = (band > 0) & away, (inside > 0) & away
    clear = around.sum() / max(1, cv2.countNonZero(band))
    doubted = outline.shape == "free" and not writing
    if clear < (0.85 if doubted else 0.5) or not _is_paper(logs, around, STRICT if doubted else LENIENT):
        return False
    if doubted and not _is_one_ink(logs[(near > 200) & (inside > 0)], logs[around]):
        return False
    return bool(within.sum() < 30 or _is_like(logs[within], logs[around]))


def _region(size: tuple[int, int], outline: Outline) -> tuple[tuple[int, int, int, int], float]:
    """The box that is looked at, and by how much it is made smaller for that."""
    gap = 2 * max(3, round(BAND * outline.across))
    low, high = outline.points.min(axis=0) - gap, outline.points.max(axis=0) + gap
    x0, y0 = max(0, int(low[0])), max(0, int(low[1]))
    x1, y1 = min(size[1], int(high[0]) + 1), min(size[0], int(high[1]) + 1)
    return (x0, y0, max(x0 + 1, x1), max(y0 + 1, y1)), min(1.0, LOOK / outline.across)


def _grounds(size: tuple[int, int], outline: Outline) -> tuple[Mask, Mask]:
    """The inside of the outline and a band around it (1 within)."""
    gap = max(3, round(BAND * outline.across))
    inside = np.zeros(size[::-1], np.uint8)
    cv2.fillPoly(inside, [np.rint(outline.points).astype(np.int32)], 1)
    near = cv2.dilate(inside, np.ones((5, 5), np.uint8))
    far = cv2.dilate(inside, cv2.getStructuringElement(cv2.MORPH_ELLIPSE, (2 * gap + 1, 2 * gap + 1)))
    return inside, cv2.subtract(far, near)


def _print(logs: Field) -> Mask:
    """Thin dark strokes on the paper (255): text that the seal stands on or beside."""
    hollow = cv2.morphologyEx(logs.mean(axis=2), cv2.MORPH_BLACKHAT, np.ones((9, 9), np.uint8))
    return cv2.compare(hollow, np.full_like(hollow, 0.3), cv2.CMP_GT)


def _is_paper(logs: Field, where: npt.NDArray[np.bool_], share: float) -> bool:
    """Whether at least this `share` of the pixels is as even and of one tone as paper is."""
    brightness, tint = logs.mean(axis=2), logs[..., 0] - logs[..., 2]
    even = all(np.mean(np.abs(f - cv2.blur(f, (5, 5)))[where] < ROUGH) > share for f in (brightness, tint))
    dark, middle, bright = np.percentile(brightness[where], (10, 50, 90))
    cold, tone, warm = np.percentile(tint[where], (10, 50, 90))
    paperlike = middle > DARKEST_PAPER and BLUEST < tone < REDDEST
    return bool(even and paperlike and bright - dark < SHADED and warm - cold < TINTED)


def _is_like(within: Field, around: Field) -> bool:
    """The ground between the strokes is the paper around: same colour, much the same light."""
    inner, outer = np.median(within, axis=0), np.median(around, axis=0)
    shift = inner - outer
    return bool(abs(shift.mean()) < 0.9 and np.ptp(shift) < 0.5)


def _is_one_ink(ink: Field, ground: Field) -> bool:
    """Ink without an outline around it must at least be of one colour, well away from its ground's."""
    if len(ink) < 10 or len(ground) < 10:
        return False
    base = np.median(ground, axis=0)
    away = np.median(ink, axis=0) - base
    distance = float(np.hypot.reduce(away))
    alike = np.abs((ink - base) @ away / max(distance, 1e-6) ** 2 - 1) < 0.4
    return bool(distance > DISTINCT and np.mean(alike) > 0.7)

"""Where on a photo something looks like a seal: an outline, ink inside it, paper inside and around it."""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import Any

import cv2
import numpy as np
import numpy.typing as npt

from signing.seals.photo_decode import Pixels
from signing.seals.photo_errors import Box
from signing.seals.photo_light import Field, InkName, Mask, inkiness
from signing.seals.photo_outline import Outline, moved, outline_of
from signing.seals.photo_surroundings import is_on_paper

LOOK, LOOK_CLOSER = 800, 2000
"""The photo is searched at this many pixels (longer side); again closer when nothing was found."""
LEVELS: dict[InkName, tuple[float, ...]] = {
    "red": (0.55, 1.1, 1.8),
    "blue": (0.4, 0.8, 1.2),
    "black": (0.6, 1.1, 1.7),
}
GLUE = (3, 15)
"""Strokes nearer than this (pixels of the search) are taken together."""
LEAST, SLENDER, LOOKED_AT = 18, 6, 10
"""Pixels of the search that a seal needs, how many times longer than wide it may be, how many are looked at."""
RIVAL = 0.25
"""A second candidate counts when it is at least this large beside the first, by area."""


@dataclass(frozen=True, slots=True)
class Candidate:
    """`box` and `outline` in pixels of the searched picture; `cut_off` names the photo's sides it reaches."""

    box: Box
    outline: Outline
    cut_off: tuple[str, ...]

    @property
    def area(self) -> int:
        """Of the box."""
        return (self.box[2] - self.box[0]) * (self.box[3] - self.box[1])

    def at(self, left: int, top: int) -> Candidate:
        """The same candidate of a picture of which the searched one was a part."""
        x0, y0, x1, y1 = self.box
        box = (x0 + left, y0 + top, x1 + left, y1 + top)
        return replace(self, box=box, outline=moved(self.outline, 1, left, top))


def find(pixels: Pixels, ink: InkName) -> list[Candidate]:
    """Candidates, the largest first, none inside another; boxes and outlines in `pixels`' own pixels."""
    return _find(pixels, ink, LOOK) or _find(pixels, ink, LOOK_CLOSER)


def _find(pixels: Pixels, ink: InkName, look: int) -> list[Candidate]:
    shrink = max(1.0, max(pixels.shape[:2]) / look)
    size = (round(pixels.shape[1] / shrink), round(pixels.shape[0] / shrink))
    small = cv2.resize(pixels, size, interpolation=cv2.INTER_AREA) if shrink > 1 else pixels
    score = inkiness(small, ink)
    found: list[Candidate] = []
    for glue in GLUE:
        for level in LEVELS[ink]:
            found += _at_level(small, score, level, glue)
            if _is_plain(found, score > level):
                break
        else:
            continue
        break
    return [_scaled(each, pixels.shape[1] / size[0]) for each in _without_nested(found)]


def rivals(candidates: list[Candidate]) -> list[Candidate]:
    """Those large enough to be taken for the seal."""
    return [each for each in candidates if each.area >= RIVAL * candidates[0].area]


def _is_plain(found: list[Candidate], inked: npt.NDArray[np.bool_]) -> bool:
    """Whether one clear outline holds nearly all the ink there is, so that there is no need to look on."""
    clear = [each for each in found if each.outline.shape != "free" and not each.cut_off]
    if not clear:
        return False
    x0, y0, x1, y1 = max(clear, key=lambda each: each.area).box
    return float(inked[y0:y1, x0:x1].sum()) > 0.9 * float(inked.sum())


def _at_level(small: Pixels, score: Field, level: float, glue: int) -> list[Candidate]:
    inked = (score > level).astype(np.uint8)
    kernel = cv2.getStructuringElement(cv2.MORPH_ELLIPSE, (glue, glue))
    glued = cv2.morphologyEx(inked, cv2.MORPH_CLOSE, kernel)
    _, labels, stats, _ = cv2.connectedComponentsWithStats(glued)
    found = []
    for k in _largest(stats):
        x, y, width, height = (int(v) for v in stats[k][:4])
        component = (labels[y : y + height, x : x + width] == k).astype(np.uint8)
        found.append(
            _candidate(small, inked, moved(outline_of(component), 1, x, y), (x, y, x + width, y + height))
        )
    found.append(_all_pieces(small, inked, glued))
    return [each for each in found if each]


def _candidate(small: Pixels, inked: Mask, outline: Outline, box: Box) -> Candidate | None:
    reached = _sides_reached(box, outline, small)
    if len(reached) < (3 if outline.shape == "ellipse" else 2) and is_on_paper(small, inked, outline):
        return Candidate(box, outline, reached)
    return None


def _all_pieces(small: Pixels, inked: Mask, glued: Mask) -> Candidate | None:
    """All ink together, if it has an outline: a ring that printed in pieces."""
    firm = cv2.morphologyEx(glued, cv2.MORPH_OPEN, np.ones((3, 3), np.uint8))
    x, y, width, height = cv2.boundingRect(firm)
    if min(width, height) < LEAST:
        return None
    outline = outline_of(firm)
    return (
        _candidate(small, inked, outline, (x, y, x + width, y + height)) if outline.shape != "free" else None
    )


def _largest(stats: npt.NDArray[Any]) -> list[int]:
    """The components worth a look, by the area of their boxes; 0 is the ground."""
    wide, high = stats[:, cv2.CC_STAT_WIDTH], stats[:, cv2.CC_STAT_HEIGHT]
    longer, shorter = np.maximum(wide, high), np.minimum(wide, high)
    worth = (longer >= LEAST) & (shorter * SLENDER >= longer)
    order = np.argsort(-(wide.astype(np.int64) * high))
    return [int(k) for k in order if k != 0 and worth[k]][:LOOKED_AT]


def _sides_reached(box: Box, outline: Outline, picture: Pixels) -> tuple[str, ...]:
    height, width = picture.shape[:2]
    low, high = outline.points.min(axis=0), outline.points.max(axis=0)
    beyond = 0.02 * outline.across
    reached = {
        "left": box[0] <= 0 or low[0] < -beyond,
        "top": box[1] <= 0 or low[1] < -beyond,
        "right": box[2] >= width or high[0] > width + beyond,
        "bottom": box[3] >= height or high[1] > height + beyond,
    }
    return tuple(side for side, yes in reached.items() if yes)


def _without_nested(found: list[Candidate]) -> list[Candidate]:
    kept: list[Candidate] = []
    for each in sorted(found, key=lambda c: (c.outline.shape == "free", -c.area)):
        if not any(_covers(other, each) for other in kept):
            kept = [other for other in kept if not _covers(each, other)] + [each]
    return sorted(kept, key=lambda c: -c.area)


def _covers(one: Candidate, other: Candidate) -> bool:
    """Whether `other` lies mostly within `one`: a letter in a ring; but a ring in two seals' smear goes first."""
    if one.outline.shape == "free" and other.outline.shape != "free" and other.area > 0.15 * one.area:
        return False
    width = min(one.box[2], other.box[2]) - max(one.box[0], other.box[0])
    height = min(one.box[3], other.box[3]) - max(one.box[1], other.box[1])
    common = max(0, width) * max(0, height)
    if common > 0.6 * max(one.area, other.area):
        return one.outline.misfit <= other.outline.misfit
    return one.area >= other.area and common > 0.6 * other.area


def _scaled(candidate: Candidate, scale: float) -> Candidate:
    x0, y0, x1, y1 = (round(side * scale) for side in candidate.box)
    return Candidate((x0, y0, x1, y1), moved(candidate.outline, scale), candidate.cut_off)

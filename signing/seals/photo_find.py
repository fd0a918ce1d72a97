"""Where on a photo something looks like a seal: an outline, ink inside it, paper inside and around it."""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import Any

import cv2
import numpy as np
import numpy.typing as npt
from PIL import Image

from signing.seals.photo_decode import Pixels
from signing.seals.photo_errors import Box
from signing.seals.photo_light import Field, InkName, Mask, inkiness
from signing.seals.photo_outline import Outline, hull_of, is_cut_arc, moved, outline_of, widened
from signing.seals.photo_surroundings import is_on_paper

LOOKS = (400, 800, 2000)
"""Pixels (longer side) that the photo is searched at: a plain case quickly, then closer, very close as a last resort."""
LEVELS: dict[InkName, tuple[float, ...]] = {
    "red": (0.55, 1.1, 1.8),
    "blue": (0.4, 0.8, 1.2),
    "black": (0.6, 1.1, 1.7),
}
GLUE = (3, 15)
"""Strokes nearer than this (pixels of the search) are taken together."""
FAINT = 0.45
"""A blurred seal's ring is so much paler than the least of the levels."""
MOST_FREE = 3
GLUE_WRITING = 71
HAIR = 0.1
"""A signature's thinnest ends, too thin to be seen at the size of the search, reach so far beyond it."""
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

    def scaled(self, scale: float) -> Candidate:
        """The same candidate of a picture `scale` times as large."""
        x0, y0, x1, y1 = (round(side * scale) for side in self.box)
        return replace(self, box=(x0, y0, x1, y1), outline=moved(self.outline, scale))


def find(picture: Image.Image, ink: InkName) -> list[Candidate]:
    """Candidates, the largest first, none inside another; boxes and outlines in the picture's pixels."""
    for look in LOOKS:
        shrink = max(1, -(-max(picture.size) // look))
        small = np.asarray(picture.reduce(shrink) if shrink > 1 else picture)
        found, plain = _find(small, ink)
        if plain or (found and look != LOOKS[0]) or shrink == 1:
            return [each.scaled(shrink) for each in _without_nested(found)]
    return []


def _find(small: Pixels, ink: InkName) -> tuple[list[Candidate], bool]:
    """What there is, and whether it is so plain that nobody need look closer."""
    score = inkiness(small, ink)
    found: list[Candidate] = []
    for glue in GLUE:
        for level in LEVELS[ink]:
            found += _at_level(small, score, level, glue)
            if _is_plain(found, score > level):
                return found, True
    if all(each.outline.shape == "free" for each in found):
        for glue in GLUE:
            found += _at_level(small, cv2.blur(score, (5, 5)), FAINT * LEVELS[ink][0], glue)
    return found, False


def find_writing(picture: Image.Image, ink: InkName) -> list[Candidate]:
    """A signature: all strokes that lie near each other, without any outline. The largest group first."""
    shrink = max(1, -(-max(picture.size) // LOOKS[1]))
    small = np.asarray(picture.reduce(shrink) if shrink > 1 else picture)
    score = inkiness(small, ink)
    inked = cv2.morphologyEx(
        (score > LEVELS[ink][0]).astype(np.uint8), cv2.MORPH_OPEN, np.ones((2, 2), np.uint8)
    )
    kernel = cv2.getStructuringElement(cv2.MORPH_ELLIPSE, (GLUE_WRITING, GLUE_WRITING))
    _, labels, stats, _ = cv2.connectedComponentsWithStats(cv2.dilate(inked, kernel))
    found = []
    for k in _largest(stats):
        points = cv2.findNonZero(inked * (labels == k).astype(np.uint8))
        x, y, width, height = cv2.boundingRect(points)
        outline, box = hull_of(points), (x, y, x + width, y + height)
        if is_on_paper(small, inked, outline, writing=True):
            sides, whole = _sides_reached(box, outline, small), widened(outline, HAIR * outline.across)
            found.append(Candidate(box, whole, sides).scaled(shrink))
    return found


def rivals(candidates: list[Candidate]) -> list[Candidate]:
    """Those that may be taken for the seal: with an outline before those without, and large enough.

    Many pieces without an outline are text or a pattern, not seals.
    """
    outlined = [each for each in candidates if each.outline.shape != "free"]
    first = outlined or candidates
    kept = [each for each in first if each.area >= RIVAL * first[0].area]
    return kept if outlined or len(kept) <= MOST_FREE else []


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
    found: list[Candidate] = []
    for k in _largest(stats):
        x, y, width, height = (int(v) for v in stats[k][:4])
        box = (x, y, x + width, y + height)
        if len(_sides_of(box, small)) > 2 or any(_holds(each, box) for each in found):
            continue
        component = (labels[y : y + height, x : x + width] == k).astype(np.uint8)
        candidate = _candidate(small, inked, moved(outline_of(component), 1, x, y), box)
        found += [candidate] if candidate else []
    if not any(each.outline.shape != "free" for each in found):
        whole = _all_pieces(small, inked, glued)
        found += [whole] if whole else []
    return found


def _holds(candidate: Candidate, box: Box) -> bool:
    """Whether what is in `box` is only a letter or a star of a seal that is known already."""
    x0, y0, x1, y1 = candidate.box
    inside = x0 <= box[0] and y0 <= box[1] and box[2] <= x1 and box[3] <= y1
    return inside and candidate.outline.shape != "free"


def _candidate(small: Pixels, inked: Mask, outline: Outline, box: Box) -> Candidate | None:
    reached = _sides_reached(box, outline, small)
    if reached and outline.shape == "free" and not is_cut_arc(outline, small.shape[1::-1]):
        return None
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
    touched = _sides_of(box, picture)
    low, high = outline.points.min(axis=0), outline.points.max(axis=0)
    beyond = 0.02 * outline.across
    reached = {
        "left": "left" in touched or low[0] < -beyond,
        "top": "top" in touched or low[1] < -beyond,
        "right": "right" in touched or high[0] > width + beyond,
        "bottom": "bottom" in touched or high[1] > height + beyond,
    }
    return tuple(side for side, yes in reached.items() if yes)


def _sides_of(box: Box, picture: Pixels) -> set[str]:
    height, width = picture.shape[:2]
    met = zip(("left", "top", "right", "bottom"), box, (0, 0, width, height), strict=True)
    return {side for side, at, edge in met if at == edge}


def _without_nested(found: list[Candidate]) -> list[Candidate]:
    kept: list[Candidate] = []
    for each in sorted(found, key=lambda c: (c.outline.shape == "free", -c.area)):
        if not any(_covers(other, each) for other in kept):
            kept = [other for other in kept if not _covers(each, other)] + [each]
    return sorted(kept, key=lambda c: -c.area)


def _covers(one: Candidate, other: Candidate) -> bool:
    """Whether `other` lies mostly within `one`: a letter in a ring; but a ring in two seals' smear goes first."""
    if one.outline.shape == "free" and other.outline.shape != "free" and other.area > 0.3 * one.area:
        return False
    width = min(one.box[2], other.box[2]) - max(one.box[0], other.box[0])
    height = min(one.box[3], other.box[3]) - max(one.box[1], other.box[1])
    common = max(0, width) * max(0, height)
    if common > 0.6 * max(one.area, other.area):
        return one.outline.misfit <= other.outline.misfit
    return one.area >= other.area and common > 0.6 * other.area

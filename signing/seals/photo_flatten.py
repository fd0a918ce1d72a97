"""A tilted seal laid flat: from an ellipse, four corners, or nothing, to the upright square it was cut from.

A circle's image tells its plane only up to the projective maps of the disc onto itself; where its middle (the star)
went tells the rest. An oval is known to be 40 x 30, which leaves one turn, told by its lines of text.
"""

from __future__ import annotations

import cv2
import numpy as np

from signing.seals.photo_light import Field
from signing.seals.photo_outline import ROUND_FROM, Matrix, Outline

FREE_MARGIN = 1.03
"""Faint ends of strokes reach a little beyond what was found."""
LOOK = 240
"""Pixels of the flattened seal that its star is looked for in."""


def to_unit(outline: Outline) -> Matrix:
    """From the photo's pixels to the unit disc (ellipse) or the square -1..1 (four corners, or the plain box)."""
    if outline.shape == "ellipse":
        return _disc(outline)
    if outline.shape == "quad":
        return _square(outline)
    low, high = outline.points.min(axis=0), outline.points.max(axis=0)
    half, middle = float((high - low).max()) / 2 * FREE_MARGIN, (low + high) / 2
    return np.array([[1 / half, 0, -middle[0] / half], [0, 1 / half, -middle[1] / half], [0, 0, 1.0]])


def is_oval(outline: Outline) -> bool:
    """Whether the ellipse is too flat for a circle."""
    return outline.shape == "ellipse" and outline.ratio < ROUND_FROM


def _disc(outline: Outline) -> Matrix:
    """The ellipse to the unit circle, squeezed along its own axes so that nothing turns more than it must."""
    cos, sin = np.cos(outline.angle), np.sin(outline.angle)
    x, y = outline.middle
    turn = np.array([[cos, sin, 0], [-sin, cos, 0], [0, 0, 1.0]])
    shift = np.array([[1, 0, -x], [0, 1, -y], [0, 0, 1.0]])
    squeeze = np.diag([1 / outline.axes[0], 1 / outline.axes[1], 1])
    return np.asarray(turn.T @ squeeze @ turn @ shift)


def _square(outline: Outline) -> Matrix:
    """Four corners to a square, the one nearest to the photo's top left becoming its top left."""
    corners = outline.points
    if _area(corners) < 0:
        corners = corners[::-1]
    sides = np.roll(corners, -1, axis=0) - corners
    first = int(np.argmax(sides[:, 0] / np.hypot(*sides.T)))
    target = np.array([[-1, -1], [1, -1], [1, 1], [-1, 1]], np.float32)
    found = np.roll(corners, -first, axis=0).astype(np.float32)
    return np.asarray(cv2.getPerspectiveTransform(found, target))


def _area(corners: Matrix) -> float:
    """Signed: positive when clockwise on a screen."""
    x, y = corners.T
    return float(np.sum(x * np.roll(y, -1) - np.roll(x, -1) * y)) / 2


def centred(unit: Matrix, cover: Field) -> tuple[Matrix, bool]:
    """The map to the disc, corrected until the star's middle is the disc's; and whether there is a star."""
    found = False
    for _ in range(4):
        middle = _star_middle(seen_flat(cover, unit, LOOK))
        if middle is None:
            return unit, found
        found = True
        unit = _boost(*middle) @ unit
        if np.hypot(*middle) < 0.002:
            break
    return unit, found


def seen_flat(cover: Field, unit: Matrix, side: int, margin: float = 1.0) -> Field:
    """The cover on the flattened seal, `side` pixels for -margin..margin."""
    half = side / 2
    to_pixels = np.array([[half / margin, 0, half - 0.5], [0, half / margin, half - 0.5], [0, 0, 1]]) @ unit
    return np.asarray(cv2.warpPerspective(cover, to_pixels, (side, side), flags=cv2.INTER_LINEAR), np.float32)


def _boost(u: float, v: float) -> Matrix:
    """The projective map of the unit disc onto itself that takes (u, v) to its middle without turning.

    It is a boost of special relativity: the disc is the Klein model of velocities.
    """
    square = u * u + v * v
    if square < 1e-12:
        return np.eye(3)
    gamma = 1 / np.sqrt(1 - square)
    k = (gamma - 1) / square
    return np.array(
        [
            [1 + k * u * u, k * u * v, -gamma * u],
            [k * u * v, 1 + k * v * v, -gamma * v],
            [-gamma * u, -gamma * v, gamma],
        ]
    )


def _star_middle(flat: Field) -> tuple[float, float] | None:
    """Where the star in the middle of the disc is (unit disc), by the five tips of its hull."""
    side = flat.shape[0]
    solid = cv2.morphologyEx((flat > 0.4).astype(np.uint8), cv2.MORPH_CLOSE, np.ones((5, 5), np.uint8))
    _, labels, stats, middles = cv2.connectedComponentsWithStats(solid)
    half = side / 2
    away = np.hypot(*(middles - half).T) / half
    across = np.maximum(stats[:, cv2.CC_STAT_WIDTH], stats[:, cv2.CC_STAT_HEIGHT]) / side
    share = stats[:, cv2.CC_STAT_AREA] / side**2
    fits = (away < 0.3) & (across > 0.2) & (across < 0.5) & (share > 0.012)
    if not fits.any():
        return None
    best = int(np.argmax(np.where(fits, share, 0)))
    hull = cv2.convexHull(cv2.findNonZero((labels == best).astype(np.uint8)))
    tips = _tips(hull)
    if tips is None:
        return None
    x, y = tips.mean(axis=0) + 0.5
    return float(x / half - 1), float(y / half - 1)


def _tips(hull: Matrix) -> Matrix | None:
    """The five corners of a star's hull."""
    length = cv2.arcLength(hull, True)
    for share in (0.02, 0.03, 0.045, 0.06, 0.08):
        corners = cv2.approxPolyDP(hull, share * length, True).reshape(-1, 2)
        if len(corners) == 5:
            return np.asarray(corners, dtype=np.float64)
    return None

"""The outline of a seal: an ellipse, four sides, or neither; and how it is laid flat."""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import Literal

import cv2
import numpy as np
import numpy.typing as npt

from signing.seals.photo_light import Field, Mask

Points = npt.NDArray[np.float64]
Matrix = npt.NDArray[np.float64]
Shape = Literal["ellipse", "quad", "free"]

ROUND_FROM = 0.84
"""A circle seen at 30 degrees is 0.87 as high as wide; an invoice seal is 0.75 before it is tilted."""
OVAL_RATIO = 30 / 40
MOST_LOPSIDED = 1.7
"""Longest by shortest side of a tilted square."""


@dataclass(frozen=True, slots=True)
class Outline:
    """`points` around the seal (pixels). For an ellipse `middle`, `axes` (half, longer first), `angle` (radians)."""

    shape: Shape
    points: Points
    middle: tuple[float, float]
    axes: tuple[float, float] = (0.0, 0.0)
    angle: float = 0.0
    misfit: float = 1.0

    @property
    def across(self) -> float:
        """The longer extent in pixels."""
        return float(np.ptp(self.points, axis=0).max())

    @property
    def ratio(self) -> float:
        """Shorter by longer axis of an ellipse."""
        return self.axes[1] / self.axes[0]


def moved(outline: Outline, scale: float, dx: float = 0, dy: float = 0) -> Outline:
    """The outline at `scale` times its size about the origin, then shifted."""
    shift = np.array([dx, dy])
    x, y = outline.middle
    return replace(
        outline,
        points=outline.points * scale + shift,
        middle=(x * scale + dx, y * scale + dy),
        axes=(outline.axes[0] * scale, outline.axes[1] * scale),
    )


def outline_of(mask: Mask) -> Outline:
    """What shape the ink's outermost edge has. `misfit` is the mean distance from it as a share of its size."""
    edges, _ = cv2.findContours(mask, cv2.RETR_EXTERNAL, cv2.CHAIN_APPROX_SIMPLE)
    hull = cv2.convexHull(np.concatenate(edges)).reshape(-1, 2).astype(np.float64)
    free = Outline("free", hull, _middle(hull))
    if len(hull) < 8:
        return free
    ellipse, quad = _ellipse(_along(hull)), _quad(hull)
    best = min((each for each in (ellipse, quad) if each), key=lambda each: each.misfit, default=free)
    return best if best.misfit < 0.022 else free


def hull_of(points: Points) -> Outline:
    """The hull of scattered ink, taken as it is."""
    hull = cv2.convexHull(points).reshape(-1, 2).astype(np.float64)
    return Outline("free", hull, _middle(hull))


def widened(outline: Outline, gap: float) -> Outline:
    """The outline with so many pixels more on each of the four sides."""
    middle, extent = np.array(outline.middle), np.maximum(np.ptp(outline.points, axis=0), 1)
    return replace(outline, points=middle + (outline.points - middle) * (1 + 2 * gap / extent))


def is_cut_arc(outline: Outline, size: tuple[int, int]) -> bool:
    """Whether a hull that reaches the picture's edge is the rest of a round or a square seal."""
    _, (width, height), _ = cv2.minAreaRect(outline.points.astype(np.float32))
    if cv2.contourArea(outline.points.astype(np.float32)) > 0.88 * width * height:
        return True
    points = _along(outline.points)
    inner = points[((points > 3) & (points < np.array(size) - 4)).all(axis=1)]
    arc = _ellipse(inner) if len(inner) > 60 else None
    return arc is not None and arc.misfit < 0.035


def sharpened(outline: Outline, coverage: Field) -> Outline:
    """The outline with its edge found to a fraction of a pixel: where coverage falls below a half."""
    if outline.shape == "ellipse":
        return _sharpened_ellipse(outline, coverage)
    return _sharpened_quad(outline, coverage) if outline.shape == "quad" else outline


def _middle(points: Points) -> tuple[float, float]:
    low, high = points.min(axis=0), points.max(axis=0)
    return float((low[0] + high[0]) / 2), float((low[1] + high[1]) / 2)


def _along(hull: Points, count: int = 240) -> Points:
    """Points evenly spread along a closed polygon."""
    closed = np.vstack([hull, hull[:1]])
    way = np.concatenate([[0], np.cumsum(np.hypot(*np.diff(closed, axis=0).T))])
    at = np.linspace(0, way[-1], count, endpoint=False)
    return np.column_stack([np.interp(at, way, closed[:, 0]), np.interp(at, way, closed[:, 1])])


def _ellipse(points: Points) -> Outline | None:
    """An ellipse by least squares, fitted again without the points that stray."""
    kept = points
    for _ in range(3):
        if len(kept) < 12:
            return None
        (x, y), (width, height), degrees = cv2.fitEllipseDirect(kept.astype(np.float32))
        if not (np.isfinite([x, y, width, height]).all() and min(width, height) > 4):
            return None
        away = np.abs(_radii(points, (x, y), (width / 2, height / 2), np.radians(degrees)) - 1)
        kept = points[away < max(0.006, 2.2 * float(np.median(away)))]
    angle, axes = np.radians(degrees), (width / 2, height / 2)
    if min(axes) * 2.2 < max(axes):
        return None
    if axes[0] < axes[1]:
        axes, angle = axes[::-1], angle + np.pi / 2
    misfit = float(np.mean(np.minimum(away, 0.1)))
    return Outline("ellipse", _around((x, y), axes, angle), (x, y), axes, _half_turn(angle), misfit)


def _radii(
    points: Points, middle: tuple[float, float], axes: tuple[float, float], angle: float
) -> npt.NDArray[np.float64]:
    x, y = (points - middle).T
    cos, sin = np.cos(angle), np.sin(angle)
    return np.asarray(np.hypot((x * cos + y * sin) / axes[0], (y * cos - x * sin) / axes[1]))


def _around(middle: tuple[float, float], axes: tuple[float, float], angle: float) -> Points:
    t = np.linspace(0, 2 * np.pi, 120, endpoint=False)
    x, y = axes[0] * np.cos(t), axes[1] * np.sin(t)
    cos, sin = np.cos(angle), np.sin(angle)
    return np.column_stack([middle[0] + x * cos - y * sin, middle[1] + x * sin + y * cos])


def _half_turn(angle: float) -> float:
    """The same axis, pointing to the right: -90 to 90 degrees."""
    return float((angle + np.pi / 2) % np.pi - np.pi / 2)


def _quad(hull: Points) -> Outline | None:
    """Four sides: lines through the long straight stretches of the hull, meeting in four corners."""
    corners = _four_corners(hull)
    if corners is None:
        return None
    points = _along(hull, 400)
    lines, misfits = [], []
    for start, end in zip(corners, np.roll(corners, -1, axis=0), strict=True):
        side = _beside(points, start, end)
        if len(side) < 8:
            return None
        dx, dy, x, y = (
            float(v) for v in cv2.fitLine(side.astype(np.float32), cv2.DIST_HUBER, 0, 0.01, 0.01).ravel()
        )
        lines.append((x, y, dx, dy))
        misfits.append(np.abs((side - (x, y)) @ (-dy, dx)).mean())
    met = [_meet(lines[k - 1], lines[k]) for k in range(4)]
    if any(corner is None for corner in met):
        return None
    quad = np.array(met)
    lengths = np.hypot(*(np.roll(quad, -1, axis=0) - quad).T)
    if lengths.max() > MOST_LOPSIDED * lengths.min():
        return None
    size = float(np.sqrt(max(1.0, cv2.contourArea(quad.astype(np.float32)))))
    overlap = cv2.contourArea(hull.astype(np.float32)) / size**2
    misfit = float(np.mean(misfits)) / size + 0.25 * max(0.0, abs(1 - overlap) - 0.04)
    return Outline("quad", quad, _middle(quad), misfit=misfit)


def _four_corners(hull: Points) -> Points | None:
    contour = hull.astype(np.float32).reshape(-1, 1, 2)
    length = cv2.arcLength(contour, True)
    for share in (0.03, 0.05, 0.07, 0.09):
        corners = cv2.approxPolyDP(contour, share * length, True).reshape(-1, 2)
        if len(corners) == 4:
            return np.asarray(corners, dtype=np.float64)
    return None


def _beside(points: Points, start: Points, end: Points) -> Points:
    """The points that lie along the middle of a side."""
    along = end - start
    length = float(np.hypot(*along))
    share = (points - start) @ along / length**2
    off = np.abs((points - start) @ np.array([-along[1], along[0]])) / length**2
    return np.asarray(points[(share > 0.12) & (share < 0.88) & (off < 0.05)])


def _meet(one: tuple[float, ...], other: tuple[float, ...]) -> tuple[float, float] | None:
    x, y, dx, dy = one
    u, v, du, dv = other
    cross = dx * dv - dy * du
    if abs(cross) < 0.2:
        return None
    t = ((u - x) * dv - (v - y) * du) / cross
    return x + t * dx, y + t * dy


def _sharpened_quad(outline: Outline, coverage: Field) -> Outline:
    """The four sides around everything that bears ink, dry corners too, but for specks."""
    inked = cv2.blur(coverage, (5, 5)) > 0.3
    edge = cv2.findNonZero(((coverage > 0.45) & inked).astype(np.uint8))
    refined = _quad(cv2.convexHull(edge).reshape(-1, 2).astype(np.float64)) if edge is not None else None
    return refined if refined and refined.misfit <= outline.misfit else outline


def _sharpened_ellipse(outline: Outline, coverage: Field) -> Outline:
    """Walk outward along 360 rays of the ellipse made round; keep where the ink ends for good."""
    rays, steps = 360, 96
    t = np.linspace(0, 2 * np.pi, rays, endpoint=False)
    r = np.linspace(0.88, 1.06, steps)
    cos, sin = np.cos(outline.angle), np.sin(outline.angle)
    x, y = outline.axes[0] * np.outer(np.cos(t), r), outline.axes[1] * np.outer(np.sin(t), r)
    columns, rows = outline.middle[0] + x * cos - y * sin, outline.middle[1] + x * sin + y * cos
    seen = cv2.remap(coverage, columns.astype(np.float32), rows.astype(np.float32), cv2.INTER_LINEAR)
    inked = seen > 0.45
    last = steps - 1 - np.argmax(inked[:, ::-1], axis=1)
    good = inked.any(axis=1) & (last < steps - 1)
    if good.sum() < rays * 0.4:
        return outline
    k, at = np.flatnonzero(good), last[good]
    above, below = seen[k, at], seen[k, at + 1]
    share = (above - 0.45) / np.maximum(above - below, 1e-6)
    points = np.column_stack(
        [
            columns[k, at] + share * (columns[k, at + 1] - columns[k, at]),
            rows[k, at] + share * (rows[k, at + 1] - rows[k, at]),
        ]
    )
    return _ellipse(points) or outline

"""What a finger drew: strokes of points with their times, as a page sends them, checked and brought to millimetres."""

from __future__ import annotations

import math
from dataclasses import dataclass
from itertools import pairwise
from typing import Annotated

from pydantic import Field, TypeAdapter, ValidationError
from pydantic.dataclasses import dataclass as checked

from signing.seals.errors import SealError

MOST_BYTES = 512_000
MOST_STROKES, MOST_POINTS = 100, 10_000
FARTHEST = 10_000.0
LONGEST_MS = 3_600_000.0
LEAST_ACROSS, LEAST_POINTS = 40.0, 6
"""Pixels (longer side) and points below which it is a slip of the finger."""
LONGEST = 100.0
"""How many times its diagonal a signature's line may be long."""
WIDEST_MM, HIGHEST_MM = 50.0, 18.0

Coordinate = Annotated[float, Field(ge=-FARTHEST, le=FARTHEST, allow_inf_nan=False)]
Time = Annotated[float, Field(ge=0, le=LONGEST_MS, allow_inf_nan=False)]
Stroke = Annotated[list[tuple[Coordinate, Coordinate, Time]], Field(min_length=1, max_length=MOST_POINTS)]


class StrokesUnreadable(SealError):
    """The bytes are not strokes as the page makes them."""

    code = "seal.strokes.unreadable"


class StrokesTooMany(SealError):
    """More points or a longer line than a signature has; details: `at_most` (points)."""

    code = "seal.strokes.too-many"


class StrokesTooFew(SealError):
    """A dot or a slip, not a signature."""

    code = "seal.strokes.too-few"


@dataclass(frozen=True, slots=True)
class Point:
    """`x` to the right and `y` up in mm from the middle of the signature; `speed` in signatures' diagonals a second."""

    x: float
    y: float
    speed: float


@checked(frozen=True, slots=True)
class Sent:
    """As it comes: x to the right, y down in CSS pixels, milliseconds since the first touch."""

    strokes: Annotated[list[Stroke], Field(max_length=MOST_STROKES)]


@dataclass(frozen=True, slots=True)
class Strokes:
    """A signature at its true size in mm."""

    strokes: tuple[tuple[Point, ...], ...]
    width_mm: float
    height_mm: float


SENT = TypeAdapter(Sent)


def read_strokes(data: bytes) -> Strokes:
    """The strokes that a page sent, as large as a signature is: at most 50 x 18 mm, in their own proportions.

    Raises StrokesUnreadable, StrokesTooMany, StrokesTooFew.
    """
    if len(data) > MOST_BYTES:
        raise StrokesTooMany(at_most=MOST_POINTS)
    try:
        sent = SENT.validate_json(data, strict=True)
    except ValidationError:
        raise StrokesUnreadable() from None
    points = [point for stroke in sent.strokes for point in stroke]
    if len(points) > MOST_POINTS:
        raise StrokesTooMany(at_most=MOST_POINTS)
    if len(points) < LEAST_POINTS:
        raise StrokesTooFew()
    return _to_millimetres(sent.strokes, points)


def _to_millimetres(
    sent: list[list[tuple[float, float, float]]], points: list[tuple[float, float, float]]
) -> Strokes:
    left, right = min(x for x, _, _ in points), max(x for x, _, _ in points)
    top, bottom = min(y for _, y, _ in points), max(y for _, y, _ in points)
    width, height = right - left, bottom - top
    if max(width, height) < LEAST_ACROSS:
        raise StrokesTooFew()
    scale = min(WIDEST_MM / max(width, 1e-6), HIGHEST_MM / max(height, 1e-6))
    middle, diagonal = ((left + right) / 2, (top + bottom) / 2), math.hypot(width, height)
    if sum(math.dist(a[:2], b[:2]) for stroke in sent for a, b in pairwise(stroke)) > LONGEST * diagonal:
        raise StrokesTooMany(at_most=MOST_POINTS)
    strokes = tuple(_stroke(stroke, middle, scale, diagonal) for stroke in sent)
    return Strokes(strokes, width * scale, height * scale)


def _stroke(
    sent: list[tuple[float, float, float]], middle: tuple[float, float], scale: float, diagonal: float
) -> tuple[Point, ...]:
    made, before = [], sent[0]
    for x, y, time in sent:
        far, long = math.hypot(x - before[0], y - before[1]), max(time - before[2], 1.0)
        speed = far / diagonal / long * 1000
        made.append(Point((x - middle[0]) * scale, (middle[1] - y) * scale, speed))
        before = (x, y, time)
    return tuple(made)

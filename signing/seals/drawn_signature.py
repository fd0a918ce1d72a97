"""A signature drawn with a finger, in ink: smooth curves, thinner where the finger was quick."""

from __future__ import annotations

import math
from collections.abc import Iterator, Sequence
from itertools import pairwise

from signing.seals.catalogue import BLACK, Ink
from signing.seals.plate import Bead, Plate, SealPicture
from signing.seals.strokes import Point, read_strokes

THICK, THIN = 0.75, 0.28
"""Width of the line in mm at rest and at full speed."""
QUICK = 2.2
"""Speed in diagonals a second at which the line is half way between."""
INERTIA = 0.7
"""How much of its width a line keeps from one point to the next."""
TAPER, TAPERED = 1.6, 0.45
"""Over so many mm a line begins and ends, with so much of its width."""
STEP = 0.12
MARGIN = 0.6
NEAR = 0.15
"""In mm: the length of a curve's pieces, the paper around, and how near two points may be to be told apart."""


def draw_by_hand(data: bytes, ink: Ink = BLACK) -> SealPicture:
    """The strokes that a page sent (see `strokes.read_strokes`) as a transparent PNG at 600 dpi, at true size.

    Raises StrokesUnreadable, StrokesTooMany, StrokesTooFew.
    """
    drawn = read_strokes(data)
    plate = Plate(
        round(drawn.width_mm + THICK + 2 * MARGIN, 1), round(drawn.height_mm + THICK + 2 * MARGIN, 1)
    )
    for stroke in drawn.strokes:
        plate.trace(list(beads(stroke)))
    return plate.picture(ink)


def beads(stroke: Sequence[Point]) -> Iterator[Bead]:
    """A stroke as beads along its curve, near enough that lines between them look smooth."""
    points = _apart(stroke)
    if len(points) < 3:
        yield from ((point.x, point.y, THICK) for point in (points[0], points[-1]))
        return
    widths, along = _widths(points), 0.0
    length = sum(math.dist((a.x, a.y), (b.x, b.y)) for a, b in pairwise(points))
    before: Bead | None = None
    for x, y, width in _curve(points, widths):
        along += math.dist(before[:2], (x, y)) if before else 0.0
        before = (x, y, width * _taper(min(along, length - along)))
        yield before


def _apart(stroke: Sequence[Point]) -> list[Point]:
    """Without points that stand where the one before stands: a resting finger trembles."""
    kept = [stroke[0]]
    for point in stroke[1:]:
        if math.dist((point.x, point.y), (kept[-1].x, kept[-1].y)) >= NEAR:
            kept.append(point)
    return kept


def _widths(points: Sequence[Point]) -> list[float]:
    widths = [_width(points[1].speed)]
    for point in points[1:]:
        widths.append(INERTIA * widths[-1] + (1 - INERTIA) * _width(point.speed))
    return widths


def _width(speed: float) -> float:
    return THIN + (THICK - THIN) * QUICK / (QUICK + speed)


def _curve(points: Sequence[Point], widths: Sequence[float]) -> Iterator[Bead]:
    """Quadratic curves from middle to middle, each point being the handle between: what a pen would do."""
    nodes = [(point.x, point.y, width) for point, width in zip(points, widths, strict=True)]
    middles = [_between(a, b, 0.5) for a, b in pairwise(nodes)]
    bends = zip(middles, nodes[1:-1], middles[1:], strict=False)
    yield nodes[0]
    for start, handle, end in [
        (nodes[0], nodes[0], middles[0]),
        *bends,
        (middles[-1], nodes[-1], nodes[-1]),
    ]:
        way = math.dist(start[:2], handle[:2]) + math.dist(handle[:2], end[:2])
        pieces = max(1, math.ceil(way / STEP))
        for piece in range(1, pieces + 1):
            at = piece / pieces
            yield _between(_between(start, handle, at), _between(handle, end, at), at)


def _between(a: Bead, b: Bead, at: float) -> Bead:
    return a[0] + (b[0] - a[0]) * at, a[1] + (b[1] - a[1]) * at, a[2] + (b[2] - a[2]) * at


def _taper(from_end: float) -> float:
    return TAPERED + (1 - TAPERED) * min(1.0, max(0.0, from_end) / TAPER)

"""A photographed page made straight: the sheet cut out of its surroundings, or its lines of text levelled.

Conservative: where neither the sheet's four corners nor its lines are plain to see, the picture stays as it is.
"""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np
import numpy.typing as npt
from PIL import Image, ImageDraw

Mask = npt.NDArray[np.bool_]
Point = tuple[float, float]

LOOK, LOOK_AT_LINES = 240, 500
COVER = (0.2, 0.97)
"""The share of the picture that a sheet takes up."""
NEAR_EDGE, PAPER = 0.02, 120
FIT = (0.9, 1.1)
"""The sheet's extent by that of the four-sided figure between its corners."""
INK = (0.003, 0.3)
MOST_DEGREES, STEP, LEAST_DEGREES = 5.0, 0.25, 0.4
GAIN = 1.08
"""How much clearer lines must stand once they are level."""


def straightened(picture: Image.Image) -> Image.Image:
    """The page as if it lay flat under a scanner."""
    corners = sheet_corners(picture)
    if corners is not None:
        return _flattened(picture, corners)
    return _levelled(picture)


def sheet_corners(picture: Image.Image) -> tuple[Point, ...] | None:
    """The corners of a bright sheet on darker ground, from the upper left clockwise; None where there is no telling."""
    small = picture.convert("L")
    small.thumbnail((LOOK, LOOK))
    sheet = _sheet(small)
    if sheet is None or not COVER[0] < sheet.mean() < COVER[1] or np.asarray(small)[sheet].mean() < PAPER:
        return None
    rows, columns = np.nonzero(sheet)
    ends = [
        (columns + rows).argmin(),
        (columns - rows).argmax(),
        (columns + rows).argmax(),
        (columns - rows).argmin(),
    ]
    found = [(float(columns[at]), float(rows[at])) for at in ends]
    if not FIT[0] < sheet.sum() / max(_extent(found), 1.0) < FIT[1] or _is_cut(found, small.size):
        return None
    scale = picture.width / small.width
    return tuple((x * scale, y * scale) for x, y in found)


def _sheet(grey: Image.Image) -> Mask | None:
    """The bright region around the middle, its words filled in."""
    level = _threshold(grey)
    bright = grey.point(lambda value: 255 if value > level else 0)
    middle = (grey.width // 2, grey.height // 2)
    start = next((at for at in _around(middle) if bright.getpixel(at)), None)
    if start is None:
        return None
    ImageDraw.floodfill(bright, start, 128)
    region = np.asarray(bright) == 128
    first, last = region.argmax(axis=1), region.shape[1] - region[:, ::-1].argmax(axis=1)
    at = np.arange(region.shape[1])
    return np.asarray(region.any(axis=1)[:, None] & (at >= first[:, None]) & (at < last[:, None]))


def _around(middle: tuple[int, int]) -> list[tuple[int, int]]:
    x, y = middle
    return [(x + dx, y + dy) for reach in range(0, 12, 3) for dx in (-reach, reach) for dy in (-reach, reach)]


def _threshold(grey: Image.Image) -> int:
    """Otsu's: the level that parts dark from bright best."""
    counts = np.asarray(grey.histogram(), dtype=np.float64)
    levels = np.arange(256)
    below, total = counts.cumsum(), counts.sum()
    weight = (counts * levels).cumsum()
    with np.errstate(divide="ignore", invalid="ignore"):
        between = (weight[-1] * below / total - weight) ** 2 / (below * (total - below))
    return int(np.nan_to_num(between).argmax())


def _extent(corners: Sequence[Point]) -> float:
    pairs = zip(corners, [*corners[1:], corners[0]], strict=True)
    return abs(sum(a[0] * b[1] - b[0] * a[1] for a, b in pairs)) / 2


def _is_cut(corners: Sequence[Point], size: tuple[int, int]) -> bool:
    """Whether a corner is one of the picture's own: a scan, or a sheet that is not on it whole."""
    width, height = size
    reach = NEAR_EDGE * max(size) + 1
    ends = ((0, 0), (width, 0), (width, height), (0, height))
    return any(abs(x - u) <= reach and abs(y - v) <= reach for x, y in corners for u, v in ends)


def _flattened(picture: Image.Image, corners: Sequence[Point]) -> Image.Image:
    upper_left, upper_right, lower_right, lower_left = corners
    width = round(max(_distance(upper_left, upper_right), _distance(lower_left, lower_right)))
    height = round(max(_distance(upper_left, lower_left), _distance(upper_right, lower_right)))
    target = ((0, 0), (width, 0), (width, height), (0, height))
    map_back = _perspective(target, corners)
    return picture.transform((width, height), Image.Transform.PERSPECTIVE, map_back, Image.Resampling.BICUBIC)


def _perspective(target: Sequence[Point], source: Sequence[Point]) -> list[float]:
    """The eight numbers by which Pillow finds for each pixel of the target where it comes from."""
    rows: list[list[float]] = []
    for (x, y), (u, v) in zip(target, source, strict=True):
        rows.append([x, y, 1, 0, 0, 0, -u * x, -u * y])
        rows.append([0, 0, 0, x, y, 1, -v * x, -v * y])
    return [float(each) for each in np.linalg.solve(np.array(rows), np.array(source).ravel())]


def _distance(a: Point, b: Point) -> float:
    return float(np.hypot(a[0] - b[0], a[1] - b[1]))


def _levelled(picture: Image.Image) -> Image.Image:
    """Turned by the few degrees at which its lines of text stand out most."""
    small = picture.convert("L")
    small.thumbnail((LOOK_AT_LINES, LOOK_AT_LINES))
    level = _threshold(small)
    ink = small.point(lambda value: 255 if value <= level else 0)
    share = float(np.asarray(ink).mean()) / 255
    if not INK[0] < share < INK[1]:
        return picture
    turns = np.arange(-MOST_DEGREES, MOST_DEGREES + STEP / 2, STEP)
    clear = [_clearness(ink, float(turn)) for turn in turns]
    best = float(turns[int(np.argmax(clear))])
    if abs(best) < LEAST_DEGREES or max(clear) < GAIN * _clearness(ink, 0.0):
        return picture
    paper = 255 if picture.mode == "L" else (255, 255, 255)
    return picture.rotate(best, Image.Resampling.BICUBIC, fillcolor=paper)


def _clearness(ink: Image.Image, degrees: float) -> float:
    """How sharply rows with ink are parted from rows without."""
    rows = np.asarray(ink.rotate(degrees), dtype=np.float64).sum(axis=1)
    return float(np.square(np.diff(rows)).sum())

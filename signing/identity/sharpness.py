"""Where a photo of a paper is blurred: how wide the edges of its print are, tile by tile.

Judged at one width whatever the camera, so that a number means the same on every photo. Tiles without print say nothing.
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray
from PIL import Image

WIDTH = 1000
TILE = 50
CONTRAST = 24
"""Grey levels between the darkest and the lightest of a tile, below which nothing is printed there."""
WIDEST = 5.0
"""Pixels that an edge may take from dark to light: a Gaussian blur of 2 pixels, in which 10 point print closes up."""
FEWEST, SHARE = 4, 0.18
"""A blurred spot has at least so many tiles, and this share of those with print."""
WHOLE = 0.6
SOFT = round(100 * (1 - SHARE))
"""A photo of which less than this percentage is sharp looks blurred."""

Floats = NDArray[np.float64]
Flags = NDArray[np.bool_]
Box = tuple[float, float, float, float]


@dataclass(frozen=True, slots=True)
class Sharpness:
    """`percent` of the printed tiles are sharp. `where` is the blurred spot in words ("" if none): `all`, `middle`, or
    `upper`, `lower`, `left`, `right` and two of them joined by a hyphen. `box` is it in shares of width and height.
    """

    percent: int
    where: str
    box: Box


def judged(picture: Image.Image) -> Sharpness:
    """How sharp a photo is and where it is not."""
    height = max(2 * TILE, round(picture.height * WIDTH / picture.width))
    size = (WIDTH, height - height % TILE)
    grey = np.asarray(picture.convert("L").resize(size, Image.Resampling.BOX), dtype=np.float64)
    contrast, edges = _tiles(grey)
    printed = contrast >= CONTRAST
    blurred = printed & (edges > WIDEST)
    count = max(1, int(printed.sum()))
    spot = _largest(blurred)
    percent = round(100 * (1 - int(blurred.sum()) / count))
    if spot.sum() < max(FEWEST, SHARE * count):
        return Sharpness(percent, "", (0.0, 0.0, 0.0, 0.0))
    if blurred.sum() > WHOLE * count:
        return Sharpness(percent, "all", _box(blurred))
    return Sharpness(percent, _where(_box(spot)), _box(spot))


def _tiles(grey: Floats) -> tuple[Floats, Floats]:
    """Contrast of each tile, and the width of its steepest edges in pixels."""
    down, across = np.gradient(grey)
    steep = _cut(np.hypot(down, across))
    shades = _cut(grey)
    low, high = np.percentile(shades, (2, 98), axis=-1)
    steepest = np.percentile(steep, 99, axis=-1)
    contrast: Floats = high - low
    return contrast, contrast / np.maximum(steepest, 0.5)


def _cut(values: Floats) -> Floats:
    """Rows and columns of tiles, each a flat row of its pixels."""
    rows, columns = values.shape[0] // TILE, values.shape[1] // TILE
    tiles = values.reshape(rows, TILE, columns, TILE).swapaxes(1, 2)
    return tiles.reshape(rows, columns, TILE * TILE)


def _largest(flags: Flags) -> Flags:
    """The largest group of flagged tiles that touch, also over one tile's gap: print has lines and spaces."""
    best = np.zeros_like(flags)
    left = flags.copy()
    while left.any():
        group = np.zeros_like(flags)
        group.flat[int(np.argmax(left))] = True
        while (grown := _near(group) & left).sum() > group.sum():
            group = grown
        left &= ~group
        best = group if group.sum() > best.sum() else best
    return best


def _near(flags: Flags) -> Flags:
    padded = np.pad(flags, 2)
    rows, columns = flags.shape
    shifted = [padded[y : y + rows, x : x + columns] for y in range(5) for x in range(5)]
    near: Flags = np.logical_or.reduce(shifted)
    return near


def _box(spot: Flags) -> Box:
    rows, columns = np.nonzero(spot.any(axis=1))[0], np.nonzero(spot.any(axis=0))[0]
    return (
        float(columns[0]) / spot.shape[1],
        float(rows[0]) / spot.shape[0],
        float(columns[-1] + 1) / spot.shape[1],
        float(rows[-1] + 1) / spot.shape[0],
    )


def _where(box: Box) -> str:
    across, down = (box[0] + box[2]) / 2, (box[1] + box[3]) / 2
    words = [_side(down, "upper", "lower"), _side(across, "left", "right")]
    return "-".join(word for word in words if word) or "middle"


def _side(at: float, first: str, second: str) -> str:
    return first if at < 0.4 else second if at > 0.6 else ""

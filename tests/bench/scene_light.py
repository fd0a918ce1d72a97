"""What light and a camera do to stamped paper: desk and shadow, print, ink, glare, and what the sensor makes of it."""

from __future__ import annotations

import io

import cv2
import numpy as np
from PIL import Image, ImageDraw

from signing.seals.typeface import sans

Array = np.ndarray
STRIP = 256
"""Rows that are developed at a time."""
INKS = {"red": (0.66, 0.012, 0.022), "blue": (0.025, 0.055, 0.30), "black": (0.012, 0.012, 0.014)}


def clouds(chance: np.random.Generator, width: int, height: int, cells: float) -> Array:
    """Smooth noise, about `cells` across, mean 0, deviation about 1."""
    small = chance.standard_normal((max(2, round(cells * height / width)), max(2, round(cells))))
    return cv2.resize(small.astype(np.float32), (width, height), interpolation=cv2.INTER_CUBIC) * 1.5


def lit_paper(chance: np.random.Generator, width: int, height: int, outline: Array | None) -> Array:
    """Paper (and, with an `outline`, sometimes the desk around it) in its light, linear RGB (float32)."""
    small = (max(8, width // 8), max(8, height // 8))
    x, y = np.meshgrid(np.linspace(-1, 1, small[0]), np.linspace(-1, 1, small[1]))
    toward = chance.uniform(0, 2 * np.pi)
    light = 1 + chance.uniform(0, 0.35) * (x * np.cos(toward) + y * np.sin(toward))
    light *= 1 - chance.uniform(0, 0.25) * (x**2 + y**2) / 2
    if chance.random() < 0.5:
        light *= _shadow(chance, x, y)
    bulb = chance.uniform(0, 1)
    warm = np.array([1, 1 - 0.18 * bulb + chance.normal(0, 0.02), 1 - 0.45 * bulb])
    cream = np.array([1, chance.uniform(0.97, 1), chance.uniform(0.9, 1)])
    colour = (chance.uniform(0.5, 0.85) * warm * cream).astype(np.float32)
    field = cv2.resize(light.astype(np.float32), (width, height))
    field *= _texture(chance, width, height, chance.uniform(0.003, 0.012))
    lit = np.multiply(field[..., None], colour)
    if outline is not None and chance.random() < 0.3:
        _lay_on_desk(chance, lit, outline)
    return lit


def _shadow(chance: np.random.Generator, x: Array, y: Array) -> Array:
    """A phone's or a hand's shadow: a half-plane with a soft edge."""
    toward, where = chance.uniform(0, 2 * np.pi), chance.uniform(-0.6, 0.6)
    soft = chance.uniform(0.03, 0.3)
    side = 1 / (1 + np.exp(-(x * np.cos(toward) + y * np.sin(toward) - where) / soft * 4))
    return np.asarray(1 - chance.uniform(0.2, 0.6) * side)


def _texture(chance: np.random.Generator, width: int, height: int, deviation: float) -> Array:
    tile = chance.standard_normal((512, 512)).astype(np.float32)
    tile = cv2.GaussianBlur(tile, (0, 0), 1.2)
    tile *= deviation / tile.std()
    return 1 + np.tile(tile, (height // 512 + 1, width // 512 + 1))[:height, :width]


def _lay_on_desk(chance: np.random.Generator, lit: Array, outline: Array) -> None:
    """Everything beyond a sheet around the seal becomes wood or grey."""
    height, width = lit.shape[:2]
    low, high = outline.min(axis=0), outline.max(axis=0)
    gap = chance.uniform(0.25, 0.8) * (high - low).max()
    sheet = cv2.boxPoints((tuple((low + high) / 2), tuple(high - low + 2 * gap), chance.normal(0, 6)))
    desk = np.full((height, width), 1, np.uint8)
    cv2.fillConvexPoly(desk, sheet.astype(np.int32), 0)
    tones = [(0.2, 0.09, 0.035), (0.12, 0.12, 0.13), (0.45, 0.3, 0.18), (0.03, 0.03, 0.035)]
    wood = np.array(tones[int(chance.integers(len(tones)))], np.float32)
    grain = np.repeat(1 + 0.2 * chance.standard_normal((height, 1)).astype(np.float32), width, axis=1)
    away = desk.astype(bool)
    lit[away] *= grain[away][:, None] * wood


def printing(
    chance: np.random.Generator, width: int, height: int, box: tuple[int, int, int, int], *, over: bool
) -> Array:
    """Lines of black text (1 is black): around the seal, or `over` it."""
    layer = Image.new("L", (width, height))
    pen = ImageDraw.Draw(layer)
    size = round(min(width, height) * chance.uniform(0.02, 0.035))
    left = -int(chance.integers(size * 3))
    for y in range(int(chance.integers(size)), height, round(size * 2.2)):
        pen.text(
            (left, y), "本合同一式两份，甲乙双方各执一份，自双方盖章之日起生效。" * 3, 255, sans().at(size)
        )
    printed = np.asarray(layer, np.float32) / 255
    if not over:
        gap = round(0.08 * (box[2] - box[0]))
        printed[max(0, box[1] - gap) : box[3] + gap, max(0, box[0] - gap) : box[2] + gap] = 0
    return cv2.GaussianBlur(printed, (0, 0), 0.8)


def stamp(paper: Array, coverage: Array, ink: str) -> None:
    """Ink over paper, in place: each takes its share of the light."""
    rows, columns = np.nonzero(coverage.max(axis=1) > 0)[0], np.nonzero(coverage.max(axis=0) > 0)[0]
    here = (slice(rows[0], rows[-1] + 1), slice(columns[0], columns[-1] + 1))
    taken = 1 - np.array(INKS[ink], np.float32)
    paper[here] *= 1 - coverage[here][..., None] * taken


def glare(chance: np.random.Generator, lit: Array, outline: Array) -> None:
    """A lamp's reflection on the seal, in place."""
    middle, across = outline.mean(axis=0), np.ptp(outline, axis=0).max()
    x, y = (middle + chance.uniform(-0.2, 0.2, 2) * across).astype(int)
    radius = across * chance.uniform(0.16, 0.26)
    columns, rows = np.meshgrid(np.arange(lit.shape[1]) - x, np.arange(lit.shape[0]) - y)
    away = (columns / radius) ** 2 + (rows / (radius * chance.uniform(0.6, 1))) ** 2
    lit += (3 * np.exp(-(away**2))).astype(np.float32)[..., None]


def developed(chance: np.random.Generator, lit: Array, quality: int) -> bytes:
    """Exposure (paper at the seal is 1 before it), tone curve, noise, JPEG."""
    lit *= chance.uniform(0.62, 0.97)
    steps = np.arange(4097, dtype=np.float32) / 4096
    curve = np.where(steps <= 0.0031308, steps * 12.92, 1.055 * steps ** (1 / 2.4) - 0.055) * 255
    curve = curve.astype(np.float32)
    noise = _noise(chance, STRIP, lit.shape[1], chance.uniform(0.5, 4))
    pixels = np.empty(lit.shape, np.uint8)
    for top in range(0, lit.shape[0], STRIP):
        strip = np.clip(lit[top : top + STRIP], 0, 1)
        toned = curve[(strip * 4096).astype(np.uint16)] + noise[: len(strip)] + 0.5
        pixels[top : top + STRIP] = np.clip(toned, 0, 255)
    out = io.BytesIO()
    subsampling = int(chance.choice([0, 2, 2]))
    Image.fromarray(pixels).save(out, "JPEG", quality=quality, subsampling=subsampling)
    return out.getvalue()


def _noise(chance: np.random.Generator, height: int, width: int, deviation: float) -> Array:
    tile = chance.standard_normal((512, 512, 3)).astype(np.float32) * 0.6
    tile += chance.standard_normal((512, 512, 1)).astype(np.float32) * 0.8
    return np.tile(tile * deviation, (height // 512 + 1, width // 512 + 1, 1))[:height, :width]

"""Which way is up: a star's tips, the gap in the name's arc, the lines of text."""

from __future__ import annotations

import cv2
import numpy as np
import numpy.typing as npt

from signing.seals.photo_flatten import seen_flat
from signing.seals.photo_light import Field
from signing.seals.photo_outline import OVAL_RATIO, Matrix

Profile = npt.NDArray[np.float64]

TURNS, RADII, LOOK, LOOK_AT_LINES = 720, 100, 320, 160
STAR_BAND = (0.13, 0.32)
NAME_BAND = (0.64, 0.86)
"""Between the star's core and its tips, between the feet and the heads of the name; as shares of the radius."""


def turned(degrees: float) -> Matrix:
    """The map that turns the picture clockwise (x right, y down) about the origin."""
    cos, sin = np.cos(np.radians(degrees)), np.sin(np.radians(degrees))
    return np.array([[cos, -sin, 0], [sin, cos, 0], [0, 0, 1.0]])


def round_turn(cover: Field, unit: Matrix, *, star: bool) -> float | None:
    """Degrees to turn a round seal (mapped to the unit disc) clockwise; None if nothing tells."""
    unrolled = _unrolled(seen_flat(cover, unit, LOOK))
    top, clear = _middle_of_name(_band(unrolled, NAME_BAND))
    if not star:
        return -top if clear else None
    tip = _star_phase(_band(unrolled, STAR_BAND))
    return -_signed(tip + 72 * round((top - tip) / 72)) if clear else -tip


def oval_turn(cover: Field, unit: Matrix, axis: float) -> tuple[float, bool]:
    """Degrees to turn an oval seal on the unit disc clockwise, its long axis being near `axis` (degrees); and whether
    its lines of text say so."""
    top, clear = _middle_of_name(_band(_unrolled(seen_flat(cover, unit, LOOK)), NAME_BAND))
    upright = -axis if abs(_signed(-axis + top)) <= 90 else 180 - axis
    best = upright
    for reach, step in ((24.0, 3.0), (2.5, 0.5)):
        tried = best + np.arange(-reach, reach + step / 2, step)
        best = float(tried[int(np.argmax([_lines(cover, unit, turn) for turn in tried]))])
    return best, clear


def _lines(cover: Field, unit: Matrix, turn: float) -> float:
    """How much like lines of text the middle of an oval looks when it is turned so: rows all ink beside rows of none."""
    flat = seen_flat(cover, np.diag([1, OVAL_RATIO, 1]) @ turned(turn) @ unit, LOOK_AT_LINES)
    rows = flat[:, LOOK_AT_LINES // 5 : -LOOK_AT_LINES // 5].sum(axis=1)
    return float(np.square(np.diff(rows)).sum())


def _unrolled(flat: Field) -> Field:
    """Angle (rows, clockwise from the top, TURNS of them) by radius (columns)."""
    half = flat.shape[0] / 2
    polar = cv2.warpPolar(flat, (RADII, TURNS), (half - 0.5, half - 0.5), half, cv2.WARP_POLAR_LINEAR)
    return np.asarray(np.roll(polar, TURNS // 4, axis=0), np.float32)


def _band(unrolled: Field, band: tuple[float, float]) -> Profile:
    low, high = (round(share * RADII) for share in band)
    return np.asarray(unrolled[:, low:high].mean(axis=1), dtype=np.float64)


def _star_phase(profile: Profile) -> float:
    """Where the star's tips point, -36..36 degrees from the top, by the fifth harmonic."""
    angle = 2 * np.pi * np.arange(TURNS) / TURNS
    phase = np.angle(np.sum(profile * np.exp(5j * angle)))
    return float(np.degrees(phase) / 5)


def _middle_of_name(profile: Profile) -> tuple[float, bool]:
    """Where the name's arc has its middle (degrees from the top), and whether it has one clearly."""
    angle = 2 * np.pi * np.arange(TURNS) / TURNS
    inked = np.sqrt(profile)
    pull = np.sum(inked * np.exp(1j * angle))
    return float(np.degrees(np.angle(pull))), bool(abs(pull) > 0.07 * inked.sum() > 0)


def _signed(degrees: float) -> float:
    """-180..180."""
    return float((degrees + 180) % 360 - 180)

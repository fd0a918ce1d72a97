"""Text along a curve: how a name is cut into glyphs, condensed until it fits, and placed on an ellipse."""

from __future__ import annotations

import unicodedata
from collections.abc import Callable, Sequence
from dataclasses import dataclass

import numpy as np

from signing.seals.typeface import Typeface

LEGIBLE_CONDENSED = 0.42
"""Narrower than this, a glyph is not read any more."""
COMFORTABLE_CONDENSED = 0.66
BRACKET_CELL = 0.55
"""A full-width bracket or dot takes about half a cell on a seal."""


@dataclass(frozen=True, slots=True)
class Sign:
    """One glyph of a line: `width` in ems before condensing, and the gap behind it, `least` to `most` in ems."""

    text: str
    width: float
    least: float
    most: float


@dataclass(frozen=True, slots=True)
class Fit:
    """`height` of the em in mm, the width factor of all glyphs, and each sign's middle along the line in mm."""

    height: float
    condensed: float
    middles: tuple[float, ...]


@dataclass(frozen=True, slots=True)
class Place:
    """A point on the curve in mm from its middle, and the clockwise turn of what stands there, in degrees."""

    x: float
    y: float
    turn: float


def is_ideograph(char: str) -> bool:
    """Whether `char` takes a whole square cell."""
    return unicodedata.east_asian_width(char) in "WF"


def is_ideographic(text: str) -> bool:
    """Whether `text` is written in cells, not in words."""
    return any(is_ideograph(char) and unicodedata.category(char) == "Lo" for char in text)


def signs(text: str, face: Typeface) -> list[Sign]:
    """Cells for ideographs, kerned letters for the rest, each with the gap it wants."""
    spaced = is_ideographic(text)
    line: list[Sign] = []
    for at, char in enumerate(text):
        if is_ideograph(char):
            narrow = unicodedata.category(char)[0] == "P"
            line.append(Sign(char, BRACKET_CELL if narrow else 1.0, 0.06, 1.1))
        else:
            line.append(_letter(text, at, face, spaced))
    return line


def _letter(text: str, at: int, face: Typeface, spaced: bool) -> Sign:
    """A letter as wide as it advances; its kerning with the next one lies in the gap."""
    char, pair = text[at], text[at : at + 2]
    own = face.width(char)
    kern = face.width(pair) - own - face.width(pair[1]) if len(pair) == 2 and not spaced else 0.0
    return Sign(char, own, kern + 0.02, kern + (0.3 if spaced else 0.12))


def fit(line: Sequence[Sign], length: Callable[[float], float], heights: Sequence[float]) -> Fit | None:
    """The largest of `heights` (falling, mm) at which `line` fits into the `length` there is at that height.

    First with comfortably wide glyphs, then with just legible ones; None if even that is too much.
    """
    for floor in (COMFORTABLE_CONDENSED, LEGIBLE_CONDENSED):
        for height in heights:
            condensed = _condense(line, length(height) / height)
            if condensed >= floor:
                return Fit(height, condensed, _middles(line, length(height), height, condensed))
    return None


def _condense(line: Sequence[Sign], ems: float) -> float:
    glyphs = sum(sign.width for sign in line)
    gaps = sum(sign.least for sign in line[:-1])
    return min(1.0, (ems - gaps) / glyphs)


def _middles(line: Sequence[Sign], length: float, height: float, condensed: float) -> tuple[float, ...]:
    """Where each sign's middle lies, 0 being the middle of the line; the gaps take what is left, evenly."""
    glyphs = sum(sign.width for sign in line) * condensed
    least, most = (sum(getattr(sign, which) for sign in line[:-1]) for which in ("least", "most"))
    stretch = min(1.0, (length / height - glyphs - least) / (most - least)) if most > least else 0.0
    at, middles = 0.0, []
    for sign in line:
        width = sign.width * condensed
        middles.append(at + width / 2)
        at += width + sign.least + stretch * (sign.most - sign.least)
    total = middles[-1] + line[-1].width * condensed / 2
    return tuple((middle - total / 2) * height for middle in middles)


def along_ellipse(a: float, b: float, offsets: Sequence[float], *, below: bool = False) -> list[Place]:
    """Places at `offsets` mm along an ellipse of half-axes `a`, `b`, 0 at the top and on to the right.

    With `below`, 0 is at the bottom, on to the right, and things stand with their heads to the middle.
    """
    angle = np.linspace(-np.pi, np.pi, 8001)
    steps = np.hypot(np.diff(a * np.sin(angle)), np.diff(b * np.cos(angle)))
    way = np.concatenate(([0.0], np.cumsum(steps)))
    found = np.interp(np.asarray(offsets) + way[-1] / 2, way, angle)
    turns = np.degrees(np.arctan2(b * np.sin(found), a * np.cos(found)))
    if below:
        return [
            Place(a * float(np.sin(t)), -b * float(np.cos(t)), -float(d))
            for t, d in zip(found, turns, strict=True)
        ]
    return [
        Place(a * float(np.sin(t)), b * float(np.cos(t)), float(d)) for t, d in zip(found, turns, strict=True)
    ]


def ellipse_length(a: float, b: float) -> float:
    """The way once around, in the unit of `a` and `b`."""
    angle = np.linspace(0, 2 * np.pi, 8001)
    return float(np.hypot(np.diff(a * np.sin(angle)), np.diff(b * np.cos(angle))).sum())

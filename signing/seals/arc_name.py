"""The company's name along the edge of its seal."""

from __future__ import annotations

from collections.abc import Sequence

from signing.seals.arc import (
    Fit,
    Place,
    Sign,
    along_ellipse,
    ellipse_length,
    fit,
    is_ideographic,
    signs,
)
from signing.seals.errors import NameTooLong, NameTooShort
from signing.seals.plate import Plate
from signing.seals.typeface import Typeface

LEAST_CHARACTERS = 4
MOST_IDEOGRAPHS, MOST_LETTERS = 40, 80
STROKE = 0.045
"""How far, in mm, a cut glyph is bolder than the printed one, on each side."""


def set_name(
    plate: Plate, name: str, face: Typeface, edge: tuple[float, float], degrees: tuple[float, float]
) -> None:
    """Set `name` inside the ellipse of half-axes `edge` (mm), which its heads touch.

    A common name reaches around `degrees[0]`, a long one up to `degrees[1]`. Raises NameTooShort, NameTooLong.
    """
    _check_length(name)
    line = signs(name, face)
    ems = sum(sign.width for sign in line)
    reach = min(degrees[1], degrees[0] + 4 * max(0.0, ems - 15)) / 360
    fitted = fit(line, lambda height: reach * ellipse_length(*_feet(edge, height)), _heights(name, edge[1]))
    if fitted is None:
        raise NameTooLong(at_most=_most(name), length=len(name))
    at = _feet(edge, fitted.height)
    middle = (edge[0] - fitted.height / 2, edge[1] - fitted.height / 2)
    spread = ellipse_length(*middle) / ellipse_length(*at)
    stamp_line(plate, line, fitted, face, along_ellipse(*middle, [x * spread for x in fitted.middles]))


def stamp_line(
    plate: Plate, line: Sequence[Sign], fitted: Fit, face: Typeface, places: Sequence[Place]
) -> None:
    """Stamp each sign of `line` at its place, condensed and tall as `fitted` says."""
    pixels = round(fitted.height * plate.scale)
    for sign, place in zip(line, places, strict=True):
        if sign.text == " ":
            continue
        glyph = face.glyph(sign.text, pixels, stroke=STROKE * plate.scale, cell=sign.width)
        width = glyph.width / pixels * fitted.height * fitted.condensed
        plate.stamp(glyph, place.x, place.y, width, fitted.height, place.turn)


def _feet(edge: tuple[float, float], height: float) -> tuple[float, float]:
    """Where the glyphs stand closest, three quarters down from their heads."""
    return edge[0] - 0.75 * height, edge[1] - 0.75 * height


def _heights(name: str, radius: float) -> list[float]:
    """Em heights in mm, falling: ideographs about a quarter of the radius, letters a little more than their capitals."""
    tall, low = (0.28, 0.145) if is_ideographic(name) else (0.26, 0.12)
    return [radius * (tall - (tall - low) * k / 15) for k in range(16)]


def _most(name: str) -> int:
    return MOST_IDEOGRAPHS if is_ideographic(name) else MOST_LETTERS


def _check_length(name: str) -> None:
    if len(name) < LEAST_CHARACTERS:
        raise NameTooShort(at_least=LEAST_CHARACTERS, length=len(name))
    if len(name) > _most(name):
        raise NameTooLong(at_most=_most(name), length=len(name))

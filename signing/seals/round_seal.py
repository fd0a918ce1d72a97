"""The round company seal: ring, name on the arc, star, a text under it, a code on the lower arc."""

from __future__ import annotations

import math
import re

from signing.seals.arc import Fit, Sign, along_ellipse
from signing.seals.arc_name import set_name, stamp_line
from signing.seals.catalogue import Form
from signing.seals.errors import BadNumber
from signing.seals.plate import Plate, Point
from signing.seals.straight import set_straight
from signing.seals.typeface import Typeface

RING = 1.2
EDGE_GAP = 0.7
STAR = 1 / 3
CODE_HEIGHT, CODE_PITCH = 1.9, 1.5
"""The code's em and the way from digit to digit, in mm."""


def draw_round(form: Form, name: str, text: str, number: str, face: Typeface, digits: Typeface) -> Plate:
    """Raises NameTooShort, NameTooLong, TextTooLong, BadNumber."""
    if number and not re.fullmatch(r"[0-9]{13}", number):
        raise BadNumber(expects="13 digits")
    radius = form.width / 2
    plate = Plate(form.width, form.height)
    plate.ring(radius, radius, RING)
    plate.polygon(_star(radius * STAR))
    edge = radius - RING - EDGE_GAP
    set_name(plate, name, face, (edge, edge), (240 if text else 258, 282 if number else 300))
    if text:
        set_straight(plate, text, face, -radius * 0.53, radius * 0.8, (3.8, 3.4, 3.0, 2.6))
    if number:
        _set_code(plate, number, digits, edge + 0.3 - CODE_HEIGHT / 2)
    return plate


def _star(radius: float) -> list[Point]:
    """A regular five-pointed star, one point up."""
    inner = radius * math.sin(math.radians(18)) / math.sin(math.radians(54))
    rays = [(radius if k % 2 == 0 else inner, math.radians(36 * k)) for k in range(10)]
    return [(r * math.sin(t), r * math.cos(t)) for r, t in rays]


def _set_code(plate: Plate, number: str, digits: Typeface, radius: float) -> None:
    line = [Sign(digit, digits.width(digit), 0, 0) for digit in number]
    middles = tuple((k - (len(number) - 1) / 2) * CODE_PITCH for k in range(len(number)))
    places = along_ellipse(radius, radius, middles, below=True)
    stamp_line(plate, line, Fit(CODE_HEIGHT, 1.0, middles), digits, places)

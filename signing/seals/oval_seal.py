"""The oval invoice seal: name on the upper arc, tax number across, 发票专用章 below.

Heights and widths after the State Taxation Administration's announcement 2011/7: edge 1 mm, text 4.6 x 3 mm,
number 3.7 x 1.3 mm, name 4.2 mm high and as wide as there is room.
"""

from __future__ import annotations

import re

from signing.seals.arc import Fit, Place, Sign
from signing.seals.arc_name import set_name, stamp_line
from signing.seals.catalogue import Form
from signing.seals.errors import BadNumber
from signing.seals.plate import Plate
from signing.seals.straight import set_straight
from signing.seals.typeface import Typeface

EDGE = 1.0
EDGE_GAP = 0.7
DIGIT_HEIGHT, DIGIT_WIDTH = 3.7, 1.3
DIGIT_IN_EM = 0.73
"""How much of the em a digit fills in height."""


def draw_oval(form: Form, name: str, text: str, number: str, face: Typeface, digits: Typeface) -> Plate:
    """Raises NameTooShort, NameTooLong, TextTooLong, BadNumber."""
    if not re.fullmatch(r"[0-9A-Z]{15,20}", number):
        raise BadNumber(expects="15 to 20 digits and capitals")
    a, b = form.width / 2, form.height / 2
    plate = Plate(form.width, form.height)
    plate.ring(a, b, EDGE)
    set_name(plate, name, face, (a - EDGE - EDGE_GAP, b - EDGE - EDGE_GAP), (172, 212))
    _set_number(plate, number, digits)
    if text:
        set_straight(plate, text, face, -b * 0.5, a * 1.0, (4.6, 4.0, 3.4, 2.8))
    return plate


def _set_number(plate: Plate, number: str, digits: Typeface) -> None:
    height = DIGIT_HEIGHT / DIGIT_IN_EM
    line = [Sign(char, digits.width(char), 0, 0) for char in number]
    pitch = min(DIGIT_WIDTH + 0.15, (plate.width - 11) / len(number))
    middles = tuple((k - (len(number) - 1) / 2) * pitch for k in range(len(number)))
    condensed = pitch * 0.96 / (digits.width("0") * height)
    stamp_line(plate, line, Fit(height, condensed, middles), digits, [Place(x, -0.4, 0) for x in middles])

"""A signature set in type: a person's name, leaning as if written, as wide as the name is."""

from __future__ import annotations

from signing.seals.arc import is_ideographic
from signing.seals.catalogue import Form
from signing.seals.errors import NameTooLong
from signing.seals.plate import Plate
from signing.seals.typeface import Typeface

EM = 8.5
"""Height of the em in mm."""
LEAN = 0.2
"""Shift to the right per height: about 11 degrees."""
MOST_IDEOGRAPHS, MOST_LETTERS = 20, 48


def draw_signature(form: Form, name: str, face: Typeface) -> Plate:
    """`form.height` mm high, at most 1.5 times `form.width` wide. Raises NameTooLong."""
    most = MOST_IDEOGRAPHS if is_ideographic(name) else MOST_LETTERS
    if len(name) > most:
        raise NameTooLong(at_most=most, length=len(name))
    em = min(EM, 1.5 * form.width / (face.width(name) + 0.6))
    plate = Plate(round(face.width(name) * em + 0.6 * em, 1), form.height)
    glyph = face.glyph(name, round(em * plate.scale), stroke=0.06 * plate.scale)
    plate.stamp(glyph, 0, 0, glyph.width / plate.scale, em)
    plate.shear(LEAN)
    return plate

"""Seals made online: a kind, a name, perhaps a text and a number; out comes a picture of real size."""

from __future__ import annotations

import unicodedata
from pathlib import Path

from signing.seals.catalogue import Ink, SealKind, form
from signing.seals.errors import NameEmpty
from signing.seals.oval_seal import draw_oval
from signing.seals.plate import Plate, SealPicture
from signing.seals.round_seal import draw_round
from signing.seals.square_seal import draw_square
from signing.seals.type_signature import draw_signature
from signing.seals.typeface import Typeface, sans, serif


def draw(
    kind: SealKind | str,
    name: str,
    text: str | None = None,
    number: str | None = None,
    font: Path | str | None = None,
    *,
    ink: Ink | None = None,
    inverse: bool = False,
) -> SealPicture:
    """Draw a seal of `kind` for the certified `name` at 600 dpi; the same call gives the same bytes.

    `text` is the horizontal text (None: the kind's own, "": none), on a square seal what follows the name (印, 之印).
    `number` is the 13-digit code on the lower arc of a round seal, the tax number of an invoice seal.
    `font` is a font file instead of Noto Serif SC. `inverse` makes a square seal white on red.

    Raises UnknownKind, NameEmpty, NameTooShort, NameTooLong, TextTooLong, BadNumber, MissingGlyph, BadFont.
    """
    shape = form(kind)
    name, number = _clean(name), _clean(number or "")
    if not name:
        raise NameEmpty()
    text = None if text is None else _clean(text)
    face = Typeface(font) if font else serif()
    digits = Typeface(font) if font else sans()
    face.require(name + (text or ""))
    digits.require(number)
    plate: Plate
    match shape.shape:
        case "round":
            plate = draw_round(shape, name, shape.text if text is None else text, number, face, digits)
        case "oval":
            plate = draw_oval(shape, name, shape.text if text is None else text, number, face, digits)
        case "square":
            plate = draw_square(shape, name, text, face, inverse=inverse)
        case "free":
            plate = draw_signature(shape, name, face)
    return plate.picture(ink or shape.ink)


def _clean(text: str) -> str:
    return " ".join(unicodedata.normalize("NFC", text).split())

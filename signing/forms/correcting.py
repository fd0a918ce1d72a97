"""Describing a field anew in a few words: its number or name, then what a file would say behind strokes."""

from __future__ import annotations

import re
from dataclasses import dataclass

from signing.errors import SigningError
from signing.forms.field import Field
from signing.forms.forms import Form
from signing.forms.tag import described_by
from signing.identity.elements import normalized


class NotACorrection(SigningError):
    """No field is named, or what is said of it is not understood."""

    code = "form.correction"


@dataclass(frozen=True, slots=True)
class Correction:
    """A field as it shall be."""

    field: Field


def read_correction(form: Form, text: str) -> Correction:
    """ "3 money", "3 乙方, 选填", "价款: 金额". Raises NotACorrection."""
    plain = normalized(text)
    field, rest = _named(form, plain)
    options = [option.strip() for option in re.split(r"[|,;，；]", rest) if option.strip()]
    if not options:
        raise NotACorrection
    for option in [rest] if ":" in rest else options:
        described = described_by(field, option)
        if described is None or (described.role and described.role not in form.sheet.roles):
            raise NotACorrection
        field = described
    return Correction(field)


def _named(form: Form, plain: str) -> tuple[Field, str]:
    if found := re.match(r"(\d{1,3})[\s.、:]*(.*)$", plain):
        number = int(found[1])
        if 1 <= number <= len(form.sheet.fields):
            return form.sheet.fields[number - 1], found[2]
    for field in sorted(form.sheet.fields, key=lambda each: -len(each.label)):
        if plain.casefold().startswith(normalized(field.label).casefold()):
            return field, plain[len(normalized(field.label)) :].lstrip(" :")
    raise NotACorrection

"""What can be wrong with a form, and with what is filled into it."""

from __future__ import annotations

from signing.documents.errors import Refused
from signing.errors import SigningError


class NotAField(Refused):
    """Between the braces stands something else than a field. `details`: `tag`."""

    code = "form.not-a-field"


class TooManyFields(Refused):
    """`details`: `fields`, `limit`."""

    code = "form.too-many-fields"


class FieldTwice(Refused):
    """The same field is described in two ways. `details`: `label`."""

    code = "form.field-twice"


class NoSuchForm(SigningError):
    """There is no such form, or not for this person."""

    code = "form.none"


class FormRetired(SigningError):
    """The form is not used any more. `details`: `name`."""

    code = "form.retired"


class NotFilledIn(SigningError):
    """Something required is not filled in. `details`: `labels`."""

    code = "form.not-filled-in"


class NotMoney(SigningError):
    """Not an amount of money of at most two decimals. `details`: `label`."""

    code = "form.money"


class NotADay(SigningError):
    """Not a date. `details`: `label`."""

    code = "form.date"


class NotAChoice(SigningError):
    """None of the choices. `details`: `label`, `choices`."""

    code = "form.choice"


class ValueTooLong(SigningError):
    """`details`: `label`, `limit`."""

    code = "form.too-long"


class NothingToFill(SigningError):
    """No line of the text belongs to a field."""

    code = "form.nothing"


class NotATable(Refused):
    """No table with a head and at least one row: .xlsx or .csv."""

    code = "form.not-a-table"


class TableTooLarge(Refused):
    """`details`: `limit` (rows)."""

    code = "form.table-too-large"


class NoSuchColumns(SigningError):
    """A table lacks columns that are needed. `details`: `labels`."""

    code = "form.columns"

"""What can be wrong with a seal, a word each. `details` says what a template needs to give advice."""

from __future__ import annotations

from typing import ClassVar

from signing.errors import SigningError


class SealError(SigningError):
    """A seal cannot be drawn, read or trusted."""

    code: ClassVar[str] = "seal.refused"


class UnknownKind(SealError):
    """`kind` is none of the catalogue's; details: `kind`."""

    code = "seal.unknown-kind"


class MissingGlyph(SealError):
    """The font cannot write these; details: `characters` (those that cannot be seen as `U+202E`)."""

    code = "seal.missing-glyph"


class BadFont(SealError):
    """The font file is not there or is not a font."""

    code = "seal.bad-font"


class NameEmpty(SealError):
    """There is no name to put on the seal."""

    code = "seal.name-empty"


class NameTooShort(SealError):
    """Fewer characters than such a seal bears; details: `at_least`, `length`."""

    code = "seal.name-too-short"


class NameTooLong(SealError):
    """The name does not fit legibly; details: `at_most` (characters), `length`."""

    code = "seal.name-too-long"


class TextTooLong(SealError):
    """The horizontal text does not fit; details: `at_most` (characters), `length`."""

    code = "seal.text-too-long"


class BadNumber(SealError):
    """The code or tax number has a wrong shape or does not belong here; details: `expects`."""

    code = "seal.bad-number"

"""Texts that a signer leaves on a page: filled-in fields, and the caption under a seal."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from signing.pdf.errors import TextTooLong
from signing.pdf.typeface import Embedded, Typeface

LEADING = 1.25
SMALLEST = 5.0
CAPTION_SIZE = 6.5
ASCENT = 0.88
MARGIN = 1.5
"""Points between a field's edge and its letters."""


@dataclass(frozen=True, slots=True)
class Lines:
    """Lines of one size (points) that fit where they are to stand."""

    texts: tuple[str, ...]
    size: float

    @property
    def height(self) -> float:
        return len(self.texts) * self.size * LEADING


def fitted(
    typeface: Typeface, text: str, size: float, width: float, height: float, *, multiline: bool
) -> Lines:
    """The text at the asked size, or smaller where it does not fit. Raises TextTooLong."""
    while size >= SMALLEST:
        texts = typeface.lines(text, size, width - 2 * MARGIN) if multiline else [" ".join(text.split())]
        lines = Lines(tuple(texts), size)
        widest = max(typeface.width(each, size) for each in texts)
        if widest <= width - 2 * MARGIN and (lines.height <= height or len(texts) == 1):
            return lines
        size -= 0.5
    raise TextTooLong(letters=len(text))


def caption(typeface: Typeface, texts: Sequence[str], width: float) -> Lines:
    """The lines under a seal, all of one size. Raises TextTooLong."""
    size = CAPTION_SIZE
    while max(typeface.width(each, size) for each in texts) > width:
        size -= 0.25
        if size < SMALLEST / 2:
            raise TextTooLong(letters=max(map(len, texts)))
    return Lines(tuple(texts), size)


def drawn(lines: Lines, font: Embedded, top: float, left: float = MARGIN, width: float = 0.0) -> bytes:
    """The content that shows the lines from `top` (points) downwards; with a width, centred in it."""
    parts = [b"0 g BT /Text %.2f Tf" % lines.size]
    for number, text in enumerate(lines.texts):
        slack = (width - font.typeface.width(text, lines.size)) / 2 if width else 0.0
        baseline = top - (number * LEADING + ASCENT) * lines.size
        parts.append(b"1 0 0 1 %.2f %.2f Tm %s" % (left + slack, baseline, font.show(text)))
    return b"\n".join([*parts, b"ET"])

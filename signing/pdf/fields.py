"""What is planned on a document: each party's signature field, further places, straddle slices and texts."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from signing.pdf.errors import BadFieldName
from signing.pdf.objects import Box

POINTS_PER_MM = 72 / 25.4
MULTILINE = 1 << 12
SLICE = "/SealbotSlice"
"""A widget's entry for which slice of a straddle seal it shows: number and count."""
STRADDLE_PAGES = 20
"""As many pages as one straddle seal is cut across; with more, every so many pages take a seal of their own."""


@dataclass(frozen=True, slots=True)
class Place:
    """A place on a page (0-based). `room_mm` widens the box around its middle to hold a seal of that size.

    `slice` is (number, count) of a straddle slice: which part of the seal, from the left, stands here.
    """

    page: int
    box: Box
    room_mm: float = 0.0
    slice: tuple[int, int] = (0, 1)


@dataclass(frozen=True, slots=True)
class Straddle:
    """A seal cut across the right edges of pages (0-based), its middle at `height` (0 foot to 1 head).

    `room_mm` is the largest seal that fits.
    """

    pages: Sequence[int]
    room_mm: float = 45.0
    height: float = 0.5


@dataclass(frozen=True, slots=True)
class TextField:
    """A line or a box that the party fills in when it signs (a date, a text); size in points."""

    name: str
    page: int
    box: Box
    size: float = 10.5
    multiline: bool = False


@dataclass(frozen=True, slots=True)
class FootMark:
    """A QR code of an address, with a line or two beside it, put on a page (0-based) before anybody signs.

    The code is as high as the box, which must be wider than high.
    """

    page: int
    box: Box
    address: str
    lines: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class SignatureField:
    """All that one party leaves on the document; everything but the signature itself may be absent.

    Without a box the signature is invisible. `also` are further places for the same seal; `caption_lines`
    keeps room below the box for so many lines that the signature may bring along.
    """

    name: str
    page: int = 0
    box: Box | None = None
    room_mm: float = 0.0
    caption_lines: int = 0
    also: tuple[Place, ...] = ()
    straddle: Straddle | None = None
    texts: tuple[TextField, ...] = ()

    def __post_init__(self) -> None:
        for name in (self.name, *(field.name for field in self.texts)):
            if not name or "." in name:
                raise BadFieldName(name=name)

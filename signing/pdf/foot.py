"""The mark at a page's foot that leads to the contract: a QR code, and words beside it."""

# mypy: allow-untyped-calls
from __future__ import annotations

from collections.abc import Iterator

import segno
from pyhanko.pdf_utils import generic

from signing.pdf.appearance import show, turn, widget_size
from signing.pdf.fields import FootMark
from signing.pdf.lettering import LEADING, drawn, fitted
from signing.pdf.revision import Revision
from signing.pdf.typeface import default_typeface

QUIET = 2
"""Modules left white around the code; the paper gives the rest."""
SIZE = 7.0
GAP = 3.0


def draw_foot(revision: Revision, widget: generic.DictionaryObject, mark: FootMark) -> None:
    """Give a widget the code as its looks: upright, at its left, as high as the widget. Raises TextTooLong."""
    width, height = widget_size(widget, turn(widget))
    font = default_typeface().embed(revision, mark.lines)
    room = width - height - GAP
    lines = fitted(
        font.typeface,
        "\n".join(mark.lines),
        min(SIZE, height / LEADING / len(mark.lines)),
        room,
        height,
        multiline=True,
    )
    words = drawn(lines, font, (height + lines.height) / 2, left=height + GAP)
    content = b"\n".join([*code(mark.address, height), words])
    show(revision, widget, (width, height), turn(widget), content, {"/Font": {"/Text": font.font}})


def code(address: str, side: float) -> Iterator[bytes]:
    """The operators that draw an address as a QR code of `side` points, black on white."""
    matrix = segno.make_qr(address, error="m").matrix
    module = side / (len(matrix) + 2 * QUIET)
    yield b"q 1 g 0 0 %.3f %.3f re f 0 g" % (side, side)
    for row, modules in enumerate(matrix, start=1):
        y = side - (QUIET + row) * module
        for start, length in _runs(modules):
            yield b"%.3f %.3f %.3f %.3f re" % ((QUIET + start) * module, y, length * module, module)
    yield b"f Q"


def _runs(modules: bytearray) -> Iterator[tuple[int, int]]:
    """Where dark modules stand side by side: first one, and how many."""
    start = 0
    while (start := modules.find(1, start)) >= 0:
        end = modules.find(0, start)
        end = len(modules) if end < 0 else end
        yield start, end - start
        start = end

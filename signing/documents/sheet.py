"""The child's side of the area editor: one page with its places and a grid, and what the places cover."""

from __future__ import annotations

from typing import Any

import pypdfium2

from signing.documents.drawing import Drawer, answer, page_views
from signing.documents.geometry import Box, overlap
from signing.documents.lines import PageText, Piece, read_page


def draw_sheet(payload: bytes, args: dict[str, Any]) -> tuple[dict[str, Any], bytes]:
    """Child function: `args` as of `preview.render_sheet`; answers as `draw_pages`, with `covering`."""
    views, number = page_views(payload), args["page"]
    with pypdfium2.PdfDocument(payload) as document:
        document.init_forms()
        drawer = Drawer(document, views, args["marks"])
        told, blob = answer([drawer.page(number, args["dpi"], args["grid"])])
        text = read_page(document[number], number, views[number])
    shares = [_covered(text, views[number].to_display(tuple(box)), words) for box, words in args["areas"]]
    return {**told, "covering": shares}, blob


def _covered(text: PageText, box: Box, words: str) -> float:
    """The share of a displayed box that lies on words other than those that ask for it."""
    extent = (box[2] - box[0]) * (box[3] - box[1])
    printed = [piece for piece in text.pieces if piece.shown != words and not piece.blank]
    return sum(overlap(box, _ink(piece)) for piece in printed) / extent if extent else 0.0


def _ink(piece: Piece) -> Box:
    """Where the letters are: lines have air above and below."""
    x0, y0, x1, y1 = piece.box
    return x0, y0 + 0.15 * piece.height, x1, y1 - 0.15 * piece.height

"""The pages of a PDF: their objects, visible boxes and rotation."""

# mypy: allow-untyped-calls
from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from pyhanko.pdf_utils import generic
from pyhanko.pdf_utils.rw_common import PdfHandler

from signing.pdf.errors import PdfUnreadable
from signing.pdf.objects import Box, entry
from signing.pdf.revision import readable

DEEPEST_TREE = 64
A4: Box = (0.0, 0.0, 595.276, 841.89)


@dataclass(frozen=True, slots=True)
class Page:
    """A page: its object, its visible box in points, and by how many degrees it is turned clockwise to be read."""

    object: generic.IndirectObject
    box: Box
    rotation: int


def pages(handler: PdfHandler) -> list[Page]:
    """All pages in order. Raises PdfUnreadable."""
    with readable():
        return list(_walk(handler.root.raw_get("/Pages"), A4, None, 0, 0))


def _walk(
    node: generic.IndirectObject, media: Box, crop: Box | None, rotation: int, depth: int
) -> Iterator[Page]:
    if depth > DEEPEST_TREE:
        raise PdfUnreadable
    values = node.get_object()
    media = _box(values["/MediaBox"]) if "/MediaBox" in values else media
    crop = _box(values["/CropBox"]) if "/CropBox" in values else crop
    rotation = int(entry(values, "/Rotate", rotation))
    if "/Kids" not in values:
        yield Page(node, _visible(media, crop), rotation % 360 // 90 * 90)
        return
    for kid in values["/Kids"]:
        yield from _walk(kid, media, crop, rotation, depth + 1)


def _box(values: generic.ArrayObject) -> Box:
    x0, y0, x1, y1 = (float(each.get_object()) for each in values)
    return min(x0, x1), min(y0, y1), max(x0, x1), max(y0, y1)


def _visible(media: Box, crop: Box | None) -> Box:
    if crop is None:
        return media
    x0, y0, x1, y1 = (
        max(media[0], crop[0]),
        max(media[1], crop[1]),
        min(media[2], crop[2]),
        min(media[3], crop[3]),
    )
    return (x0, y0, x1, y1) if x0 < x1 and y0 < y1 else media

"""The visible box, rotation and unit of a page, read as viewers read them, whatever the file says."""

from __future__ import annotations

import math
from typing import Any

import pikepdf

from signing.documents.geometry import Box, PageView

LETTER: Box = (0.0, 0.0, 612.0, 792.0)
"""What viewers take where a file gives no box."""
DEPTH = 32


def view_of(page: pikepdf.Page) -> PageView:
    """How the page is displayed: the part of the CropBox within the MediaBox, both inherited where need be."""
    media = media_box(page)
    crop = common(_box(_attribute(page, "/CropBox")) or media, media) or media
    rotate = round(_number(_attribute(page, "/Rotate")) / 90) * 90 % 360
    unit = _number(page.obj.get("/UserUnit")) or 1.0
    return PageView(crop, rotate, min(max(unit, 0.01), 1000.0))


def media_box(page: pikepdf.Page) -> Box:
    """The MediaBox, with its corners in order."""
    return _box(_attribute(page, "/MediaBox")) or LETTER


def common(a: Box, b: Box) -> Box | None:
    """The box that two boxes share."""
    box = (max(a[0], b[0]), max(a[1], b[1]), min(a[2], b[2]), min(a[3], b[3]))
    return box if box[0] < box[2] and box[1] < box[3] else None


def _attribute(page: pikepdf.Page, key: str) -> Any:
    node: Any = page.obj
    for _ in range(DEPTH):
        if not isinstance(node, pikepdf.Dictionary) or key in node:
            break
        node = node.get("/Parent")
    return node.get(key) if isinstance(node, pikepdf.Dictionary) else None


def _box(value: Any) -> Box | None:
    if not isinstance(value, pikepdf.Array) or len(value) != 4:
        return None
    a, b, c, d = (_number(edge) for edge in value)
    box = (min(a, c), min(b, d), max(a, c), max(b, d))
    return box if box[0] < box[2] and box[1] < box[3] else None


def _number(value: Any) -> float:
    try:
        number = float(value)
    except (TypeError, ValueError):
        return 0.0
    return number if math.isfinite(number) and abs(number) < 1e7 else 0.0

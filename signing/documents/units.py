"""Pages in points. Most programs overlook a page's UserUnit (ISO 32000-1, 8.3.2.3), so that one paper would have two
sizes, and a seal on it too: what comes in is made as large as it says, and says it no more."""

from __future__ import annotations

from copy import copy

import pikepdf
from pikepdf import Array, Dictionary, Matrix, Name

from signing.documents.boxes import media_box, view_of


def put_in_points(page: pikepdf.Page) -> None:
    """Make one unit of the page's user space one point, with what stands on it as large as it was meant."""
    unit = view_of(page).unit
    if unit == 1.0:
        return
    boxes = {Name.MediaBox: media_box(page), Name.CropBox: view_of(page).crop}
    for name, box in boxes.items():
        page.obj[name] = Array([edge * unit for edge in box])
    _scale_patterns(page, unit)
    page.contents_add(f"q {unit:.6f} 0 0 {unit:.6f} 0 0 cm".encode(), prepend=True)
    page.contents_add(b"Q")
    del page.obj.UserUnit


def _scale_patterns(page: pikepdf.Page, unit: float) -> None:
    """A pattern lies on the page itself, whatever the content's matrix is (8.7.3.1). Others may share it: a copy is made."""
    patterns = page.resources.get(Name.Pattern)
    if patterns is None:
        return
    resources = copy(page.resources)
    resources.Pattern = Dictionary({name: _scaled(pattern, unit) for name, pattern in patterns.items()})
    page.obj.Resources = resources


def _scaled(pattern: pikepdf.Object, unit: float) -> pikepdf.Object:
    scaled = copy(pattern)
    own = pattern.get(Name.Matrix)
    matrix = Matrix(own) if own is not None else Matrix()
    scaled.Matrix = Array((matrix @ Matrix().scaled(unit, unit)).as_array())
    return scaled

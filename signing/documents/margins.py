"""Whether there is a free corner at a page's foot, for a mark of ours."""

from __future__ import annotations

import io
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

import pikepdf
import pypdfium2

from signing.documents.boxes import view_of
from signing.documents.child import Limits, Run, run_limited
from signing.documents.geometry import Box, PageView, overlap, points

LIMITS = Limits(seconds=30, cpu=20)
SIZE = (points(46), points(13))
EDGE = points(7)
DPI = 50
PAPER = 250
"""From so bright on a pixel is paper."""


@dataclass(frozen=True, slots=True)
class Corner:
    """A free box on a page (from 0), in its user space."""

    page: int
    box: Box


def free_foot(pdf: bytes, taken: Sequence[Box] = (), *, run: Run = run_limited) -> Corner | None:
    """A place of 46 by 13 mm at the last page's foot where nothing is printed and none of the boxes lies (user
    space); None where there is none. Raises Refused."""
    answer, _ = run("signing.documents.margins:look", pdf, {"taken": [list(box) for box in taken]}, LIMITS)
    if answer["box"] is None:
        return None
    x0, y0, x1, y1 = answer["box"]
    return Corner(int(answer["page"]), (x0, y0, x1, y1))


def look(payload: bytes, args: dict[str, Any]) -> tuple[dict[str, Any], bytes]:
    """Child function: `args` holds `taken`; {"page", "box"}, see `free_foot`."""
    with pypdfium2.PdfDocument(payload) as document, pikepdf.open(io.BytesIO(payload)) as pdf:
        number = len(document) - 1
        view = view_of(pdf.pages[number])
        picture = document[number].render(scale=DPI / 72 * view.unit, grayscale=True).to_pil()
    taken = [view.to_display(tuple(box)) for box in args["taken"]]
    for box in _corners(view):
        left, top, right, bottom = view.to_pixels(view.to_user(box), DPI)
        seen = picture.crop((int(left), int(top), round(right), round(bottom)))
        if seen.getextrema()[0] >= PAPER and not any(overlap(box, other) for other in taken):
            return {"page": number, "box": list(view.to_user(box))}, b""
    return {"page": number, "box": None}, b""


def _corners(view: PageView) -> list[Box]:
    """Displayed boxes, the best first: right, left, middle; none on a page that is too small."""
    width, height = SIZE
    spare = view.width - width - 2 * EDGE
    if spare < 0 or view.height < 4 * height:
        return []
    lefts = (EDGE + spare, EDGE, EDGE + spare / 2)
    return [(left, EDGE, left + width, EDGE + height) for left in lefts]

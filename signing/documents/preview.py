"""Pictures of a document's pages for chats: on white with a margin, places outlined and labelled."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import asdict, dataclass
from typing import Any

from signing.documents.child import Limits, Run, run_limited
from signing.documents.geometry import Box, PageView

LIMITS = Limits(seconds=60, cpu=45)
PER_SHEET = 6


@dataclass(frozen=True, slots=True)
class Mark:
    """A place to outline: `page` from 0, `box` in the page's user space, `label` as "1a".

    Marks with the same `hue` (any number; one a party) have the same colour. A `strong` one has a double line.
    """

    page: int
    box: Box
    label: str = ""
    hue: int = 0
    strong: bool = False


@dataclass(frozen=True, slots=True)
class Picture:
    """A picture file. `margin` is the width in pixels of the white edge around the page on it."""

    data: bytes
    mime: str
    width: int
    height: int
    margin: int


def page_count(pdf: bytes, *, run: Run = run_limited) -> int:
    """How many pages. Raises Refused."""
    return len(page_views(pdf, run=run))


def page_views(pdf: bytes, *, run: Run = run_limited) -> tuple[PageView, ...]:
    """How each page's user space is displayed. Raises Refused."""
    answer, _ = run("signing.documents.drawing:views", pdf, {}, LIMITS)
    return tuple(PageView.from_json(view) for view in answer["views"])


def render_page(
    pdf: bytes, page: int, dpi: int = 100, marks: Sequence[Mark] = (), *, run: Run = run_limited
) -> Picture:
    """One page (from 0), with its marks. Raises NoSuchPage and other Refused."""
    return render_pages(pdf, [page], dpi, marks, run=run)[0]


def render_pages(
    pdf: bytes,
    pages: Sequence[int],
    dpi: int = 100,
    marks: Sequence[Mark] = (),
    *,
    run: Run = run_limited,
    margin: bool = True,
) -> list[Picture]:
    """Several pages by one child, which is quicker than one by one. Raises NoSuchPage and other Refused."""
    told = [asdict(mark) for mark in marks]
    args = {"pages": list(pages), "dpi": dpi, "marks": told, "bare": not margin}
    return _pictures(*run("signing.documents.drawing:draw_pages", pdf, args, LIMITS))


def render_sheet(
    pdf: bytes,
    page: int,
    dpi: int,
    marks: Sequence[Mark],
    grid: tuple[int, int] | None,
    areas: Sequence[tuple[Box, str]],
    *,
    run: Run = run_limited,
) -> tuple[Picture, list[float]]:
    """One page (from 0) with its marks and, with `grid` (columns, rows), a lettered grid.

    Also, for each of `areas` on it (box in user space, the words it stands by), the share of it that covers other
    words, 0 to 1. Raises as `render_page`.
    """
    args = {"page": page, "dpi": dpi, "marks": [asdict(mark) for mark in marks], "grid": grid, "areas": areas}
    answer, blob = run("signing.documents.sheet:draw_sheet", pdf, args, LIMITS)
    return _pictures(answer, blob)[0], [float(share) for share in answer["covering"]]


def contact_sheet(
    pdf: bytes, pages: Sequence[int] | None = None, marks: Sequence[Mark] = (), *, run: Run = run_limited
) -> list[Picture]:
    """Six pages a picture, each with its number below; all pages where `pages` is None. Raises as `render_page`."""
    wanted = list(range(page_count(pdf, run=run))) if pages is None else list(pages)
    args = {"marks": [asdict(mark) for mark in marks]}
    sheets = [wanted[start : start + PER_SHEET] for start in range(0, len(wanted), PER_SHEET)]
    return _pictures(*run("signing.documents.drawing:draw_sheets", pdf, args | {"sheets": sheets}, LIMITS))


def _pictures(answer: dict[str, Any], blob: bytes) -> list[Picture]:
    pictures, start = [], 0
    for made in answer["pictures"]:
        end = start + int(made["bytes"])
        pictures.append(
            Picture(
                blob[start:end], made["mime"], int(made["width"]), int(made["height"]), int(made["margin"])
            )
        )
        start = end
    return pictures

"""The child's side of the previews: pages rendered by pdfium, marks drawn where the page is displayed."""

from __future__ import annotations

import io
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from typing import Any

import pikepdf
import pypdfium2
from PIL import Image

from signing.documents import errors
from signing.documents.boxes import view_of
from signing.documents.canvas import Canvas, canvas_for
from signing.documents.geometry import PageView
from signing.documents.reporting import report

Drawn = tuple[Canvas, int]
"""A picture and its margin in pixels."""

MARGIN_MM, LETTERED_MM = 2.5, 8.0
TEXT_INCHES = 0.17
SHEET_TEXT = 18
MOST_PIXELS = 30_000_000
GAP, COLUMNS = 24, 3
CELL = (424, 636)


def views(payload: bytes, args: dict[str, Any]) -> tuple[dict[str, Any], bytes]:
    """Child function: {"views"} of all pages."""
    return {"views": [view.as_json() for view in page_views(payload)]}, b""


def draw_pages(payload: bytes, args: dict[str, Any]) -> tuple[dict[str, Any], bytes]:
    """Child function: `args` holds `pages`, `dpi`, `marks`; {"pictures"} and the files behind each other."""
    with pypdfium2.PdfDocument(payload) as document:
        document.init_forms()
        drawer = Drawer(document, page_views(payload), args["marks"])
        bare = bool(args.get("bare"))
        return answer(drawer.page(number, args["dpi"], bare=bare) for number in args["pages"])


def draw_sheets(payload: bytes, args: dict[str, Any]) -> tuple[dict[str, Any], bytes]:
    """Child function: `args` holds `sheets` (lists of pages) and `marks`; answers as `draw_pages`."""
    with pypdfium2.PdfDocument(payload) as document:
        document.init_forms()
        drawer = Drawer(document, page_views(payload), args["marks"])
        return answer(_sheets(drawer, args["sheets"]))


def _sheets(drawer: Drawer, sheets: list[list[int]]) -> Iterator[Drawn]:
    """One after the other, with word of how far it has come."""
    done, pages = 0, sum(map(len, sheets))
    for sheet in sheets:
        report(done + 1, pages)
        yield drawer.sheet(sheet)
        done += len(sheet)


@dataclass(frozen=True, slots=True)
class Drawer:
    """Draws the pages of one open document. `marks` are `preview.Mark` as dictionaries."""

    document: pypdfium2.PdfDocument
    views: list[PageView]
    marks: list[dict[str, Any]]

    def page(
        self, number: int, dpi: float, grid: tuple[int, int] | None = None, *, bare: bool = False
    ) -> Drawn:
        """One page, the size that `dpi` makes of it, with a margin unless it is `bare`; with `grid` (columns, rows),
        lettered at the edges."""
        view = self._view(number)
        if view.width * view.height * (dpi / 72) ** 2 > MOST_PIXELS:
            raise errors.PageTooLarge(page=number + 1)
        margin = 0 if bare else round((LETTERED_MM if grid else MARGIN_MM) / 25.4 * dpi)
        canvas = canvas_for(self._render(number, dpi), margin, round(dpi * TEXT_INCHES))
        if grid:
            width, height = (round(size * dpi / 72) for size in (view.width, view.height))
            canvas.grid((margin, margin, margin + width, margin + height), *grid)
        self._draw_marks(canvas, number, dpi, margin, margin)
        return canvas, margin

    def sheet(self, pages: list[int]) -> Drawn:
        """Up to six pages in two rows, each with its number (from 1) below."""
        columns = min(COLUMNS, len(pages))
        rows = -(-len(pages) // COLUMNS)
        sheet = Image.new("RGBX", (columns * CELL[0] + GAP, rows * CELL[1] + GAP), "white")
        places = []
        for at, number in enumerate(pages):
            left, top = GAP + at % COLUMNS * CELL[0], GAP + at // COLUMNS * CELL[1]
            dpi = self._thumb_dpi(number)
            thumb = self._render(number, dpi)
            sheet.paste(thumb, (left, top))
            places.append((number, dpi, left, top, thumb.size))
        canvas = canvas_for(sheet, 0, SHEET_TEXT)
        for number, dpi, left, top, size in places:
            canvas.frame((left - 1, top - 1, left + size[0], top + size[1]))
            canvas.caption(str(number + 1), left + size[0] // 2, top + size[1] + 20)
            self._draw_marks(canvas, number, dpi, left, top)
        return canvas, 0

    def _thumb_dpi(self, number: int) -> float:
        view = self._view(number)
        return 72 * min((CELL[0] - GAP) / view.width, (CELL[1] - 60) / view.height)

    def _view(self, number: int) -> PageView:
        if not 0 <= number < len(self.views):
            raise errors.NoSuchPage(page=number, pages=len(self.views))
        return self.views[number]

    def _render(self, number: int, dpi: float) -> Image.Image:
        page = self.document[number]
        try:
            scale = dpi / 72 * self._view(number).unit
            picture: Image.Image = page.render(scale=scale, prefer_bgrx=True, rev_byteorder=True).to_pil()
            return picture
        finally:
            page.close()

    def _draw_marks(self, canvas: Canvas, number: int, dpi: float, left: int, top: int) -> None:
        for mark in self.marks:
            if mark["page"] == number:
                x0, y0, x1, y1 = self._view(number).to_pixels(tuple(mark["box"]), dpi)
                canvas.outline(
                    (left + x0, top + y0, left + x1, top + y1), mark["label"], mark["hue"], mark["strong"]
                )


def blank_page() -> bytes:
    """A PDF of one page with nothing on it but a letter."""
    with pikepdf.new() as pdf:
        page = pdf.add_blank_page()
        name = page.add_resource(
            pikepdf.Dictionary(
                Type=pikepdf.Name.Font, Subtype=pikepdf.Name.Type1, BaseFont=pikepdf.Name.Helvetica
            ),
            pikepdf.Name.Font,
        )
        page.contents_add(f"BT {name} 9 Tf 72 72 Td (.) Tj ET".encode())
        out = io.BytesIO()
        pdf.save(out)
        return out.getvalue()


def page_views(payload: bytes) -> list[PageView]:
    with pikepdf.open(io.BytesIO(payload), suppress_warnings=True) as pdf:
        return [view_of(page) for page in pdf.pages]


def answer(drawn: Iterable[Drawn]) -> tuple[dict[str, Any], bytes]:
    made = [(canvas.encode(), margin) for canvas, margin in drawn]
    told = [
        {
            "bytes": len(file.data),
            "mime": file.mime,
            "width": file.width,
            "height": file.height,
            "margin": margin,
        }
        for file, margin in made
    ]
    return {"pictures": told}, b"".join(file.data for file, _ in made)

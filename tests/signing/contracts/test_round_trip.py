"""A place stays where the picture showed it, however the page lies: turned, cropped, landscape, A3, in other units.

Checked by rendering: what is printed at the place's box comes out where the page showed the place.
"""

from __future__ import annotations

import io

import numpy as np
import pikepdf
from hypothesis import given, settings
from hypothesis import strategies as st
from PIL import Image

from signing.contracts.areas import SIZES_MM
from signing.contracts.grid import grid_of
from signing.documents.geometry import Box, PageView, centred, kept_on, points
from signing.documents.intake import inspect
from signing.documents.preview import Mark, render_pages
from signing.pdf.fields import SignatureField
from signing.pdf.prepare import prepare
from tests.here import here

SIZES = {
    "A4": (595.28, 841.89),
    "landscape": (841.89, 595.28),
    "A3": (841.89, 1190.55),
    "Letter": (612.0, 792.0),
}
DPI = 72


@st.composite
def papers(draw: st.DrawFn) -> bytes:
    """A PDF of one page that lies in some way or other."""
    width, height = SIZES[draw(st.sampled_from(sorted(SIZES)))]
    left, low = draw(st.sampled_from([(0, 0), (37.5, -12), (-100, 250)]))
    unit = draw(st.sampled_from([1.0, 1.0, 2.0, 0.5]))
    wide, high = width / unit, height / unit
    with pikepdf.new() as pdf:
        page = pdf.add_blank_page(page_size=(wide, high))
        page.MediaBox = pikepdf.Array([left, low, left + wide, low + high])
        if draw(st.booleans()):
            margin = 20 / unit
            page.CropBox = pikepdf.Array(
                [left + margin, low + 2 * margin, left + wide - margin, low + high - margin]
            )
        page.Rotate = draw(st.sampled_from([0, 90, 180, 270]))
        if unit != 1.0:
            page.obj.UserUnit = unit
        out = io.BytesIO()
        pdf.save(out)
        return out.getvalue()


def printed(pdf: bytes, box: Box) -> bytes:
    """The page with black over a box of its user space."""
    with pikepdf.open(io.BytesIO(pdf)) as opened:
        x0, y0, x1, y1 = box
        opened.pages[0].contents_add(f"q 0 g {x0} {y0} {x1 - x0} {y1 - y0} re f Q".encode())
        out = io.BytesIO()
        opened.save(out)
        return out.getvalue()


def found(picture: bytes) -> tuple[int, int, int, int]:
    """Left, top, right, bottom of what is not white, in pixels."""
    rows, columns = np.nonzero(np.asarray(Image.open(io.BytesIO(picture)).convert("L")) < 128)
    return columns.min(), rows.min(), columns.max() + 1, rows.max() + 1


def on_screen(view: PageView, box: Box) -> tuple[float, float, float, float]:
    """Where a displayed box is on a picture at 72 dpi."""
    return box[0], view.height - box[3], box[2], view.height - box[1]


@settings(max_examples=30, deadline=None)
@given(paper=papers(), kind=st.sampled_from(sorted(SIZES_MM)), data=st.data())
def test_a_place_is_printed_where_the_picture_showed_it(paper: bytes, kind: str, data: st.DataObject) -> None:
    accepted = inspect(paper, run=here)
    view = accepted.views[0]
    cell = data.draw(st.sampled_from([each for row in grid_of(view).cells for each in row]))
    width, height = (points(mm) for mm in SIZES_MM[kind])
    shown = kept_on(centred(width, height, *grid_of(view).middle(cell, view)), view.width, view.height)
    kept: Box = tuple(round(edge, 3) for edge in view.to_user(shown))  # type: ignore[assignment]
    wanted = on_screen(view, shown)

    (page,) = render_pages(printed(accepted.pdf, kept), [0], DPI, run=here, margin=False)
    assert np.abs(np.array(found(page.data)) - wanted).max() <= 2

    (outlined,) = render_pages(accepted.pdf, [0], DPI, [Mark(0, kept)], run=here, margin=False)
    assert np.abs(np.array(found(outlined.data)) - wanted).max() <= 4


@settings(max_examples=15, deadline=None)
@given(paper=papers())
def test_the_field_of_the_prepared_file_is_the_place(paper: bytes) -> None:
    accepted = inspect(paper, run=here)
    view = accepted.views[0]
    box = view.to_user(centred(points(45), points(12), view.width / 2, view.height / 2))
    prepared = prepare(accepted.pdf, [SignatureField("Party-1", 0, box)])
    with pikepdf.open(io.BytesIO(prepared)) as opened:
        (widget,) = opened.pages[0].Annots
        assert np.allclose([float(each) for each in widget.Rect], box, atol=0.01)

from __future__ import annotations

import io

import pikepdf
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from PIL import Image

from signing.documents.child import Children
from signing.documents.errors import NoSuchPage
from signing.documents.geometry import PageView
from signing.documents.preview import (
    Mark,
    Picture,
    contact_sheet,
    page_count,
    page_views,
    render_page,
    render_pages,
)

from .makers import changed, plain, saved, stream

RED = (196, 30, 30)


def opened(picture: Picture) -> Image.Image:
    return Image.open(io.BytesIO(picture.data)).convert("RGB")


def box_of_colour(
    image: Image.Image, colour: tuple[int, int, int], slack: int = 60
) -> tuple[int, int, int, int] | None:
    """Left, top, right, bottom of the pixels that are nearly of that colour."""
    distance = Image.merge(
        "RGB", [c.point(lambda v, w=w: abs(v - w)) for c, w in zip(image.split(), colour, strict=True)]
    )
    near = [c.point(lambda v: 255 if v < slack else 0) for c in distance.split()]
    return Image.composite(
        Image.composite(near[0], Image.new("L", image.size), near[1]), Image.new("L", image.size), near[2]
    ).getbbox()


def page_with_square(view: PageView, box: tuple[float, float, float, float]) -> bytes:
    """A page with a blue square drawn in user space."""
    with pikepdf.new() as pdf:
        page = pdf.add_blank_page(page_size=(100, 100))
        x0, y0, x1, y1 = view.crop
        page.obj.MediaBox = pikepdf.Array([x0 - 30, y0 - 20, x1 + 10, y1 + 40])
        page.obj.CropBox = pikepdf.Array(view.crop)
        page.obj.Rotate = view.rotate
        page.obj.UserUnit = view.unit
        left, low, right, high = box
        page.obj.Contents = stream(pdf, f"0 0 1 rg {left} {low} {right - left} {high - low} re f".encode())
        return saved(pdf)


@given(
    rotate=st.sampled_from([0, 90, 180, 270]),
    unit=st.sampled_from([0.5, 1.0, 2.0]),
    corner=st.tuples(st.integers(-200, 200), st.integers(-200, 200)),
    size=st.tuples(st.integers(200, 500), st.integers(200, 500)),
    dpi=st.sampled_from([50, 100, 144]),
    colour=st.booleans(),
)
@settings(max_examples=40, deadline=None)
def test_a_mark_is_where_the_page_shows_its_box(children, rotate, unit, corner, size, dpi, colour):
    x, y = corner
    view = PageView((x, y, x + size[0], y + size[1]), rotate, unit)
    box = (x + 60, y + 40, x + 160, y + 120)
    pdf = page_with_square(view, box)
    assert page_views(pdf, run=children.run) == (view,)
    bare = render_page(pdf, 0, dpi, run=children.run)
    marked = render_page(pdf, 0, dpi, [Mark(0, box, "", 0)], run=children.run)
    square, outline = box_of_colour(opened(bare), (0, 0, 255)), box_of_colour(opened(marked), RED, 70)
    assert square is not None and outline is not None
    assert outline == pytest.approx(square, abs=4)


def test_a_picture_has_the_page_at_its_size_on_a_white_margin(children):
    picture = render_page(plain(), 0, 100, run=children.run)
    image = opened(picture)
    assert image.size == (picture.width, picture.height)
    assert picture.width - 2 * picture.margin == pytest.approx(827, abs=1)
    assert picture.height - 2 * picture.margin == pytest.approx(1169, abs=1)
    edge = image.crop((0, 0, picture.width, picture.margin))
    assert edge.getextrema() == ((255, 255),) * 3


def test_a_text_page_becomes_a_small_grey_png(children):
    picture = render_page(plain(), 0, run=children.run)
    assert picture.mime == "image/png"
    assert len(picture.data) < 20_000


def test_the_grey_png_shows_what_pdfium_shows(children):
    import pypdfium2

    picture = render_page(plain(), 0, 100, run=children.run)
    ours = opened(picture).convert("L")
    theirs = pypdfium2.PdfDocument(plain())[0].render(scale=100 / 72).to_pil().convert("L")
    inner = ours.crop(
        (picture.margin, picture.margin, ours.width - picture.margin, ours.height - picture.margin)
    )
    assert max(abs(a - b) for a, b in zip(inner.tobytes(), theirs.tobytes(), strict=True)) <= 9


def test_a_photograph_becomes_a_jpeg(children):
    def photograph(pdf):
        noise = stream(
            pdf, bytes(range(256)) * 48 * 16, Type=pikepdf.Name.XObject, Subtype=pikepdf.Name.Image
        )
        for key, value in (("Width", 256), ("Height", 256), ("BitsPerComponent", 8)):
            noise.stream_dict["/" + key] = value
        noise.stream_dict.ColorSpace = pikepdf.Name.DeviceRGB
        name = pdf.pages[0].add_resource(noise, pikepdf.Name.XObject)
        pdf.pages[0].contents_add(f"q 595 0 0 842 0 0 cm {name} Do Q".encode())

    assert render_page(changed(photograph), 0, run=children.run).mime == "image/jpeg"


def test_a_coloured_page_keeps_its_colour(children):
    view = PageView((0, 0, 300, 300))
    picture = render_page(page_with_square(view, (50, 50, 150, 150)), 0, run=children.run)
    assert box_of_colour(opened(picture), (0, 0, 255)) is not None


def test_labels_are_written_in_chinese_too(children):
    boxes = [(100.0, 300.0, 220.0, 420.0)]
    plain_mark = render_page(plain(), 0, marks=[Mark(0, boxes[0], "")], run=children.run)
    labelled = render_page(plain(), 0, marks=[Mark(0, boxes[0], "甲方 1")], run=children.run)
    other = render_page(plain(), 0, marks=[Mark(0, boxes[0], "乙方 1")], run=children.run)
    assert len({plain_mark.data, labelled.data, other.data}) == 3


def test_marks_of_other_pages_are_not_drawn(children):
    first = render_page(plain(), 0, marks=[Mark(1, (100, 100, 200, 200), "A 1")], run=children.run)
    assert first.data == render_page(plain(), 0, run=children.run).data


@pytest.mark.parametrize(
    "box", [(-50, -50, 20, 20), (580, 830, 700, 900), (5000, 5000, 5100, 5100), (100, 100, 100, 100)]
)
def test_marks_off_the_page_do_no_harm(box, children):
    assert (
        opened(render_page(plain(), 0, marks=[Mark(0, box, "很长的标签" * 20)], run=children.run)).size[0]
        > 800
    )


def test_several_pages_are_drawn_by_one_child(children):
    pictures = render_pages(plain(3), [2, 0], 50, run=children.run)
    assert [p.data for p in pictures] == [render_page(plain(3), n, 50, run=children.run).data for n in (2, 0)]


@pytest.mark.parametrize(("pages", "sheets"), [(1, 1), (6, 1), (7, 2), (13, 3)])
def test_six_pages_go_on_a_sheet(pages, sheets, children):
    made = contact_sheet(plain(pages), run=children.run)
    assert len(made) == sheets
    assert all(sheet.width <= 1400 and sheet.height <= 1400 for sheet in made)


def test_a_sheet_shows_marks_and_chosen_pages(children):
    (sheet,) = contact_sheet(plain(9), [7, 8], [Mark(8, (100, 100, 300, 300), "A 1")], run=children.run)
    box = box_of_colour(opened(sheet), RED, 70)
    assert box is not None and box[0] > sheet.width / 2


@pytest.mark.parametrize("page", [-1, 2])
def test_a_page_that_is_not_there_is_refused(page, children: Children):
    with pytest.raises(NoSuchPage):
        render_page(plain(2), page, run=children.run)


def test_pages_are_counted(children):
    assert page_count(plain(5), run=children.run) == 5

"""A free corner at the foot: found where nothing is printed, not where something is."""

from __future__ import annotations

from fpdf import FPDF

from signing.documents.child import Children
from signing.documents.geometry import points
from signing.documents.margins import free_foot


def page(*texts: tuple[float, float, str]) -> bytes:
    """An A4 page with words at millimetres from the top left."""
    out = FPDF(format="A4")
    out.add_page()
    out.set_font("helvetica", size=10)
    for x, y, text in texts:
        out.text(x, y, text)
    return bytes(out.output())


def test_the_right_corner_comes_first(children: Children) -> None:
    corner = free_foot(page((20, 30, "Supply contract")), run=children.run)
    assert corner is not None
    assert corner.page == 0
    assert corner.box[0] > points(150)
    assert corner.box[3] < points(21)


def test_a_footer_on_the_right_moves_it_to_the_left(children: Children) -> None:
    corner = free_foot(page((160, 285, "Page 1 of 1")), run=children.run)
    assert corner is not None
    assert corner.box[0] < points(10)


def test_a_place_to_sign_is_as_good_as_print(children: Children) -> None:
    right = (points(150), 0.0, points(210), points(40))
    corner = free_foot(page(), [right], run=children.run)
    assert corner is not None
    assert corner.box[2] < points(150)


def test_a_foot_full_of_words_has_none(children: Children) -> None:
    words = page(
        *((10, y, "All rights reserved by the parties to this agreement. " * 3) for y in range(277, 292, 3))
    )
    assert free_foot(words, run=children.run) is None

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from signing.documents.geometry import PageView, centred, kept_on, millimetres, overlap, points

coordinates = st.floats(-500, 500)
sizes = st.floats(40, 2000)
views = st.builds(
    lambda x, y, w, h, rotate, unit: PageView((x, y, x + w, y + h), rotate, unit),
    coordinates,
    coordinates,
    sizes,
    sizes,
    st.sampled_from([0, 90, 180, 270]),
    st.floats(0.1, 10),
)
boxes = st.builds(lambda x, y, w, h: (x, y, x + w, y + h), coordinates, coordinates, sizes, sizes)


@given(views, boxes)
def test_a_box_comes_back_from_the_displayed_page(view, box):
    assert view.to_user(view.to_display(box)) == pytest.approx(box, abs=1e-6)


@given(views, boxes, st.floats(20, 600))
def test_a_box_comes_back_from_the_picture(view, box, dpi):
    assert view.from_pixels(view.to_pixels(box, dpi), dpi) == pytest.approx(box, abs=1e-6)


@given(views)
def test_the_visible_box_is_the_whole_displayed_page(view):
    assert view.to_display(view.crop) == pytest.approx((0, 0, view.width, view.height), abs=1e-6)
    assert view.to_pixels(view.crop, 72) == pytest.approx((0, 0, view.width, view.height), abs=1e-6)


@given(views)
def test_a_view_survives_a_journal(view):
    assert PageView.from_json(view.as_json()) == view


@given(views, st.floats(1, 100))
def test_a_seal_is_as_large_on_every_page(view, mm):
    side = view.units(mm)
    left, top, right, bottom = view.to_pixels((0, 0, side, side), 254)
    assert (right - left, bottom - top) == pytest.approx((mm * 10, mm * 10), rel=1e-9, abs=1e-6)


@pytest.mark.parametrize(
    ("rotate", "corner"), [(0, (0, 0)), (90, (0, 100)), (180, (100, 200)), (270, (200, 0))]
)
def test_where_the_lower_left_corner_is_shown(rotate, corner):
    view = PageView((0, 0, 100, 200), rotate)
    assert view.to_display((0, 0, 0, 0))[:2] == corner


@given(boxes, sizes, sizes)
def test_a_box_that_fits_is_kept_on_the_page_at_its_size(box, width, height):
    moved = kept_on(box, width, height)
    assert moved[2] - moved[0] == pytest.approx(box[2] - box[0], abs=1e-6)
    if box[2] - box[0] <= width and box[3] - box[1] <= height:
        assert min(moved) >= -1e-6 and moved[2] <= width + 1e-6 and moved[3] <= height + 1e-6


def test_small_things():
    assert millimetres(points(42)) == pytest.approx(42)
    assert centred(10, 20, 100, 100) == (95, 90, 105, 110)
    assert overlap((0, 0, 10, 10), (5, 5, 20, 20)) == 25
    assert overlap((0, 0, 10, 10), (10, 0, 20, 10)) == 0

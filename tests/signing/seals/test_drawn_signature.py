"""A finger's strokes become ink at true size: smooth, thin where quick, and nothing else gets in."""

from __future__ import annotations

import io
import json

import numpy as np
import numpy.typing as npt
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from PIL import Image

from signing.seals.drawn_signature import THICK, THIN, beads, draw_by_hand
from signing.seals.errors import SealError
from signing.seals.strokes import (
    HIGHEST_MM,
    MOST_BYTES,
    WIDEST_MM,
    StrokesTooFew,
    StrokesTooMany,
    StrokesUnreadable,
    read_strokes,
)
from tests.signing.seals.handwriting import strokes


def sent(*drawn: list[tuple[float, float, float]]) -> bytes:
    return json.dumps({"strokes": drawn}).encode()


def line(speed: float, y: float = 100.0) -> list[tuple[float, float, float]]:
    """A straight line of 300 pixels, `speed` in pixels a millisecond."""
    return [(float(x), y, x / speed) for x in range(0, 301, 10)]


def cover(png: bytes) -> npt.NDArray[np.uint8]:
    return np.asarray(Image.open(io.BytesIO(png)).getchannel("A"))


def thickness(png: bytes) -> float:
    """Of a level line at its middle, in mm."""
    column = cover(png)[:, cover(png).shape[1] // 2]
    return float(column.sum()) / 255 / 600 * 25.4


def test_it_is_as_large_as_a_signature_is_in_its_own_proportions() -> None:
    picture = draw_by_hand(strokes())
    assert picture.width_mm <= WIDEST_MM + 3 and picture.height_mm <= HIGHEST_MM + 3
    assert picture.pixels[0] / 600 * 25.4 == pytest.approx(picture.width_mm, abs=0.05)
    assert picture.width_mm / picture.height_mm == pytest.approx(52 / 18, abs=0.4)


def test_the_paper_is_empty_and_the_ink_one_colour() -> None:
    picture = Image.open(io.BytesIO(draw_by_hand(strokes()).png))
    inked = np.asarray(picture)[cover(draw_by_hand(strokes()).png) > 0]
    assert len(np.unique(inked[:, :3], axis=0)) == 1
    assert picture.getpixel((0, 0))[3] == 0  # type: ignore[index]


def test_a_quick_line_is_thinner_than_a_slow_one() -> None:
    slow, quick = thickness(draw_by_hand(sent(line(0.05))).png), thickness(draw_by_hand(sent(line(3.0))).png)
    assert slow == pytest.approx(THICK, abs=0.1)
    assert THIN - 0.05 <= quick < 0.75 * slow


def test_corners_of_a_coarse_curve_are_rounded() -> None:
    corner = [(0.0, 0.0, 0.0), (100.0, 200.0, 100.0), (200.0, 0.0, 200.0)]
    read = read_strokes(sent([*corner, (250.0, 0.0, 250.0), (300.0, 0.0, 300.0), (310.0, 0.0, 310.0)]))
    curve = list(beads(read.strokes[0]))
    turns = [
        abs(np.angle(complex(c[0] - b[0], c[1] - b[1]) / complex(b[0] - a[0], b[1] - a[1])))
        for a, b, c in zip(curve, curve[1:], curve[2:], strict=False)
        if a[:2] != b[:2] != c[:2]
    ]
    assert max(turns) < np.radians(40)


def test_a_tap_beside_the_strokes_is_a_dot() -> None:
    without = cover(draw_by_hand(sent(line(0.5), line(0.5, 50.0))).png).astype(int).sum()
    dotted = cover(draw_by_hand(sent(line(0.5), line(0.5, 50.0), [(150.0, 75.0, 900.0)])).png)
    assert dotted.astype(int).sum() > without
    assert dotted[dotted.shape[0] // 2, dotted.shape[1] // 2] == 255


def test_the_same_strokes_give_the_same_bytes() -> None:
    assert draw_by_hand(strokes(3)).png == draw_by_hand(strokes(3)).png


@pytest.mark.parametrize(
    ("data", "error"),
    [
        (b"", StrokesUnreadable),
        (b"[]", StrokesUnreadable),
        (b'{"strokes": [[[1, 2]]]}', StrokesUnreadable),
        (b'{"strokes": [[["1", 2, 3]]]}', StrokesUnreadable),
        (b'{"strokes": [[]]}', StrokesUnreadable),
        (b'{"strokes": [[[NaN, 2, 3]]]}', StrokesUnreadable),
        (b'{"strokes": [[[1e400, 2, 3]]]}', StrokesUnreadable),
        (b'{"strokes": [[[10001, 2, 3]]]}', StrokesUnreadable),
        (sent(*[[(1.0, 1.0, 1.0)]] * 101), StrokesUnreadable),
        (sent(*[[(1.0, 1.0, 1.0)] * 2000] * 6), StrokesTooMany),
        (b" " * (MOST_BYTES + 1), StrokesTooMany),
        (sent(), StrokesTooFew),
        (sent([(5.0, 5.0, 0.0)]), StrokesTooFew),
        (sent([(5.0 + x, 5.0, x) for x in range(20)]), StrokesTooFew),
    ],
)
def test_what_is_no_signature_is_refused_with_its_own_code(data: bytes, error: type[SealError]) -> None:
    with pytest.raises(error):
        draw_by_hand(data)


def test_a_scribble_without_end_is_refused_before_it_is_drawn() -> None:
    zigzag = [[(float(x % 400), float((x * 37) % 300), float(x)) for x in range(100)] for _ in range(100)]
    with pytest.raises(StrokesTooMany):
        read_strokes(sent(*zigzag))


NUMBER = st.floats(-100, 2000, allow_nan=False)
STROKE = st.lists(st.tuples(NUMBER, NUMBER, st.floats(0, 1e5)), min_size=1, max_size=8)


@settings(max_examples=40, deadline=None)
@given(st.lists(STROKE, max_size=4))
def test_whatever_is_drawn_becomes_a_picture_or_a_refusal(
    drawn: list[list[tuple[float, float, float]]],
) -> None:
    try:
        picture = draw_by_hand(sent(*drawn))
    except SealError:
        return
    assert cover(picture.png).any()
    assert max(picture.width_mm, picture.height_mm) <= WIDEST_MM + 3

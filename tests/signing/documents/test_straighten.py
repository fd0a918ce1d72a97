"""Photographed pages lie straight afterwards, and what can't be told is left alone."""

from __future__ import annotations

import numpy as np
import pytest
from PIL import Image, ImageDraw

from signing.documents.straighten import _perspective, sheet_corners, straightened

DESK = (70, 60, 55)
SHEET = (630, 891)


def page() -> Image.Image:
    """A sheet with lines of words and a black square in its upper left quarter."""
    paper = Image.new("RGB", SHEET, "white")
    draw = ImageDraw.Draw(paper)
    for row in range(12):
        for word in range(8):
            left = 60 + word * 64
            draw.rectangle((left, 140 + row * 48, left + 46, 152 + row * 48), fill=(30, 30, 30))
    draw.rectangle((60, 50, 110, 100), fill="black")
    return paper


def photographed(corners: list[tuple[float, float]]) -> Image.Image:
    """The page on a desk, its corners where they are wanted."""
    size = (1000, 1200)
    paper = page()
    flat = [(0.0, 0.0), (SHEET[0], 0.0), (SHEET[0], SHEET[1]), (0.0, SHEET[1])]
    numbers = _perspective(corners, flat)
    warped = paper.transform(size, Image.Transform.PERSPECTIVE, numbers, Image.Resampling.BICUBIC)
    mask = Image.new("L", SHEET, 255).transform(size, Image.Transform.PERSPECTIVE, numbers)
    return Image.composite(warped, Image.new("RGB", size, DESK), mask)


CORNERS = [(180.0, 150.0), (830.0, 90.0), (880.0, 1060.0), (120.0, 1010.0)]


def test_the_corners_of_a_sheet_on_a_desk_are_found() -> None:
    found = sheet_corners(photographed(CORNERS))
    assert found is not None
    assert np.abs(np.array(found) - np.array(CORNERS)).max() < 12


def test_a_sheet_seen_askew_is_cut_out_and_laid_flat() -> None:
    flat = straightened(photographed(CORNERS))
    small = np.asarray(flat.convert("L").resize(SHEET))
    assert small[:20, :].mean() > 200 and small[:, :20].mean() > 200
    assert small[60:90, 70:100].mean() < 80
    assert small[60:90, 540:600].mean() > 200


@pytest.mark.parametrize("degrees", [-3.0, 2.0])
def test_a_scan_that_lies_a_little_askew_is_levelled(degrees: float) -> None:
    turned = page().rotate(degrees, Image.Resampling.BICUBIC, fillcolor="white")
    rows = np.asarray(straightened(turned).convert("L"), dtype=float).mean(axis=1)
    assert rows[130:600].max() - rows[130:600].min() > 80


def test_a_level_scan_stays_as_it_is() -> None:
    assert straightened(page()).tobytes() == page().tobytes()


def test_a_blank_sheet_stays_as_it_is() -> None:
    blank = Image.new("L", SHEET, 250)
    assert straightened(blank) is blank

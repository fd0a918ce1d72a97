"""A page that counts in larger or smaller units comes in as large as it says, and every program sees it so."""

from __future__ import annotations

import io
import shutil
import subprocess

import numpy as np
import pikepdf
import pytest
from numpy.typing import NDArray
from pikepdf import Array, Dictionary, Name
from PIL import Image

from signing.documents.geometry import points
from signing.documents.intake import inspect
from signing.documents.readers import find_poppler, require_agreement
from signing.pdf.fields import SignatureField, Straddle
from signing.pdf.prepare import prepare
from signing.pdf.sign import Signature, sign
from tests.here import here
from tests.signing.pdf import world

from .makers import changed, plain, saved, stream

DPI = 72
RING_MM = 42 * 584 / 600
"""The made-up seal's ring ends 8 of 600 pixels before the picture does."""

needs_poppler = pytest.mark.skipif(find_poppler() is None, reason="poppler is not on this machine")


def in_units(unit: float, rotate: int = 0) -> bytes:
    """Two pages of A4; the first is counted in other units."""

    def change(pdf: pikepdf.Pdf) -> None:
        page = pdf.pages[0]
        wide, high = 595.28 / unit, 841.89 / unit
        page.obj.MediaBox, page.obj.UserUnit, page.obj.Rotate = Array([0, 0, wide, high]), unit, rotate
        page.contents_add(f"q {1 / unit} 0 0 {1 / unit} 0 0 cm".encode(), prepend=True)
        page.contents_add(b"Q")

    return changed(change, plain(2))


def drawn(pdf: bytes, dpi: int = DPI) -> NDArray[np.uint8]:
    """The first page by poppler, in colour."""
    program = shutil.which("pdftoppm")
    assert program
    made = subprocess.run(
        [program, "-r", str(dpi), "-f", "1", "-l", "1", "-png", "-"],
        input=pdf,
        capture_output=True,
        check=True,
    )
    return np.asarray(Image.open(io.BytesIO(made.stdout)).convert("RGB"))


def red_mm(picture: NDArray[np.uint8], dpi: int) -> tuple[float, float]:
    """Width and height of what is red."""
    rows, columns = np.nonzero((picture[..., 0] > 120) & (picture[..., 1] < 120))
    return tuple((each.max() + 1 - each.min()) / dpi * 25.4 for each in (columns, rows))


@pytest.mark.parametrize("unit", [0.5, 2, 4.1667])
def test_a_page_comes_in_as_large_as_it_says_and_says_so_in_points(unit: float) -> None:
    accepted = inspect(in_units(unit), run=here)
    assert accepted.sizes[0] == pytest.approx(accepted.sizes[1], abs=0.01)
    with pikepdf.open(io.BytesIO(accepted.pdf)) as pdf:
        assert "/UserUnit" not in pdf.pages[0].obj
        assert [float(edge) for edge in pdf.pages[0].cropbox] == pytest.approx(
            [0, 0, 595.28, 841.89], abs=0.01
        )


@needs_poppler
@pytest.mark.parametrize("unit", [0.5, 2])
def test_what_stands_on_it_is_where_it_was_meant_to_be(unit: float) -> None:
    meant, made = (drawn(inspect(each, run=here).pdf) for each in (plain(2), in_units(unit)))
    assert np.abs(meant.astype(int) - made).mean() < 0.1


@needs_poppler
@pytest.mark.parametrize("rotate", [0, 90])
@pytest.mark.parametrize("unit", [0.5, 2])
def test_the_second_reader_agrees(unit: float, rotate: int) -> None:
    original = in_units(unit, rotate)
    assert require_agreement(original, inspect(original, run=here).pdf, run=here)


@needs_poppler
def test_a_pattern_that_another_page_shares_grows_on_this_one_alone() -> None:
    with pikepdf.new() as pdf:
        cell = stream(pdf, b"0 g 0 0 20 40 re f", PatternType=1, PaintType=1, TilingType=1)
        cell.BBox, cell.XStep, cell.YStep, cell.Resources = Array([0, 0, 40, 40]), 40, 40, Dictionary()
        resources = pdf.make_indirect(Dictionary(Pattern=Dictionary(Bars=cell)))
        for unit in (2, 1):
            page = pdf.add_blank_page(page_size=(400 / unit, 400 / unit))
            page.obj.Resources, page.obj.UserUnit = resources, unit
            page.obj.Contents = stream(pdf, f"/Pattern cs /Bars scn 0 0 {400 / unit} 400 re f".encode())
        accepted = inspect(saved(pdf), run=here)
    with pikepdf.open(io.BytesIO(accepted.pdf)) as made:
        steps = [page.resources.Pattern.Bars.get(Name.Matrix, [1])[0] for page in made.pages]
    assert [float(step) for step in steps] == [2, 1]
    bars = drawn(accepted.pdf)[200, :, 0]
    assert np.count_nonzero(np.diff((bars < 128).astype(int)) == -1) == 5


@needs_poppler
@pytest.mark.parametrize("rotate", [0, 90])
@pytest.mark.parametrize("unit", [0.5, 1, 2])
def test_a_seal_is_printed_42_mm_wide(unit: float, rotate: int) -> None:
    accepted = inspect(in_units(unit, rotate), run=here)
    middle = accepted.views[0].to_user((200, 200, 200 + points(42), 200 + points(42)))
    field = SignatureField("harbor", 0, middle, room_mm=43, straddle=Straddle(range(2), height=0.8))
    signature = Signature("harbor", world.signer(), world.NOW, world.seal(), certify=True)
    picture = drawn(sign(prepare(accepted.pdf, [field]), signature), 150)
    edge = round(30 / 25.4 * 150)
    assert red_mm(picture[:, :-edge], 150) == pytest.approx((RING_MM, RING_MM), abs=0.3)
    assert red_mm(picture[:, -edge:], 150)[1] == pytest.approx(RING_MM, abs=0.3)

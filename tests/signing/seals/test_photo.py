"""Seals cut out of photos: alone, flat, upright, with the ink's own cover; or refused with a reason."""

from __future__ import annotations

import io

import numpy as np
import pytest
from PIL import Image, ImageDraw

from signing.seals.drawn import draw
from signing.seals.photo import cut, darker, rotate
from signing.seals.photo_decode import crop
from signing.seals.photo_errors import (
    SeveralSeals,
)
from signing.seals.photo_unmix import unmix
from tests.bench import seals as bench
from tests.bench.scenes import FLAWS, scene
from tests.signing.seals.goldens import COMPANY
from tests.signing.seals.photographed import alpha, encoded, stamped, taken


@pytest.mark.parametrize("ink", ["red", "blue", "black"])
@pytest.mark.parametrize("seed", [1, 2, 3])
def test_the_cut_out_alpha_is_the_inks_cover(ink: str, seed: int) -> None:
    each = taken(seed, ink=ink)
    error = np.abs(bench.seen_in_photo(cut(each.photo, each.ink), each) - each.coverage).mean()
    assert error < 0.05
    assert error < np.abs(bench.threshold_cut(each) - each.coverage).mean()


@pytest.mark.parametrize("which", range(8))
def test_a_tilted_round_seal_comes_out_flat_and_upright(which: int) -> None:
    each = taken(which, which=which)
    cutout = cut(each.photo)
    ring, turn = bench.geometry(cutout, each)
    assert ring < 0.003
    assert abs(turn) < 1


@pytest.mark.parametrize("seed", [1, 2, 3])
def test_a_tilted_oval_comes_out_nearly_flat_with_its_lines_level(seed: int) -> None:
    each = taken(seed, which=8)
    cutout = cut(each.photo)
    ring, turn = bench.geometry(cutout, each)
    assert cutout.shape == "oval"
    assert ring < 0.03
    assert abs(turn) < 4


@pytest.mark.parametrize("seed", [1, 2, 3])
def test_a_tilted_square_comes_out_square(seed: int) -> None:
    each = taken(seed, which=10)
    ring, turn = bench.geometry(cut(each.photo), each)
    assert ring < 0.005
    assert min(abs(turn - right) for right in (-180, -90, 0, 90, 180)) < 1


def test_the_picture_is_cropped_to_the_seal() -> None:
    cutout = cut(encoded(stamped()))
    inked = alpha(cutout) > 0.5
    assert cutout.shape == "round"
    assert inked.any(axis=0)[:8].any() and inked.any(axis=0)[-8:].any()
    assert cutout.box == pytest.approx((500, 300, 1100, 900), abs=3)


def test_the_ink_is_one_colour_and_the_stamps_own() -> None:
    image = Image.open(io.BytesIO(cut(encoded(stamped(), quality=92)).png))
    (count, colour), *others = image.convert("RGB").getcolors()
    assert (count, others) == (image.width * image.height, [])
    assert np.abs(np.subtract(colour, (206, 20, 32))).max() < 30


def test_a_dry_patch_and_thin_strokes_survive_where_a_threshold_would_drop_them() -> None:
    page = np.asarray(stamped()).astype(float)
    page[300:600, 500:1100] = 0.7 * np.array([236, 233, 226]) + 0.3 * page[300:600, 500:1100]
    pale = alpha(cut(encoded(Image.fromarray(page.astype(np.uint8)), quality=92)))
    upper, lower = np.vsplit(pale[: pale.shape[0] // 2 * 2], 2)
    assert 0.05 < np.median(upper[upper > 0.05]) < 0.6
    assert np.percentile(lower, 90) > 0.9


def test_paper_comes_out_empty() -> None:
    each = taken(2)
    cutout = cut(each.photo)
    blank = bench.seen_in_photo(cutout, each)[each.coverage == 0]
    assert np.mean(blank > 0.05) < 0.03


def test_printed_text_under_a_red_seal_does_not_survive() -> None:
    page = stamped()
    clean = alpha(cut(encoded(page, quality=95)))
    pen = ImageDraw.Draw(page)
    for x in range(560, 1060, 60):
        pen.line((x, 320, x, 880), fill=(25, 25, 28), width=5)
    cutout = cut(encoded(page, quality=95))
    assert "over-print" in cutout.warnings
    assert cutout.pixels == pytest.approx((clean.shape[1], clean.shape[0]), abs=2)
    size = (clean.shape[1], clean.shape[0])
    again = np.asarray(Image.fromarray(alpha(cutout)).resize(size), float)
    assert np.mean((again > 0.5) & (clean < 0.1)) < 0.004


@pytest.mark.parametrize("orientation", [3, 6, 8])
def test_the_exif_orientation_is_followed(orientation: int) -> None:
    back = {3: 180, 6: 90, 8: 270}[orientation]
    exif = Image.Exif()
    exif[0x0112] = orientation
    photo = encoded(stamped().rotate(back, expand=True), exif=exif)
    cutout = cut(photo)
    assert cutout.box == pytest.approx((500, 300, 1100, 900), abs=4)
    assert abs(cutout.angle) < 1


def test_a_large_photo_gives_the_seal_where_it_lies_in_full_pixels() -> None:
    cutout = cut(encoded(stamped((4000, 3000), (2000, 1000), 900)))
    assert cutout.box == pytest.approx((2000, 1000, 2900, 1900), abs=6)


def test_a_small_seal_in_a_large_photo_is_cut_at_full_resolution() -> None:
    cutout = cut(encoded(stamped((4000, 3000), (2000, 1000), 400)))
    assert cutout.pixels[0] > 380


def test_a_cmyk_jpeg_is_read() -> None:
    assert cut(encoded(stamped().convert("CMYK"))).shape == "round"


@pytest.mark.parametrize("kind", ["PNG", "WEBP", "TIFF", "BMP"])
def test_other_formats_are_read(kind: str) -> None:
    assert cut(encoded(stamped((900, 700), (120, 60), 560), kind)).shape == "round"


def test_a_picture_that_is_transparent_already_is_kept_as_it_is() -> None:
    seal = draw("contract", COMPANY)
    cutout = cut(seal.png)
    assert "transparent-already" in cutout.warnings
    assert Image.open(io.BytesIO(cutout.png)).tobytes() == Image.open(io.BytesIO(seal.png)).tobytes()


def test_what_else_a_transparent_picture_carried_is_dropped() -> None:
    from PIL.PngImagePlugin import PngInfo

    note = PngInfo()
    note.add_text("Author", "Wang Xiaoming")
    image = Image.open(io.BytesIO(draw("contract", COMPANY).png))
    assert b"Wang" not in cut(encoded(image, "PNG", pnginfo=note)).png


def test_of_several_seals_each_can_be_shown_and_chosen() -> None:
    page = stamped((2000, 1000), (150, 200), 560)
    page.paste(stamped((900, 1000), (150, 200), 600), (1100, 0))
    photo = encoded(page)
    with pytest.raises(SeveralSeals) as refused:
        cut(photo)
    boxes = [tuple(box) for box in refused.value.details["boxes"]]
    assert len(boxes) == 2
    assert [cut(photo, box=box).box for box in boxes] == [pytest.approx(box, abs=12) for box in boxes]
    assert Image.open(io.BytesIO(crop(photo, boxes[1]))).size == pytest.approx((400, 400), abs=3)


def test_turning_right_and_left_again_gives_the_same_seal() -> None:
    cutout = cut(encoded(stamped()))
    turned = rotate(cutout, 5)
    assert turned.pixels == cutout.pixels
    assert turned.angle == pytest.approx(cutout.angle + 5)
    assert np.abs(alpha(turned) - alpha(cutout)).mean() > 0.05
    assert np.abs(alpha(rotate(turned, -5)) - alpha(cutout)).mean() < 0.02


def test_a_quarter_turn_is_clockwise() -> None:
    cutout = cut(encoded(stamped()))
    quarter = Image.fromarray(alpha(cutout)).rotate(-90)
    assert np.abs(alpha(rotate(cutout, 90)) - np.asarray(quarter)).mean() < 0.01


def test_darker_thickens_and_lighter_thins() -> None:
    cutout = cut(taken(1).photo)
    assert alpha(darker(cutout, -1)).mean() < alpha(cutout).mean() < alpha(darker(cutout, 1)).mean()
    assert np.abs(alpha(darker(darker(cutout, 1), -1)) - alpha(cutout)).max() < 0.08


def test_un_mixing_adds_up_in_linear_light() -> None:
    """Half ink, half paper is a cover of a half though sRGB is far from the middle there."""
    ink, paper = np.array([0.62, 0.01, 0.02]), np.array([0.8, 0.78, 0.7])
    cover = np.zeros((400, 400))
    for left, share in zip(range(60, 340, 40), (0.25, 0.5, 0.75, 1, 0.75, 0.5, 0.25), strict=True):
        cover[50:350, left : left + 16] = share
    light = paper * (1 - cover[..., None] * (1 - ink))
    toned = np.where(light <= 0.0031308, light * 12.92, 1.055 * light ** (1 / 2.4) - 0.055) * 255
    found = unmix(np.rint(toned).astype(np.uint8), "red").cover
    assert np.abs(found - cover)[60:340, 60:340].mean() < 0.02


def test_a_short_bench_has_all_its_figures_and_meets_its_aims() -> None:
    figures = bench.run(4, timed=0)
    assert set(figures) >= {"seal_photo_alpha_error_mean", "seal_photo_alpha_error_p95", "seal_photo_found"}
    assert figures["seal_photo_alpha_error_mean"] < 0.03
    assert figures["seal_photo_alpha_error_mean"] < figures["seal_photo_threshold_alpha_error_mean"]
    assert figures["seal_photo_found"] == 1


def test_the_scenes_are_the_same_each_time() -> None:
    one, other = (scene(np.random.default_rng(3), 1) for _ in range(2))
    assert one.photo == other.photo
    assert "" not in FLAWS

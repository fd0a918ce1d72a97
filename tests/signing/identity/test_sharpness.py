"""Where a photo of a paper is blurred: measured on drawn papers, however they are lit, compressed and sized."""

from __future__ import annotations

import io
from functools import cache

import numpy as np
import pytest
from PIL import Image, ImageFilter

from signing.documents.child import Children
from signing.identity.pictures import clean, ringed
from signing.identity.sharpness import SOFT, judged
from tests.story.papers import letter_photo, licence_photo

PAPERS = {
    "letter": letter_photo("蓝窑陶瓷有限公司"),
    "licence": licence_photo("蓝窑陶瓷有限公司", "91360202MA35H8QK2R", "苏青窑"),
}


@cache
def paper(name: str) -> Image.Image:
    return Image.open(io.BytesIO(PAPERS[name])).convert("RGB")


def blurred(picture: Image.Image, radius: float) -> Image.Image:
    """As much out of focus as this radius on a picture of 1000 pixels' width."""
    return picture.filter(ImageFilter.GaussianBlur(radius * picture.width / 1000))


def blurred_at(picture: Image.Image, left: float, upper: float, right: float, lower: float) -> Image.Image:
    """Blurred in one part, given in shares of width and height."""
    box = tuple(
        round(share * size) for share, size in zip((left, upper, right, lower), picture.size * 2, strict=True)
    )
    spoilt = picture.copy()
    spoilt.paste(blurred(picture, 5).crop(box), box[:2])
    return spoilt


def shaded(picture: Image.Image) -> Image.Image:
    """Lit from one side."""
    light = np.linspace(0.45, 1, picture.width)[None, :, None]
    return Image.fromarray((np.asarray(picture) * light).astype(np.uint8))


def grainy(picture: Image.Image) -> Image.Image:
    """Taken in the evening."""
    noise = np.random.default_rng(7).normal(0, 8, (picture.height, picture.width, 3))
    return Image.fromarray((np.asarray(picture) + noise).clip(0, 255).astype(np.uint8))


def small(picture: Image.Image) -> Image.Image:
    return picture.resize((700, 700 * picture.height // picture.width))


@pytest.mark.parametrize("name", PAPERS)
@pytest.mark.parametrize("taken", [lambda p: p, shaded, grainy, small, lambda p: blurred(p, 1)])
def test_a_readable_photo_is_sharp_however_it_was_taken(name: str, taken) -> None:  # type: ignore[no-untyped-def]
    seen = judged(taken(paper(name)))
    assert seen.where == "" and seen.percent >= 95


@pytest.mark.parametrize("name", PAPERS)
@pytest.mark.parametrize("taken", [lambda p: p, shaded, grainy])
def test_a_photo_out_of_focus_is_blurred_all_over(name: str, taken) -> None:  # type: ignore[no-untyped-def]
    seen = judged(taken(blurred(paper(name), 4)))
    assert seen.where == "all" and seen.percent < SOFT


@pytest.mark.parametrize("name", PAPERS)
def test_more_blur_is_never_judged_sharper(name: str) -> None:
    percents = [judged(blurred(paper(name), radius)).percent for radius in range(5)]
    assert percents == sorted(percents, reverse=True)


@pytest.mark.parametrize(
    ("part", "where"),
    [
        ((0.45, 0.5, 1.0, 1.0), "lower-right"),
        ((0.0, 0.0, 1.0, 0.3), "upper-left"),
        ((0.0, 0.0, 0.5, 0.5), "upper-left"),
    ],
)
def test_the_blurred_part_is_named(part: tuple[float, float, float, float], where: str) -> None:
    seen = judged(blurred_at(paper("letter"), *part))
    assert seen.where == where
    left, upper, right, lower = seen.box
    assert left >= part[0] - 0.06 and upper >= part[1] - 0.06
    assert right <= part[2] + 0.06 and lower <= part[3] + 0.06


def test_an_empty_sheet_is_not_called_blurred() -> None:
    assert judged(Image.new("RGB", (1400, 1800), "white")).where == ""


def test_the_ring_is_drawn_around_the_blurred_part() -> None:
    out = io.BytesIO()
    blurred_at(paper("letter"), 0.45, 0.5, 1.0, 1.0).save(out, "JPEG", quality=90)
    with Children() as children:
        photo = clean(out.getvalue(), children.run)
        copy = Image.open(io.BytesIO(ringed(photo, children.run))).convert("RGB")
    red = np.asarray(copy).astype(int)
    rows, columns = np.nonzero((red[..., 0] - red[..., 1] > 90) & (red[..., 0] - red[..., 2] > 90))
    middle = (rows.min() + rows.max()) / 2 / copy.height, (columns.min() + columns.max()) / 2 / copy.width
    assert max(copy.size) == 900
    assert middle[0] > 0.6 and middle[1] > 0.6

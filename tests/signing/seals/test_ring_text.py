"""What a seal's ring says is compared with the certified name, where somebody can read it; and only warned of."""

from __future__ import annotations

import io
from collections.abc import Sequence

import numpy as np
import pytest
from PIL import Image

from signing.identity.layout import Box
from signing.identity.licences import NoReader
from signing.identity.ocr import is_installed, read_boxes
from signing.seals.drawn import draw
from signing.seals.photo import cut
from signing.seals.ring_text import Read, likeness, other_name, unrolled
from tests.bench.scenes import SEALS, scene

TEA = "上海海港茶业贸易有限公司"
SEAL = draw("contract", TEA).png


def reads(*texts: str) -> Read:
    """Somebody who reads this, from left to right."""

    def read(jpeg: bytes) -> Sequence[Box]:
        return [Box(text, 100.0 * at, 0, 100.0 * at + 90, 40) for at, text in enumerate(texts)]

    return read


def nobody(jpeg: bytes) -> Sequence[Box]:
    raise NoReader


def test_the_ring_becomes_one_line_with_the_name_in_its_middle() -> None:
    strip = np.asarray(Image.open(io.BytesIO(unrolled(SEAL))).convert("L"))
    assert strip.shape[1] > 8 * strip.shape[0]
    inked = np.nonzero((strip < 128).any(axis=0))[0]
    assert abs((inked[0] + inked[-1]) / 2 - strip.shape[1] / 2) < 0.02 * strip.shape[1]
    assert strip[0].min() > 200 and strip[-1].min() > 200


@pytest.mark.parametrize(
    "said",
    [
        (TEA,),
        ("3101150012345", TEA),
        ("上海海港茶业", "贸易有限公司"),
        ("上海海巷茶业贸易有限公司", "章"),
        ("Ｓ" + TEA + "5",),
    ],
)
def test_a_ring_that_says_the_name_or_nearly_is_not_spoken_of(said: tuple[str, ...]) -> None:
    assert other_name(SEAL, TEA, reads(*said)) == ""


def test_another_companys_name_is_told() -> None:
    assert other_name(SEAL, TEA, reads("310", "蓝窑陶瓷有限公司")) == "蓝窑陶瓷有限公司"


def test_what_all_companies_end_in_makes_no_two_names_alike() -> None:
    assert likeness("蓝窑陶瓷有限责任公司", "海港茶业有限责任公司") == 0
    assert likeness("Blue Kiln Ceramics Co., Ltd.", "BLUE KILN CERAMICS") == 1


@pytest.mark.parametrize("said", [(), ("12345",), ("合",)])
def test_where_too_little_is_read_nothing_is_claimed(said: tuple[str, ...]) -> None:
    assert other_name(SEAL, TEA, reads(*said)) == ""


def test_where_nobody_can_read_nothing_is_claimed() -> None:
    assert other_name(SEAL, TEA, nobody) == ""


@pytest.mark.skipif(not is_installed(), reason="the ocr extra is not installed")
def test_a_photographed_ring_is_read_by_the_ocr_extra() -> None:
    photo = scene(np.random.default_rng([5, 1]), 2.0, ink="red", which=1).photo
    png = cut(photo, "red").png
    assert other_name(png, SEALS[1][1], read_boxes) == ""
    assert other_name(png, TEA, read_boxes) == "杭州蓝窑陶瓷有限公司"

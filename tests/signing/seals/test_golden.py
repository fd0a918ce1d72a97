"""Each kind of seal looks as it did when somebody looked at it."""

from __future__ import annotations

import pytest
from PIL import Image, ImageChops

from signing.seals.drawn import draw
from tests.signing.seals.goldens import COMPANY, FOLDER, SEALS, small
from tests.signing.seals.ssim import similarity

ALIKE = 0.97


@pytest.mark.parametrize("name", sorted(SEALS))
def test_a_seal_looks_like_its_golden_picture(name: str) -> None:
    golden = Image.open(FOLDER / f"{name}.png").convert("L")
    assert similarity(small(SEALS[name]().png), golden) > ALIKE


def test_the_measure_tells_one_seal_from_another() -> None:
    ours, theirs = (small(draw("official", name).png) for name in (COMPANY, "杭州蓝窑陶瓷贸易有限公司"))
    assert similarity(ours, theirs) < 0.9


def test_the_measure_sees_one_wrong_character() -> None:
    right, wrong = (small(draw("official", name).png) for name in (COMPANY, COMPANY.replace("茶", "药")))
    assert similarity(right, wrong) < 0.99 < similarity(right, right)


def test_the_measure_sees_a_shift() -> None:
    seal = small(draw("official", COMPANY).png)
    assert similarity(seal, ImageChops.offset(seal, 3, 0)) < ALIKE


def test_golden_pictures_are_small() -> None:
    assert all(path.stat().st_size < 30_000 for path in FOLDER.glob("*.png"))

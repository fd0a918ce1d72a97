"""Seals made online: right in shape, size and text, or refused in words."""

from __future__ import annotations

import io
import math
from typing import Any

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from PIL import Image

from signing.seals.catalogue import FORMS, RED, SealKind
from signing.seals.drawn import draw
from signing.seals.errors import (
    BadFont,
    BadNumber,
    MissingGlyph,
    NameEmpty,
    NameTooLong,
    NameTooShort,
    SealError,
    TextTooLong,
    UnknownKind,
)
from signing.seals.plate import SealPicture
from signing.seals.sheet import contact_sheet
from tests.signing.seals.goldens import CODE, COMPANY, SEALS, TAX_NUMBER

PIXELS_PER_MM = 600 / 25.4


def coverage(seal: SealPicture) -> np.ndarray:
    return np.asarray(Image.open(io.BytesIO(seal.png)).getchannel("A"), dtype=float) / 255


def polar(seal: SealPicture) -> tuple[np.ndarray, np.ndarray, np.ndarray]:
    """Coverage with each pixel's distance from the middle in mm and its clockwise angle from the top in degrees."""
    alpha = coverage(seal)
    y, x = np.mgrid[: alpha.shape[0], : alpha.shape[1]]
    dx, dy = x + 0.5 - alpha.shape[1] / 2, y + 0.5 - alpha.shape[0] / 2
    return alpha, np.hypot(dx, dy) / PIXELS_PER_MM, np.degrees(np.arctan2(dx, -dy))


def inked_angles(seal: SealPicture, inner: float, outer: float) -> np.ndarray:
    """Which of 720 half degrees, from the bottom round to the bottom, bear ink between two radii (mm)."""
    alpha, radius, angle = polar(seal)
    within = (radius > inner) & (radius < outer)
    sums, _ = np.histogram(angle[within], bins=720, range=(-180, 180), weights=alpha[within])
    return sums > 3


@pytest.mark.parametrize("kind", ["official", "contract", "finance"])
def test_a_round_seal_has_its_size_and_a_ring_of_1_2_mm(kind: str) -> None:
    seal = draw(kind, COMPANY)
    alpha, radius, _ = polar(seal)
    profile = [alpha[(radius >= r) & (radius < r + 0.1)].mean() for r in np.arange(0, seal.width_mm / 2, 0.1)]
    from_outside = profile[::-1]
    assert seal.width_mm == seal.height_mm == FORMS[SealKind(kind)].width
    assert all(inked > 0.97 for inked in from_outside[1:11])
    assert all(inked == 0 for inked in from_outside[13:18])


def test_the_star_is_a_third_of_the_seal_and_points_up() -> None:
    alpha, radius, angle = polar(draw("official", COMPANY))
    inside = alpha * (radius < 11)
    assert radius[inside > 0.5].max() == pytest.approx(7, abs=0.1)
    tips = angle[(inside > 0.5) & (radius > 6.7)]
    assert {round(tip / 72) * 72 % 360 for tip in tips} == {0, 72, 144, 216, 288}


def test_600_dots_an_inch_and_the_file_says_so() -> None:
    seal = draw("official", COMPANY)
    image = Image.open(io.BytesIO(seal.png))
    assert seal.pixels == image.size == (992, 992)
    assert image.info["dpi"] == pytest.approx((600, 600), abs=0.5)


def test_the_ink_is_one_colour_and_alpha_is_its_coverage() -> None:
    image = Image.open(io.BytesIO(draw("official", COMPANY).png))
    assert image.mode == "RGBA"
    assert image.convert("RGB").getcolors() == [(992 * 992, RED)]
    assert len(np.unique(np.asarray(image.getchannel("A")))) > 100


def test_the_same_call_gives_the_same_bytes() -> None:
    assert draw("contract", COMPANY, number=CODE).png == draw("contract", COMPANY, number=CODE).png


def test_the_name_stands_symmetrically_about_the_top() -> None:
    inked = inked_angles(draw("official", "口" * 11), 13, 19)
    first, last = np.flatnonzero(inked)[[0, -1]]
    assert abs(first - (719 - last)) <= 1


@pytest.mark.parametrize("length", [4, 8, 12, 20, 30, 40])
def test_characters_stand_evenly_and_never_touch(length: int) -> None:
    inked = inked_angles(draw("official", "国" * length), 13.2, 19)
    edges = np.diff(inked.astype(int))
    starts, ends = np.flatnonzero(edges == 1), np.flatnonzero(edges == -1)
    assert len(starts) == len(ends) == length
    middles = (starts + ends) / 2
    assert np.ptp(np.diff(middles)) <= 2


def test_each_character_stands_with_its_feet_to_the_middle() -> None:
    """口 has its opening nowhere, 山 its stroke at the foot: the foot is the inner side wherever it stands."""
    alpha, radius, angle = polar(draw("official", "山" * 8))
    for middle in np.linspace(-90, 90, 3):
        here = (abs(angle - middle) < 60) & (radius > 12) & (radius < 19.2)
        foot, head = alpha[here & (radius < 15)].sum(), alpha[here & (radius > 17.2)].sum()
        assert foot > head


def test_the_code_stands_on_the_lower_arc_and_nowhere_else() -> None:
    plain, coded = draw("official", COMPANY), draw("official", COMPANY, number=CODE)
    _, radius, angle = polar(coded)
    changed = coverage(plain) != coverage(coded)
    lower = changed & (abs(angle) > 140) & (radius > 17) & (radius < 19.6)
    assert changed.any()
    assert (changed == lower).all()


def test_the_horizontal_text_stands_below_the_star() -> None:
    plain, texted = draw("contract", COMPANY, text=""), draw("contract", COMPANY, text="口口口")
    below = lambda seal: (coverage(seal) > 0.5) & (polar(seal)[1] < 11.8) & (np.mgrid[:945, :945][0] > 640)  # noqa: E731
    assert not below(plain).any()
    columns = np.nonzero(below(texted))[1]
    assert columns.min() + columns.max() == pytest.approx(944, abs=4)


def test_latin_letters_stand_closer_than_words() -> None:
    inked = inked_angles(draw("official", "Harbor Tea Trading Ltd"), 13, 19.1)
    gaps = np.diff(np.flatnonzero(inked)) - 1
    letters, words = gaps[(gaps > 0) & (gaps < 8)], gaps[gaps >= 8]
    assert len(words) == 3
    assert words.min() > 1.3 * letters.max()


def test_an_invoice_seal_is_an_oval_of_40_by_30_mm() -> None:
    seal = draw("invoice", COMPANY, number=TAX_NUMBER)
    assert (seal.width_mm, seal.height_mm) == (40, 30)
    alpha = coverage(seal)
    y, x = np.mgrid[: alpha.shape[0], : alpha.shape[1]]
    out = (
        np.hypot((x + 0.5 - alpha.shape[1] / 2) / 19.5, (y + 0.5 - alpha.shape[0] / 2) / 14.5) / PIXELS_PER_MM
    )
    assert alpha[abs(out - 1) < 0.01].min() > 0.9
    assert alpha[out > 1.05].max() == 0


@pytest.mark.parametrize(
    ("name", "text"), [("李明", None), ("王小明", None), ("欧阳小明", None), ("王小明", ""), ("李明", "印")]
)
def test_a_name_seal_in_white_on_red_is_the_other_way_round(name: str, text: str | None) -> None:
    relief, inverse = (
        coverage(draw("name_seal", name, text=text, inverse=turned)) for turned in (False, True)
    )
    middle = (slice(60, -60), slice(60, -60))
    assert np.abs(relief[middle] + inverse[middle] - 1).max() < 0.02
    assert relief[40:-40, 40:-40].mean() < 0.5 < inverse[40:-40, 40:-40].mean()


def test_a_name_of_two_is_followed_by_two_characters_and_of_three_by_one() -> None:
    assert draw("name_seal", "李明").png == draw("name_seal", "李明", text="之印").png
    assert draw("name_seal", "王小明").png == draw("name_seal", "王小明", text="印").png
    assert draw("name_seal", "欧阳小明").png == draw("name_seal", "欧阳小明", text="").png


def test_a_name_seal_is_read_from_the_right() -> None:
    alpha = coverage(draw("name_seal", "一国", text="一国"))
    inner = alpha[40:-40, 40:-40]
    left, right = np.hsplit(inner[:, : inner.shape[1] // 2 * 2], 2)
    assert left.sum() == pytest.approx(right.sum(), rel=0.05)
    right_top = np.vsplit(right[: right.shape[0] // 2 * 2], 2)[0]
    assert right_top.sum() < right.sum() / 3


def test_a_signature_is_as_wide_as_its_name_and_leans() -> None:
    short, long = draw("signature", "李明"), draw("signature", "Maria Chen")
    assert short.height_mm == long.height_mm == 12
    assert short.width_mm < long.width_mm
    alpha = coverage(draw("signature", "ll"))
    rows = [np.average(np.arange(alpha.shape[1]), weights=row) for row in alpha if row.sum() > 5]
    assert rows[0] - rows[-1] > 0.15 * len(rows)


@pytest.mark.parametrize(
    ("error", "call"),
    [
        (UnknownKind, {"kind": "rubber", "name": COMPANY}),
        (NameEmpty, {"kind": "official", "name": " \t"}),
        (NameTooShort, {"kind": "official", "name": "茶行"}),
        (NameTooShort, {"kind": "name_seal", "name": "王"}),
        (NameTooLong, {"kind": "official", "name": "国" * 41}),
        (NameTooLong, {"kind": "official", "name": "M" * 81}),
        (NameTooLong, {"kind": "name_seal", "name": "国" * 13}),
        (NameTooLong, {"kind": "signature", "name": "国" * 21}),
        (TextTooLong, {"kind": "contract", "name": COMPANY, "text": "合同专用章" * 4}),
        (BadNumber, {"kind": "official", "name": COMPANY, "number": "310115"}),
        (BadNumber, {"kind": "official", "name": COMPANY, "number": "３１０１１５００１２３４５"}),
        (BadNumber, {"kind": "invoice", "name": COMPANY}),
        (BadFont, {"kind": "official", "name": COMPANY, "font": __file__}),
        (BadFont, {"kind": "official", "name": COMPANY, "font": "/nowhere.ttf"}),
    ],
)
def test_what_cannot_be_drawn_is_refused_with_its_own_code(
    error: type[SealError], call: dict[str, Any]
) -> None:
    with pytest.raises(error) as refused:
        draw(**call)
    assert refused.value.code == error.code != SealError.code


def test_a_character_that_the_font_lacks_is_named() -> None:
    with pytest.raises(MissingGlyph) as refused:
        draw("official", "海港\U000323af茶\u202e业")
    assert refused.value.details == {"characters": ["\U000323af", "U+202E"]}


def test_a_rare_character_of_a_name_is_written() -> None:
    assert draw("name_seal", "王㙓").png != draw("name_seal", "王明").png


@settings(max_examples=15, deadline=None)
@given(st.text(min_size=0, max_size=50))
def test_whatever_the_name_is_it_is_drawn_or_refused(name: str) -> None:
    try:
        seal = draw("legal_representative", name)
    except SealError:
        return
    assert coverage(seal).max() == 1


def test_the_contact_sheet_shows_every_kind() -> None:
    sheet = Image.open(io.BytesIO(contact_sheet()))
    reddish = np.asarray(sheet.convert("HSV"))[..., 1] > 100
    cells = [reddish[y : y + 420, x : x + 420].any() for y in (0, 454) for x in range(0, 1680, 420)]
    assert cells == [True] * 7 + [False]


def test_every_golden_seal_is_neither_empty_nor_full() -> None:
    for seal in SEALS.values():
        assert 0.01 < coverage(seal()).mean() < 0.9


def test_the_middle_of_the_seal_is_the_middle_of_the_picture() -> None:
    rows, columns = np.nonzero(coverage(draw("official", COMPANY)) > 0.5)
    for where in (rows, columns):
        assert math.isclose(where.min() + where.max(), 991, abs_tol=2)

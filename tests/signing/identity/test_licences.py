"""What a business licence says, from where its words stand; by real OCR where the extra is installed."""

from __future__ import annotations

import pytest

from bot.demo.photographs import ADDRESS, KIND, draw_licence
from signing.identity.layout import Box
from signing.identity.licences import Licence, company_elements, licence_of
from signing.identity.ocr import is_installed, read_boxes

NAME, CODE, HEAD = "蓝窑陶瓷有限公司", "91360202MA35H8QK2R", "苏青窑"


def box(text: str, x: float, y: float) -> Box:
    return Box(text, x, y, x + 46 * len(text), y + 46)


def sheet(code: str = CODE) -> list[Box]:
    """Labels left, values right, the address over two lines."""
    return [
        box("营业执照", 700, 300),
        box(f"统一社会信用代码 {code}", 170, 470),
        box("名 称", 170, 620),
        box(NAME, 520, 622),
        box("类 型", 170, 770),
        box(KIND, 520, 768),
        box("法定代表人", 170, 920),
        box(HEAD, 520, 921),
        box("住 所", 170, 1070),
        box(ADDRESS[0], 520, 1070),
        box(ADDRESS[1], 520, 1142),
    ]


def test_values_stand_right_of_their_labels_and_run_on_below() -> None:
    assert licence_of(sheet()) == Licence(NAME, CODE, HEAD, KIND, "".join(ADDRESS))


def test_the_order_in_which_boxes_come_does_not_matter() -> None:
    assert licence_of(sheet()[::-1]) == licence_of(sheet())


def test_letters_that_a_code_never_has_are_read_as_the_digits_they_resemble() -> None:
    assert licence_of(sheet("9136O2O2MA35H8QK2R")).code == CODE


def test_a_code_with_a_wrong_check_character_is_left_out() -> None:
    assert licence_of(sheet("91360202MA35H8QK2X")).code == ""


def test_a_label_and_its_value_in_one_box_are_parted() -> None:
    assert licence_of([box(f"法定代表人：{HEAD}", 170, 920)]).representative == HEAD


def test_an_empty_sheet_says_nothing() -> None:
    assert licence_of([]) == Licence()


def test_name_and_code_are_taken_as_typed() -> None:
    assert company_elements(f"{NAME}，{CODE}") == Licence(NAME, CODE)


@pytest.mark.slow
@pytest.mark.skipif(not is_installed(), reason="extra ocr is not installed")
def test_a_drawn_licence_is_read_by_ocr() -> None:
    assert licence_of(read_boxes(draw_licence(NAME, CODE, HEAD))) == Licence(
        NAME, CODE, HEAD, KIND, "".join(ADDRESS)
    )

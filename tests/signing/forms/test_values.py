from __future__ import annotations

from datetime import date
from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from signing.errors import SigningError
from signing.forms.errors import NotAChoice, NotADay, NotMoney, ValueTooLong
from signing.forms.field import Field, as_json, from_json
from signing.forms.values import in_capitals, masked_value, read_value, shown_value

MONEY, DAY = Field("价款", "money"), Field("交货日期", "date")
PAYMENT = Field("付款方式", "choice", choices=("银行转账", "现金"))


@pytest.mark.parametrize(
    "text",
    [
        "128000",
        "128,000.00",
        "¥128,000",
        "人民币 128000 元整",
        "12.8万元",
        "12.8 万",
        "CNY 128,000.00",
        "１２８０００元",
    ],
)
def test_amounts_are_read_as_people_write_them(text: str) -> None:
    assert read_value(MONEY, text) == "128000.00"


@pytest.mark.parametrize(
    "text", ["", "十万", "1,28", "-5", "1.005", "1e9", "nan", "12.8.1", "9" * 13, "1_000"]
)
def test_what_is_no_amount_is_refused(text: str) -> None:
    with pytest.raises(NotMoney):
        read_value(MONEY, text)


@pytest.mark.parametrize(
    "text", ["2026-12-04", "2026年12月4日", "2026/12/4", "2026.12.4", "4 December 2026", "Dec 4, 2026"]
)
def test_dates_are_read_in_both_languages(text: str) -> None:
    assert read_value(DAY, text) == "2026-12-04"


@pytest.mark.parametrize("text", ["2026-02-30", "soon", "December", "", "12月4日"])
def test_what_is_no_whole_date_is_refused(text: str) -> None:
    with pytest.raises(NotADay):
        read_value(DAY, text)


@pytest.mark.parametrize("text", ["现金", "2", "２", " 现金 "])
def test_a_choice_is_taken_by_its_words_or_its_number(text: str) -> None:
    assert read_value(PAYMENT, text) == "现金"


def test_anything_else_is_no_choice_and_the_choices_are_told() -> None:
    with pytest.raises(NotAChoice) as refused:
        read_value(PAYMENT, "支票")
    assert refused.value.details["choices"] == ["银行转账", "现金"]


def test_a_resident_id_needs_its_check_digit() -> None:
    field = Field("身份证号", "resident_id")
    assert read_value(field, "11010519491231002x") == "11010519491231002X"
    with pytest.raises(SigningError):
        read_value(field, "110105194912310021")


def test_text_is_kept_on_one_line_and_within_bounds() -> None:
    assert read_value(Field("地址"), "  窑前路\n18号\x07 ") == "窑前路 18号"
    with pytest.raises(ValueTooLong):
        read_value(Field("地址"), "长" * 201)


def test_values_are_shown_in_the_language_of_their_label() -> None:
    assert shown_value(DAY, "2026-12-04") == "2026年12月4日"
    assert shown_value(Field("Delivery date", "date"), "2026-12-04") == "4 December 2026"
    assert shown_value(MONEY, "128000.00") == "128,000.00"
    assert in_capitals("128000.00") == "壹拾贰万捌仟元整"
    assert shown_value(Field("电话", "phone"), "+8613900138820") == "13900138820"


def test_messages_show_the_last_four_of_an_id_number() -> None:
    assert masked_value(Field("身份证号", "resident_id"), "11010519491231002X") == "••••••••••••••002X"


@given(st.dates(date(1900, 1, 1), date(2200, 1, 1)), st.decimals(0, 10**11, places=2))
def test_what_was_read_reads_the_same_again(day: date, amount: Decimal) -> None:
    for field, text in ((DAY, day.isoformat()), (MONEY, f"{amount:.2f}")):
        value = read_value(field, text)
        assert read_value(field, value) == value == read_value(field, shown_value(field, value))


@given(
    st.builds(
        Field,
        st.text(),
        st.sampled_from(["text", "money", "choice"]),
        st.text(),
        st.booleans(),
        st.tuples(st.text(), st.text()),
    )
)
def test_a_field_is_read_as_it_was_written(field: Field) -> None:
    assert from_json(as_json(field)) == field

from __future__ import annotations

from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from signing.forms.capitals import DIGITS, capitals

VALUE = {"拾": 10, "佰": 100, "仟": 1000}


def whole(words: str) -> int:
    """Read Chinese capitals of a whole number back, as anybody would: by its myriads."""
    for sign, value in (("亿", 10**8), ("万", 10**4)):
        head, found, tail = words.rpartition(sign)
        if found:
            return whole(head) * value + whole(tail)
    number, digit = 0, 0
    for letter in words:
        if letter in DIGITS:
            digit = DIGITS.index(letter)
        else:
            number += digit * VALUE[letter]
            digit = 0
    return number + digit


def read_back(words: str) -> Decimal:
    yuan, found, rest = words.partition("元")
    if not found:
        yuan, rest = "", words
    cents = 0
    for value, sign in ((10, "角"), (1, "分")):
        head, found, tail = rest.partition(sign)
        if found:
            cents += value * DIGITS.index(head.removeprefix("零"))
            rest = tail
    assert rest in ("", "整")
    return Decimal(whole(yuan)) + Decimal(cents) / 100


@given(st.decimals(0, 10**15, places=2))
def test_every_amount_can_be_read_back(amount: Decimal) -> None:
    assert read_back(capitals(amount)) == amount


@given(st.decimals(0, 10**15, places=2))
def test_no_zero_is_said_twice_or_left_hanging(amount: Decimal) -> None:
    words = capitals(amount)
    assert "零零" not in words
    assert not any(f"零{sign}" in words.removeprefix("零元整") for sign in "拾佰仟万亿元角分整")


@pytest.mark.parametrize(
    ("amount", "words"),
    [
        ("0", "零元整"),
        ("0.05", "伍分"),
        ("0.50", "伍角整"),
        ("1409.50", "壹仟肆佰零玖元伍角整"),
        ("6007.14", "陆仟零柒元壹角肆分"),
        ("1680.32", "壹仟陆佰捌拾元零叁角贰分"),
        ("107000.53", "壹拾万柒仟元零伍角叁分"),
        ("16409.02", "壹万陆仟肆佰零玖元零贰分"),
        ("325.04", "叁佰贰拾伍元零肆分"),
        ("128000", "壹拾贰万捌仟元整"),
        ("100000001", "壹亿零壹元整"),
        ("10001000000", "壹佰亿零壹佰万元整"),
    ],
)
def test_amounts_read_as_the_rules_for_cheques_have_them(amount: str, words: str) -> None:
    assert capitals(Decimal(amount)) == words


@pytest.mark.parametrize("amount", ["-1", "0.001", "10000000000000000"])
def test_what_is_no_amount_of_money_is_refused(amount: str) -> None:
    with pytest.raises(ValueError, match="no amount"):
        capitals(Decimal(amount))

from __future__ import annotations

import pytest

from signing.forms.errors import NothingToFill
from signing.forms.field import Field
from signing.forms.lines import take_lines

FIELDS = (Field("价款", "money"), Field("数量"), Field("交货日期", "date"))
KILN = "蓝窑陶瓷有限公司 91360202MA35H8QK2R, 苏青窑 139 0013 8820"
ALL = ("乙方", "价款", "数量", "交货日期")


def test_lines_go_to_what_is_missing_in_order() -> None:
    taken = take_lines(f"{KILN}\n12.8万\n三千二百套\n2026-12-04", FIELDS, ("乙方",), ALL)
    assert taken.values == {"价款": "128000.00", "数量": "三千二百套", "交货日期": "2026-12-04"}
    assert taken.parties["乙方"].company == "蓝窑陶瓷有限公司"
    assert taken.parties["乙方"].phone == "+8613900138820"


def test_lines_with_a_name_in_front_come_in_any_order() -> None:
    taken = take_lines("交货日期：2026年12月4日；价款=128000", FIELDS, ("乙方",), ALL)
    assert taken.values == {"价款": "128000.00", "交货日期": "2026-12-04"}


def test_a_party_may_take_several_lines() -> None:
    text = "蓝窑陶瓷有限公司\n91360202MA35H8QK2R\n乙方: 苏青窑 13900138820"
    party = take_lines(text, (), ("乙方",), ("乙方",)).parties["乙方"]
    assert (party.company, party.credit_code, party.name) == (
        "蓝窑陶瓷有限公司",
        "91360202MA35H8QK2R",
        "苏青窑",
    )


def test_one_missing_field_takes_the_whole_text() -> None:
    taken = take_lines("窑前路18号\n东门", (Field("地址"),), (), ("地址",))
    assert taken.values == {"地址": "窑前路18号 东门"}


def test_what_can_not_be_read_is_a_problem_of_its_own_line() -> None:
    taken = take_lines("价款: plenty\n数量: 12", FIELDS, (), ("价款", "数量"))
    assert taken.values == {"数量": "12"}
    assert [(label, why.code) for label, why in taken.problems] == [("价款", "form.money")]


def test_what_was_given_already_is_given_anew_by_its_name() -> None:
    assert take_lines("价款: 5", FIELDS, (), ()).values == {"价款": "5.00"}


def test_a_text_that_fills_nothing_in_is_refused() -> None:
    with pytest.raises(NothingToFill):
        take_lines("hello", FIELDS, (), ())

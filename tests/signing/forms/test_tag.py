from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from signing.forms.errors import NotAField
from signing.forms.field import Field
from signing.forms.known import Fact, fact_of
from signing.forms.tag import read_tag


@pytest.mark.parametrize(
    ("text", "field"),
    [
        ("交货地址", Field("交货地址")),
        (" price | money ", Field("price", "money")),
        ("交货地址 | 乙方填 | 选填", Field("交货地址", role="乙方", required=False)),
        ("Delivery address | Party B fills in", Field("Delivery address", role="Party B")),
        ("付款方式｜选择：转账／现金", Field("付款方式", "choice", choices=("转账", "现金"))),
        ("Term | one of: 6 months / 12 months", Field("Term", "choice", choices=("6 months", "12 months"))),
        ("Seller’s bank", Field("Seller’s bank")),
    ],
)
def test_a_field_says_what_it_is_in_words_behind_strokes(text: str, field: Field) -> None:
    assert read_tag(text).field == field


@pytest.mark.parametrize(
    ("label", "kind"),
    [
        ("合同总价", "money"),
        ("Monthly rent", "money"),
        ("到货日期", "date"),
        ("Start date", "date"),
        ("承租人身份证号", "resident_id"),
        ("ID number", "resident_id"),
        ("联系电话", "phone"),
        ("数量", "text"),
        ("date format", "text"),
    ],
)
def test_a_name_can_say_by_itself_what_kind_it_is(label: str, kind: str) -> None:
    assert read_tag(label).field.kind == kind


def test_an_amount_may_be_written_in_capitals() -> None:
    tag = read_tag("总额 | 大写")
    assert tag.capitals and tag.field.kind == "money"


@pytest.mark.parametrize(
    "text",
    [
        "",
        "x.__class__",
        "''.__class__.__mro__",
        "x[0]",
        "self._TemplateReference__context",
        "x | upper",
        "x | attr('__class__')",
        "7 * 7",
        "x ~ y",
        "lipsum.__globals__",
        "x | choice: one",
        "__class__",
    ],
)
def test_anything_that_is_more_than_a_name_is_refused(text: str) -> None:
    with pytest.raises(NotAField):
        read_tag(text)


@given(st.text(max_size=60))
def test_whatever_stands_between_the_braces_is_a_field_or_refused(text: str) -> None:
    try:
        label = read_tag(text).field.label
    except NotAField:
        return
    assert not set(label) & set('.{}[]|"=:;<>') and len(label) <= 40


@pytest.mark.parametrize(
    ("label", "fact"),
    [
        ("甲方", Fact("甲方", "name")),
        ("乙方统一社会信用代码", Fact("乙方", "code")),
        ("承租人姓名", Fact("承租人", "name")),
        ("Party B credit code", Fact("Party B", "code")),
        ("Buyer’s phone", Fact("Buyer", "phone")),
        ("乙方地址", None),
        ("price", None),
        ("出租人身份证号", None),
    ],
)
def test_what_names_a_party_is_asked_of_nobody(label: str, fact: Fact | None) -> None:
    assert fact_of(label) == fact

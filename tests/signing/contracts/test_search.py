"""What is typed in a search: dates are a time, the rest is words, and no word is a query."""

from __future__ import annotations

from datetime import UTC, datetime
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given
from hypothesis import strategies as st

from handlers.export import period
from signing.contracts.search import EVER, Wanted, read_wanted
from signing.documents.words import asked, indexed
from signing.errors import SigningError

ZONE = ZoneInfo("Asia/Shanghai")
NOW = datetime(2026, 11, 23, 6, tzinfo=UTC)


def found(text: str, query: str) -> bool:
    parts = asked(query)
    return bool(parts) and all(part in indexed(text) for part in parts)


@pytest.mark.parametrize(
    ("query", "there"),
    [
        ("供货", True),
        ("货合", True),
        ("合供", False),
        ("supply", True),
        ("sup", True),
        ("upply", False),
        ("合同 SUPPLY", True),
        ("合同 demand", False),
        ("ｓｕｐｐｌｙ", True),
        ("1,280.00", True),
        ("", False),
        ("***", False),
    ],
)
def test_chinese_is_found_anywhere_and_other_words_from_their_beginning(query: str, there: bool) -> None:
    assert found("供货合同 Supply Contract, 1,280.00 元", query) == there


def test_accents_do_not_matter() -> None:
    assert found("Café Société", "cafe soci")


@given(st.text(max_size=40), st.text(max_size=40))
def test_what_stands_in_a_text_is_found_whatever_it_is(before: str, text: str) -> None:
    assert found(f"{before} {text}", text) or not asked(text)


@pytest.mark.parametrize(
    ("typed", "words", "days"),
    [
        ("蓝窑 2026-11", "蓝窑", 30),
        ("2026年2月", "", 28),
        ("2026年", "", 365),
        ("2026/11/23 order", "order", 1),
    ],
)
def test_a_month_or_a_day_among_the_words_is_a_time(typed: str, words: str, days: int) -> None:
    wanted = read_wanted(typed, ZONE)
    assert wanted.words == words and wanted.until - wanted.since == days * 24 * 3600 * 1000


@pytest.mark.parametrize("typed", ["Supply-2027", "2027", "2026-13", "v2026-11"])
def test_what_only_looks_like_a_time_is_a_word(typed: str) -> None:
    assert read_wanted(typed, ZONE) == Wanted(typed, 0, EVER)


@pytest.mark.parametrize(
    ("typed", "since", "until"),
    [
        ("2026-10", "2026-10-01", "2026-11-01"),
        ("2026年12月", "2026-12-01", "2027-01-01"),
        ("2025", "2025-01-01", "2026-01-01"),
        ("2026-10 to 2026-12", "2026-10-01", "2027-01-01"),
        ("2026年10月至2026年12月", "2026-10-01", "2027-01-01"),
        ("month", "2026-11-01", "2026-12-01"),
        ("last", "2026-10-01", "2026-11-01"),
        ("year", "2026-01-01", "2027-01-01"),
    ],
)
def test_a_period_is_read_as_people_type_it(typed: str, since: str, until: str) -> None:
    start, end = period(typed, NOW, ZONE)
    assert (f"{start:%Y-%m-%d}", f"{end:%Y-%m-%d}") == (since, until)


@pytest.mark.parametrize("typed", ["", "soon", "2026-13", "2026-12 to 2026-10"])
def test_what_is_no_period_is_said_to_be_none(typed: str) -> None:
    with pytest.raises(SigningError):
        period(typed, NOW, ZONE)

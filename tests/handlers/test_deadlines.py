"""Dates as people write them, in both languages, seen from Monday 23 November 2026, 14:00 in Shanghai."""

from __future__ import annotations

import contextlib
from datetime import UTC, datetime
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given
from hypothesis import strategies as st

from handlers.deadlines import NotADate, read_deadline

ZONE = ZoneInfo("Asia/Shanghai")
NOW = datetime(2026, 11, 23, 6, tzinfo=UTC)


@pytest.mark.parametrize(
    ("words", "moment"),
    [
        ("by 4 Dec", "2026-12-04 18:00"),
        ("4 December 2026", "2026-12-04 18:00"),
        ("until Friday", "2026-11-27 18:00"),
        ("next Friday 17:00", "2026-11-27 17:00"),
        ("in 10 days", "2026-12-03 18:00"),
        ("tomorrow", "2026-11-24 18:00"),
        ("12月4日前", "2026-12-04 18:00"),
        ("１２月４日", "2026-12-04 18:00"),
        ("1月3日", "2027-01-03 18:00"),
        ("2026年12月4日 17点30分", "2026-12-04 17:30"),
        ("下周五", "2026-12-04 18:00"),
        ("本周五17:00", "2026-11-27 17:00"),
        ("10天后", "2026-12-03 18:00"),
    ],
)
def test_it_is_read_as_meant(words: str, moment: str) -> None:
    assert read_deadline(words, NOW, ZONE).strftime("%Y-%m-%d %H:%M") == moment


@pytest.mark.parametrize("words", ["", "soon-ish, maybe", "13月4日", "2月30日", "Blue Kiln"])
def test_what_is_no_date_is_said_to_be_none(words: str) -> None:
    with pytest.raises(NotADate):
        read_deadline(words, NOW, ZONE)


@given(st.text(max_size=40))
def test_any_text_gives_an_aware_moment_or_a_refusal(words: str) -> None:
    with contextlib.suppress(NotADate):
        assert read_deadline(words, NOW, ZONE).tzinfo is not None

"""Dates that people write, in both languages: "by 4 Dec", "12月4日", "下周五", "in 10 days"."""

from __future__ import annotations

import re
import unicodedata
from datetime import datetime, timedelta
from zoneinfo import ZoneInfo

import dateparser

from signing.errors import SigningError

END_OF_BUSINESS = 18
LEAD = re.compile(r"^(?:by|until|before|due|deadline|sign by|截止|截至|于|在)\s*[:：]?\s*", re.IGNORECASE)
CHINESE_DAY = re.compile(r"^(?:(\d{4})年)?(\d{1,2})月(\d{1,2})[日号]?")
CHINESE_HOUR = re.compile(r"(\d{1,2})(?:[:：点时](\d{1,2})?分?)$")
TAIL = re.compile(r"(?:之前|以前|前|截止)$")
WEEKDAY = re.compile(r"^(下下|下|这|本)?(?:周|星期|礼拜)([一二三四五六日天])")
CLOCK = re.compile(r"\d{1,2}[:：点时]|\d\s*(?:am|pm)", re.IGNORECASE)


class NotADate(SigningError):
    """No date was understood."""

    code = "not-a-date"


def read_deadline(text: str, now: datetime, zone: ZoneInfo) -> datetime:
    """The moment that a text names, seen from `now`; 18:00 where it names no hour. Raises NotADate."""
    words = TAIL.sub("", LEAD.sub("", unicodedata.normalize("NFKC", text).strip()))
    local = now.astimezone(zone)
    try:
        day = _chinese_day(words, local) or _weekday(words, local) or _parsed(words, local)
    except ValueError:
        day = None
    if day is None:
        raise NotADate
    if not CLOCK.search(words):
        day = day.replace(hour=END_OF_BUSINESS, minute=0)
    return day.replace(second=0, microsecond=0)


def _chinese_day(words: str, local: datetime) -> datetime | None:
    """ "12月4日", with year and hour or without: the next one that comes."""
    found = CHINESE_DAY.match(words)
    if not found:
        return None
    day = local.replace(year=int(found[1] or local.year), month=int(found[2]), day=int(found[3]))
    if not found[1] and day.date() < local.date():
        day = day.replace(year=day.year + 1)
    return _at_hour(day, words)


def _parsed(words: str, local: datetime) -> datetime | None:
    settings = {
        "PREFER_DATES_FROM": "future",
        "RELATIVE_BASE": local.replace(tzinfo=None),
        "RETURN_AS_TIMEZONE_AWARE": False,
    }
    found: datetime | None = dateparser.parse(words, languages=["en", "zh"], settings=settings)
    return found.replace(tzinfo=local.tzinfo) if found else None


def _weekday(words: str, local: datetime) -> datetime | None:
    found = WEEKDAY.match(words)
    if not found:
        return None
    weeks = {"下下": 2, "下": 1}.get(found[1] or "", 0)
    day = "一二三四五六日".find(found[2].replace("天", "日"))
    return _at_hour(local + timedelta(days=day - local.weekday(), weeks=weeks), words)


def _at_hour(day: datetime, words: str) -> datetime:
    hour = CHINESE_HOUR.search(words)
    return day.replace(hour=int(hour[1]), minute=int(hour[2] or 0)) if hour else day

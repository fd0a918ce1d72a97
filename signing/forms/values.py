"""What people fill in: read by a field's kind into one plain form, and shown as a contract has it."""

from __future__ import annotations

import re
from collections.abc import Callable
from datetime import date, datetime
from decimal import Decimal, InvalidOperation

import dateparser
import phonenumbers

from signing.forms.capitals import capitals
from signing.forms.errors import NotAChoice, NotADay, NotMoney, ValueTooLong
from signing.forms.field import Field
from signing.identity.elements import mobile_number, normalized, resident_id

MOST_LETTERS = 200
MOST_MONEY = Decimal(10) ** 12
CHINESE = re.compile(r"[\u4e00-\u9fff]")
CURRENCY = re.compile(r"人民币|rmb|cny|usd|eur|hkd|[¥￥$€元整块]", re.IGNORECASE)
GROUPED = re.compile(r"\d{1,3}(?:,\d{3})+(?:\.\d+)?")
DAY = re.compile(r"(\d{4})\s*[-/.年]\s*(\d{1,2})\s*[-/.月]\s*(\d{1,2})\s*[日号]?")


def read_value(field: Field, text: str) -> str:
    """A value as it is kept: an amount with two decimals, a date as ISO 8601, a phone as E.164, a choice in its words.

    Raises NotMoney, NotADay, NotAChoice, NotAnId, NotAPhone, ValueTooLong.
    """
    plain = " ".join("".join(letter if letter.isprintable() else " " for letter in text).split())
    if len(plain) > MOST_LETTERS:
        raise ValueTooLong(label=field.label, limit=MOST_LETTERS)
    return READERS[field.kind](field, plain)


def shown_value(field: Field, value: str) -> str:
    """The value as it stands in the contract, in the language of the field's label."""
    if field.kind == "money":
        return f"{Decimal(value):,.2f}"
    if field.kind == "date":
        return _day_in_words(date.fromisoformat(value), bool(CHINESE.search(field.label)))
    if field.kind == "phone":
        return _phone_in_words(value)
    return value


def in_capitals(value: str) -> str:
    """An amount in Chinese capitals."""
    return capitals(Decimal(value))


def masked_value(field: Field, value: str) -> str:
    """The value as messages show it: of an ID number the last four."""
    return f"{'•' * 14}{value[-4:]}" if field.is_secret else shown_value(field, value)


def _money(field: Field, text: str) -> str:
    """ "¥128,000", "12.8万元", "CNY 128000.00"."""
    words = CURRENCY.sub("", normalized(text)).strip()
    myriad = words.endswith(("万", "萬"))
    digits = words.rstrip("万萬").strip()
    if GROUPED.fullmatch(digits):
        digits = digits.replace(",", "")
    try:
        amount = Decimal(digits) * (10_000 if myriad else 1)
    except InvalidOperation:
        raise NotMoney(label=field.label) from None
    if not re.fullmatch(r"\d+(?:\.\d+)?", digits) or not 0 <= amount < MOST_MONEY or amount * 100 % 1:
        raise NotMoney(label=field.label)
    return f"{amount:.2f}"


def _day(field: Field, text: str) -> str:
    words = normalized(text)
    found = DAY.fullmatch(words)
    try:
        if found:
            return date(int(found[1]), int(found[2]), int(found[3])).isoformat()
        return _in_english(words).date().isoformat()
    except ValueError:
        raise NotADay(label=field.label) from None


def _in_english(words: str) -> datetime:
    """ "4 December 2026", "Dec 4, 2026". Raises ValueError."""
    settings = {"REQUIRE_PARTS": ["day", "month", "year"], "PARSERS": ["absolute-time"]}
    found: datetime | None = dateparser.parse(words, languages=["en"], settings=settings)
    if found is None:
        raise ValueError("no date")
    return found


def _choice(field: Field, text: str) -> str:
    """One of the choices, in its own words or by its number."""
    typed = normalized(text).casefold()
    for number, choice in enumerate(field.choices, start=1):
        if typed in (normalized(choice).casefold(), str(number)):
            return choice
    raise NotAChoice(label=field.label, choices=list(field.choices))


READERS: dict[str, Callable[[Field, str], str]] = {
    "text": lambda field, text: text,
    "money": _money,
    "date": _day,
    "choice": _choice,
    "resident_id": lambda field, text: resident_id(text),
    "phone": lambda field, text: mobile_number(text),
}


def _day_in_words(day: date, chinese: bool) -> str:
    return f"{day.year}年{day.month}月{day.day}日" if chinese else f"{day.day} {day:%B %Y}"


def _phone_in_words(phone: str) -> str:
    number = phonenumbers.parse(phone)
    if number.country_code == 86:
        return str(number.national_number)
    return phonenumbers.format_number(number, phonenumbers.PhoneNumberFormat.INTERNATIONAL)

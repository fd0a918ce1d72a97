"""What people write of themselves: names, numbers and codes, found in any order and checked before they go anywhere.

Resident ID: GB 11643-1999; unified social credit code: GB 32100-2015; bank cards: Luhn (all by python-stdnum); phones: E.164.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Callable
from dataclasses import dataclass

import phonenumbers
from stdnum import luhn
from stdnum.cn import ric, uscc

from signing.errors import SigningError


class NotAPhone(SigningError):
    """No mobile number was found in the text."""

    code = "identity.phone"


class NotAnId(SigningError):
    """The resident ID number is not one: a digit is wrong or missing."""

    code = "identity.resident-id"


class NotACard(SigningError):
    """The bank card number is not one: a digit is wrong or missing."""

    code = "identity.card"


class NotACode(SigningError):
    """The unified social credit code is not one: a character is wrong or missing."""

    code = "identity.credit-code"


class NotAName(SigningError):
    """There is no name, or one that no register would hold."""

    code = "identity.name"


class NothingFound(SigningError):
    """The text holds nothing that was asked for."""

    code = "identity.nothing"


@dataclass(frozen=True, slots=True)
class Elements:
    """What was found in a text; empty where nothing was. The phone is E.164."""

    name: str = ""
    resident_id: str = ""
    phone: str = ""
    company: str = ""
    credit_code: str = ""
    card: str = ""


SEPARATORS = re.compile(r"[,;:、，；：|\n\t]+|\s{2,}")
ID_SHAPE = re.compile(r"(?<![0-9A-Z])\d{17}[0-9X](?![0-9A-Z])")
CODE_SHAPE = re.compile(
    r"(?<![0-9A-Z])(?=[0-9A-Z]*[A-Z])[0-9A-HJ-NPQRTUWXY]{18}(?![0-9A-Z])|(?<![0-9A-Z])9\d{17}(?![0-9A-Z])"
)
CARD_SHAPE = re.compile(r"(?<![0-9A-Za-z+])[3-6]\d{3}(?:[ -]?\d{4}){2}(?:[ -]?\d{1,7})(?![0-9A-Za-z])")
PHONE_SHAPE = re.compile(r"(?<![0-9A-Za-z])\+?\d[\d \-()]{6,18}\d(?![0-9A-Za-z])")
COMPANY_WORDS = re.compile(
    r"公司|集团|中心|事务所|合作社|商行|经营部|工作室|大学|医院|银行|厂$"
    r"|\b(?:co|ltd|llc|inc|limited|company|corp|gmbh|plc)\b",
    re.IGNORECASE,
)
LABELS = re.compile(
    r"^(?:name|姓名|company|公司名称|企业名称|名称|id|id number|身份证号?码?|phone|手机号?码?|电话|联系人|contact"
    r"|credit code|统一社会信用代码|信用代码|code|法定代表人|and|和)$",
    re.IGNORECASE,
)
LEGAL_FORM = re.compile(r",(?=\s*(?:ltd|inc|llc|gmbh)\b)", re.IGNORECASE)
JOINED = "\ue000"
NAME_LETTERS = re.compile(r"[^\W\d_]", re.UNICODE)


def normalized(text: str) -> str:
    """Full-width to half-width (NFKC), for reading only: what is shown keeps its form."""
    return unicodedata.normalize("NFKC", text).strip()


def find_elements(text: str) -> Elements:
    """Every element that a text holds, in any order, with commas or lines, full-width too.

    Raises NotAnId, NotACode, NotACard where something of that shape has a wrong check digit; NothingFound.
    """
    rest = LEGAL_FORM.sub(JOINED, normalized(text))
    rest, credit_code = _cut(CODE_SHAPE, rest, _credit_code, keep=ID_SHAPE)
    rest, identity = _cut(ID_SHAPE, rest, resident_id)
    rest, card = _cut(CARD_SHAPE, rest, card_number)
    rest, phone = _cut(PHONE_SHAPE, rest, mobile_number)
    words = [word for word in _words(rest) if word and not LABELS.match(word)]
    company = next((word for word in words if COMPANY_WORDS.search(word)), "")
    if credit_code and not company:
        company = next((word for word in words if NAME_LETTERS.search(word)), "")
    name = next((word for word in words if word != company and NAME_LETTERS.search(word)), "")
    if name and not company:
        name = person_name(name)
    found = Elements(name, identity, phone, company, credit_code, card)
    if found == Elements():
        raise NothingFound
    return found


def _words(text: str) -> list[str]:
    return [part.strip(" .").replace(JOINED, ",") for part in SEPARATORS.split(text)]


def _cut(
    shape: re.Pattern[str], text: str, read: Callable[[str], str], keep: re.Pattern[str] | None = None
) -> tuple[str, str]:
    upper = text.upper()
    for found in shape.finditer(upper):
        if keep is not None and keep.fullmatch(found[0]) and ric.is_valid(found[0]):
            continue
        return f"{text[: found.start()]}\n{text[found.end() :]}", read(found[0])
    return text, ""


def mobile_number(text: str) -> str:
    """A mobile number as E.164; without a country code it is Chinese. Raises NotAPhone."""
    try:
        number = phonenumbers.parse(normalized(text), "CN")
    except phonenumbers.NumberParseException:
        raise NotAPhone from None
    kinds = (phonenumbers.PhoneNumberType.MOBILE, phonenumbers.PhoneNumberType.FIXED_LINE_OR_MOBILE)
    if not phonenumbers.is_valid_number(number) or phonenumbers.number_type(number) not in kinds:
        raise NotAPhone
    return phonenumbers.format_number(number, phonenumbers.PhoneNumberFormat.E164)


def resident_id(text: str) -> str:
    """A resident ID number with right check digit, birth date and county. Raises NotAnId."""
    try:
        return str(ric.validate(normalized(text).upper()))
    except Exception:
        raise NotAnId from None


def card_number(text: str) -> str:
    """A bank card number of 15 to 19 digits with the right check digit (ISO/IEC 7812, Luhn). Raises NotACard."""
    digits = "".join(letter for letter in normalized(text) if letter not in " -")
    if not 15 <= len(digits) <= 19 or not luhn.is_valid(digits):
        raise NotACard
    return digits


def credit_code(text: str) -> str:
    """A unified social credit code with the right check character. Raises NotACode."""
    return _credit_code(normalized(text).upper())


def _credit_code(text: str) -> str:
    try:
        return str(uscc.validate(text))
    except Exception:
        raise NotACode from None


def person_name(text: str) -> str:
    """A person's name in NFC: letters, spaces, · and hyphens, 2 to 40, one script. Raises NotAName."""
    name = " ".join(unicodedata.normalize("NFC", text).split())
    letters = [letter for letter in name if letter not in " ·•-'."]
    if not 2 <= len(name) <= 40 or not all(NAME_LETTERS.match(letter) for letter in letters):
        raise NotAName
    if len({_script(letter) for letter in letters}) != 1:
        raise NotAName
    return name


def company_name(text: str) -> str:
    """A company's name in NFC, 2 to 100 printable characters. Raises NotAName."""
    name = " ".join(unicodedata.normalize("NFC", text).split())
    if not 2 <= len(name) <= 100 or not NAME_LETTERS.search(name) or any(_hidden(letter) for letter in name):
        raise NotAName
    return name


def _script(letter: str) -> str:
    return unicodedata.name(letter, "?").split()[0]


def _hidden(letter: str) -> bool:
    return unicodedata.category(letter) in ("Cf", "Cc", "Co", "Cs", "Cn")

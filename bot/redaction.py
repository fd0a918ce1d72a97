"""What no log may hold: bot tokens (they stand in every address that a library logs), phones, identity and card
numbers, one-time codes, link tokens."""

from __future__ import annotations

import re

from stdnum import luhn

BOT_TOKEN = re.compile(r"(?<!\d)(\d{5,}):[A-Za-z0-9_-]{30,}")
IDENTITY = re.compile(r"(?<!\d)\d{6}(?:19|20)\d{9}[\dXx](?!\d)")
PHONE = re.compile(r"\+\d{7,15}(?!\d)|(?<!\d)1[3-9]\d{9}(?!\d)")
CARD = re.compile(r"(?<!\w)\d{4}(?:[ -]?\d{4}){2,3}(?:[ -]?\d{1,3})?(?!\w)")
CODE = re.compile(r"(?<![\w-])\d{4}[ -]?\d{4}(?![\w-])")
LINK_TOKEN = re.compile(r"(?<![\w-])(?=[\w-]*[A-Z])(?=[\w-]*[a-z])(?=[\w-]*\d)[A-Za-z0-9_-]{22,}(?![\w-])")


def redacted(text: str) -> str:
    """The text with stars in place of secrets."""
    text = BOT_TOKEN.sub(r"\1:***", text)
    for pattern in (IDENTITY, PHONE, LINK_TOKEN):
        text = pattern.sub("***", text)
    return CODE.sub("***", CARD.sub(_card, text))


def _card(found: re.Match[str]) -> str:
    """Stars where the check digit says that it is a card's number; other long numbers stay."""
    digits = re.sub(r"\D", "", found[0])
    return "***" if luhn.is_valid(digits) else found[0]

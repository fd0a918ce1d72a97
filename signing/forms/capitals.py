"""Amounts of money in Chinese capitals (大写), as banks and courts want them: 壹拾贰万捌仟元整."""

from __future__ import annotations

from decimal import Decimal

DIGITS = "零壹贰叁肆伍陆柒捌玖"
PLACES = ("", "拾", "佰", "仟")
MYRIADS = ("", "万", "亿", "万亿")
LIMIT = Decimal(10) ** 16


def capitals(amount: Decimal) -> str:
    """An amount of 0 up to 10^16 yuan, to the fen (支付结算办法, annex 1). Raises ValueError beyond."""
    cents = amount * 100
    if not 0 <= amount < LIMIT or cents != cents.to_integral_value():
        raise ValueError("no amount of yuan, jiao and fen")
    yuan, rest = divmod(int(cents), 100)
    jiao, fen = divmod(rest, 10)
    words = f"{_integer(yuan)}元" if yuan or not rest else ""
    if rest and yuan and (jiao == 0 or yuan % 10 == 0):
        words += "零"
    words += f"{DIGITS[jiao]}角" if jiao else ""
    return words + (f"{DIGITS[fen]}分" if fen else "整")


def _integer(number: int) -> str:
    """A whole number, four digits at a time; one 零 stands for any row of zeros within."""
    groups = [number // 10_000**at % 10_000 for at in range(len(MYRIADS))]
    words, skipped = "", False
    for group, myriad in zip(reversed(groups), reversed(MYRIADS), strict=True):
        if group:
            words += ("零" if words and (skipped or group < 1000) else "") + _group(group) + myriad
        skipped = bool(words) and group == 0
    return _plain_myriads(words) or DIGITS[0]


def _plain_myriads(words: str) -> str:
    """万亿 followed by 亿 says 亿 once: 壹万零壹亿, not 壹万亿零壹亿."""
    head, found, tail = words.partition("万亿")
    return f"{head}万{tail}" if found and "亿" in tail else words


def _group(number: int) -> str:
    """Four digits."""
    words = ""
    for place in range(3, -1, -1):
        digit = number // 10**place % 10
        if digit:
            words += DIGITS[digit] + PLACES[place]
        elif words and not words.endswith("零"):
            words += "零"
    return words.rstrip("零")

"""Telegram's HTML, read as strictly as the Bot API reads it. Source: Bot API, "HTML style"; telegram-bot-api's errors."""

from __future__ import annotations

import html
import re

TOKEN = re.compile(r"<(/?)([a-zA-Z-]*)([^<>]*)(>?)|(&#?\w+;)|([^<&]+|&)", re.DOTALL)
PLAIN = {
    "b",
    "strong",
    "i",
    "em",
    "u",
    "ins",
    "s",
    "strike",
    "del",
    "code",
    "pre",
    "tg-spoiler",
    "blockquote",
}
NAMED = {"&lt;", "&gt;", "&amp;", "&quot;"}


class BadMarkup(ValueError):
    """What the Bot API would answer with 400."""


def parsed(text: str) -> str:
    """The words of the text. Raises BadMarkup."""
    words: list[str] = []
    opened: list[str] = []
    for token in TOKEN.finditer(text):
        closing, name, rest, end, entity, plain = token.groups()
        if plain is not None:
            words.append(plain)
        elif entity is not None:
            words.append(html.unescape(entity) if entity in NAMED or entity[1] == "#" else entity)
        elif closing:
            _close(opened, name, token.start())
        else:
            opened.append(_opened(name.lower(), rest, end, token.start()))
    if opened:
        raise BadMarkup(
            f"can't parse entities: Can't find end tag corresponding to start tag \"{opened[-1]}\""
        )
    return "".join(words)


def _opened(name: str, rest: str, end: str, at: int) -> str:
    if name in PLAIN and end and rest.strip() in ("", "expandable"):
        return name
    if name == "a" and end and re.fullmatch(r'\s+href="[^"]+"', rest):
        return name
    if name == "span" and end and rest.strip() == 'class="tg-spoiler"':
        return name
    raise BadMarkup(f'can\'t parse entities: Unsupported start tag "{name}" at byte offset {at}')


def _close(opened: list[str], name: str, at: int) -> None:
    if not opened or opened.pop() != name.lower():
        raise BadMarkup(f"can't parse entities: Unmatched end tag at byte offset {at}")


def units(text: str) -> int:
    """UTF-16 units, by which Telegram counts."""
    return len(text.encode("utf-16-le")) // 2

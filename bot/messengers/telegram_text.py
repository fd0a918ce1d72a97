"""Telegram's HTML: how long a text is as Telegram counts, and cutting one that is too long.

Source: Bot API, "HTML style" and the limits of sendMessage: 4096 characters after entities parsing, in UTF-16 units.
"""

from __future__ import annotations

import html
import re
from collections.abc import Iterator

TEXT_CHARS = 4096
CAPTION_CHARS = 1024
TOKEN = re.compile(r"<(/?)([a-z-]+)[^>]*>|&#?\w+;|.", re.DOTALL)
TAGS = re.compile(r"<[^>]+>")
FORBIDDEN = re.compile(r'[\x00-\x1f\x7f"\\/<>:|?*\u202a-\u202e\u2066-\u2069\u200b-\u200f\ufeff]')


def units(text: str) -> int:
    """Characters as Telegram counts them: UTF-16 units."""
    return len(text) + sum(letter > "\uffff" for letter in text)


def plain(text: str) -> str:
    """The words without the markup."""
    return html.unescape(TAGS.sub("", text))


def pieces(text: str, limit: int = TEXT_CHARS) -> list[str]:
    """The text in pieces of at most `limit` visible units, cut between lines where it can be; markup stays whole."""
    if units(plain(text)) <= limit:
        return [text]
    found: list[str] = []
    cut = _Cutter(limit)
    for line in text.splitlines(keepends=True):
        found.extend(cut.add(line))
    return [*found, cut.end()]


class _Cutter:
    """Gathers lines into a piece; tags open at a cut are closed there and opened again in the next piece."""

    def __init__(self, limit: int) -> None:
        self._limit = limit
        self._out: list[str] = []
        self._size = 0
        self._open: list[tuple[str, str]] = []

    def add(self, line: str) -> Iterator[str]:
        if self._size and self._size + units(plain(line)) > self._limit:
            yield self.end()
        for token in TOKEN.finditer(line):
            size = 0 if token[2] else units(html.unescape(token[0]))
            if self._size + size > self._limit:
                yield self.end()
            self._take(token, size)

    def end(self) -> str:
        closing = [f"</{name}>" for name, _ in reversed(self._open)]
        piece = "".join(self._out + closing)
        self._out, self._size = [opening for _, opening in self._open], 0
        return piece.strip()

    def _take(self, token: re.Match[str], size: int) -> None:
        self._out.append(token[0])
        self._size += size
        if token[2] and token[1]:
            self._open.pop()
        elif token[2]:
            self._open.append((token[2], token[0]))


def shortened(text: str, limit: int) -> str:
    """The text, ended with … where it is too long."""
    if units(text) <= limit:
        return text
    fitting = text.encode("utf-16-le")[: 2 * (limit - 1)].decode("utf-16-le", "ignore")
    return f"{fitting.rstrip()}…"


def file_name(name: str) -> str:
    """A file's name that is one in every header and on every disk, and can't turn its own ending around."""
    return FORBIDDEN.sub("_", name).strip(". ")[-120:] or "file"

"""The HTML subset of messages, and nothing else: whatever comes in, only these tags come out."""

from __future__ import annotations

from html import escape
from html.parser import HTMLParser
from urllib.parse import urlsplit

from markupsafe import Markup

PLAIN = frozenset({"b", "i", "u", "s", "code", "pre", "blockquote"})
SPOILER = "tg-spoiler"
OPENED = {SPOILER: '<span class="spoiler" role="button" tabindex="0">', **{tag: f"<{tag}>" for tag in PLAIN}}
CLOSED = {SPOILER: "</span>", "a": "</a>", **{tag: f"</{tag}>" for tag in PLAIN}}


def sanitized(text: str) -> Markup:
    """The text with the tags b i u s code pre blockquote tg-spoiler and a (http, https), each closed in order.

    Other tags are dropped with their attributes, their words stay; newlines are kept (the page shows them).
    """
    subset = _Subset()
    subset.feed(text)
    subset.close()
    return Markup(subset.finished())  # noqa: S704 (made of escaped text and the tags above alone)


class _Subset(HTMLParser):
    def __init__(self) -> None:
        super().__init__(convert_charrefs=True)
        self._out: list[str] = []
        self._open: list[str] = []

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        opened = _link(dict(attrs).get("href")) if tag == "a" else OPENED.get(tag)
        if opened:
            self._out.append(opened)
            self._open.append(tag)

    def handle_endtag(self, tag: str) -> None:
        if tag not in self._open:
            return
        while (last := self._open.pop()) != tag:
            self._out.append(CLOSED[last])
        self._out.append(CLOSED[tag])

    def handle_data(self, data: str) -> None:
        self._out.append(escape(data))

    def finished(self) -> str:
        return "".join([*self._out, *(CLOSED[tag] for tag in reversed(self._open))])


def _link(href: str | None) -> str | None:
    try:
        parts = urlsplit(href or "")
    except ValueError:
        return None
    if parts.scheme not in ("http", "https") or not parts.netloc:
        return None
    return f'<a href="{escape(href or "")}" target="_blank" rel="noopener noreferrer nofollow">'

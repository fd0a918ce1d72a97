"""Whatever a message's text holds, only the allowed tags reach the page, each closed in order."""

from __future__ import annotations

import re

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.web.markup import PLAIN, sanitized

TAG = re.compile(r"<(/?)([a-z-]+)((?: [^<>]*)?)>")
ALLOWED = {*PLAIN, "a", "span"}
ATTRIBUTES = re.compile(
    r' class="spoiler" role="button" tabindex="0"| href="https?://[^"<>]*" target="_blank" rel="noopener noreferrer nofollow"'
)
PIECES = st.sampled_from(
    [
        *(f"<{slash}{tag}>" for tag in (*PLAIN, "tg-spoiler", "script", "img", "style", "svg") for slash in ("", "/")),
        '<a href="https://example.org/?a=1&b=2">',
        '<a href="javascript:alert(1)">',
        '<a href=\'https://e.example" onclick="x\'>',
        '<b onclick="alert(1)" style="x">',
        "</a>", "<!--", "-->", "<![CDATA[", "<?php", "&lt;script&gt;", "&#60;b&#62;", "<", ">", "\"", "&", "\n", "words",
    ]
)  # fmt: skip


@pytest.mark.parametrize(
    ("text", "html"),
    [
        ("<b>Supply-2027</b>, 6 pages", "<b>Supply-2027</b>, 6 pages"),
        ("one\ntwo", "one\ntwo"),
        ("a &lt;b&gt; &amp; c", "a &lt;b&gt; &amp; c"),
        ("<b><i>x</b>y</i>", "<b><i>x</i></b>y"),
        ("</b>x<u>y", "x<u>y</u>"),
        ("<script>alert(1)</script>", "alert(1)"),
        ("<img src=x onerror=alert(1)>x", "x"),
        ('<b onclick="alert(1)">x</b>', "<b>x</b>"),
        ("<a href='javascript:alert(1)'>x</a>", "x"),
        ("<a href='//evil.example'>x</a>", "x"),
        (
            '<a href="https://example.org/?a=1&amp;b=2">x</a>',
            '<a href="https://example.org/?a=1&amp;b=2" target="_blank" rel="noopener noreferrer nofollow">x</a>',
        ),
        (
            "<tg-spoiler>4417</tg-spoiler>",
            '<span class="spoiler" role="button" tabindex="0">4417</span>',
        ),
        ("3 < 4 & 5 > 4", "3 &lt; 4 &amp; 5 &gt; 4"),
    ],
)
def test_only_the_subset_comes_out(text: str, html: str) -> None:
    assert sanitized(text) == html


@given(st.lists(st.one_of(PIECES, st.text(max_size=5)), max_size=25).map("".join))
def test_no_text_makes_another_tag_or_attribute_or_leaves_one_open(text: str) -> None:
    html, opened = sanitized(text), list[str]()
    for closing, tag, attributes in TAG.findall(html):
        assert tag in ALLOWED
        assert not attributes or ATTRIBUTES.fullmatch(attributes)
        if closing:
            assert opened.pop() == tag
        else:
            opened.append(tag)
    assert not opened
    assert not re.search("[<>]", TAG.sub("", html))

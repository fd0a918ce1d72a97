"""A document's words, for searching: read in a limited child, made ready for an index of words."""

from __future__ import annotations

import unicodedata
from collections.abc import Iterator
from typing import Any

import pypdfium2

from signing.documents.child import Limits, Run, run_limited

LIMITS = Limits(seconds=30, cpu=25)
MOST = 400_000
"""Characters of a document that are searched."""


def document_text(pdf: bytes, *, run: Run = run_limited) -> str:
    """What the pages of a PDF say, page after page. Raises Refused."""
    answer, _ = run("signing.documents.words:read", pdf, {}, LIMITS)
    return str(answer["text"])


def read(payload: bytes, args: dict[str, Any]) -> tuple[dict[str, Any], bytes]:
    """Child function: {"text"}."""
    parts, left = [], MOST
    with pypdfium2.PdfDocument(payload) as document:
        for page in document:
            text = page.get_textpage().get_text_range()[:left]
            parts.append(text)
            left -= len(text)
            if left <= 0:
                break
    return {"text": "\n".join(parts)}, b""


def indexed(text: str) -> str:
    """Words as they are searched: each after a space, in small letters, without accents, every Chinese character a word,
    so that any run of them can be found."""
    return "".join(f" {word}" for word in _words(text))


def asked(text: str) -> list[str]:
    """What must all occur in `indexed` words: Chinese as it stands together, other words from their beginning."""
    runs = (indexed(run) for run in text.split())
    return [run for run in runs if run]


def _words(text: str) -> Iterator[str]:
    word = ""
    for letter in unicodedata.normalize("NFKD", text).casefold():
        if unicodedata.combining(letter):
            continue
        if _is_ideograph(letter) or not letter.isalnum():
            if word:
                yield word
            word = ""
            if _is_ideograph(letter):
                yield letter
        else:
            word += letter
    if word:
        yield word


def _is_ideograph(letter: str) -> bool:
    return (
        "\u3400" <= letter <= "\u9fff"
        or "\uf900" <= letter <= "\ufaff"
        or "\U00020000" <= letter <= "\U0003ffff"
    )

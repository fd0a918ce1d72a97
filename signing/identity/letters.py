"""The power of attorney to print, seal and photograph: a PDF in Chinese and English, company and person filled in."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import Any

import pylopdf_fonts_zh_cn
from fpdf import FPDF
from fpdf.enums import WrapMode

from signing.identity.claims import Claims
from signing.ids import CheckId, Digest
from signing.persons import read_person
from signing.store.blobs import Blobs
from signing.store.port import Reading, Store
from signing.store.times import moment

Words = Callable[[str, str, Mapping[str, Any]], str]
"""(language, `template.block`, context) to plain text."""

LANGUAGES = ("zh", "en")
MARGIN, LINE = 25.0, 8.0


class Letters:
    """Makes letters outside any transaction; kept sealed under the person's key."""

    def __init__(self, store: Store, blobs: Blobs, claims: Claims, words: Words) -> None:
        self._store = store
        self._blobs = blobs
        self._claims = claims
        self._words = words

    def make(self, check: CheckId) -> Digest:
        """The letter for a check: the digest of the sealed PDF."""
        person, facts = self._store.read(self._facts, check)
        pdf = draw_letter([self._text(language, facts) for language in LANGUAGES])
        return Digest(self._store.write(self._blobs.write_sealed, person, pdf, "application/pdf"))

    def _facts(self, tx: Reading, check: CheckId) -> tuple[str, dict[str, Any]]:
        row = tx.get("checks", check)
        assert row is not None
        claim, person = self._claims.read(tx, check), read_person(tx, row["person"])
        day = moment(tx.now)
        return person.id, {"claim": claim, "tail": person.identity_tail, "year": day.year}

    def _text(self, language: str, facts: Mapping[str, Any]) -> tuple[str, str, str]:
        title, body, foot = (
            self._words(language, f"letter.{each}", facts) for each in ("title", "body", "foot")
        )
        return title, body, foot


def draw_letter(parts: list[tuple[str, str, str]]) -> bytes:
    """One A4 page: each language's title and text, then one place for the seal."""
    pdf = FPDF(format="A4")
    pdf.add_font("Serif", fname=str(pylopdf_fonts_zh_cn.serif_path()))
    pdf.set_margins(MARGIN, MARGIN)
    pdf.set_auto_page_break(True, MARGIN)
    pdf.add_page()
    for title, body, _ in parts:
        _block(pdf, title, 16, "C")
        _block(pdf, body, 11, "L")
        pdf.ln(LINE)
    for _, _, foot in parts:
        _block(pdf, foot, 11, "L")
    return bytes(pdf.output())


def _block(pdf: FPDF, text: str, size: int, align: str) -> None:
    pdf.set_font("Serif", size=size)
    pdf.multi_cell(
        0,
        LINE,
        text,
        align=align,
        wrapmode=WrapMode.CHAR if not text.isascii() else WrapMode.WORD,
        new_x="LMARGIN",
        new_y="NEXT",
    )
    pdf.ln(LINE / 2)

"""The document that voids a contract: what it refers to, why, and a place to sign for each party."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

import pylopdf_fonts_zh_cn
from fpdf import FPDF
from fpdf.enums import WrapMode

from signing.contracts.contract import Contract, Party

Words = Callable[[str, str, Mapping[str, Any]], str]
"""The block of voiding_paper.html in a language ("zh", "en"), filled in; plain text."""

MARGIN_MM, PLACE_MM, SEAL_MM, LINE = 22.0, 52.0, 44.0, 0.6
POINTS = 72 / 25.4
INK, GREY = (20, 24, 32), (100, 106, 118)


@dataclass(frozen=True, slots=True)
class Paper:
    """What it is about; `parties` in the order in which they sign the voiding, `number` the first contract's public
    number, empty where it has none."""

    contract: Contract
    parties: Sequence[Party]
    number: str
    reason: str


@dataclass(frozen=True, slots=True)
class Drawn:
    """`places` are proposals for areas, a role for each party in their order."""

    pdf: bytes
    places: list[dict[str, Any]]


def draw_paper(paper: Paper, words: Words) -> Drawn:
    """The document in Chinese and English."""
    drawing = _Drawing(paper, words)
    drawing.body()
    for number, party in enumerate(paper.parties, start=1):
        drawing.place(number, party)
    return Drawn(bytes(drawing.pdf.output()), drawing.places)


class _Drawing:
    def __init__(self, paper: Paper, words: Words) -> None:
        self.paper = paper
        self.words = words
        self.places: list[dict[str, Any]] = []
        self.pdf = FPDF(format="A4")
        self.pdf.add_font("Serif", fname=str(pylopdf_fonts_zh_cn.serif_path()))
        self.pdf.set_margins(MARGIN_MM, MARGIN_MM)
        self.pdf.set_auto_page_break(True, MARGIN_MM)
        self.pdf.add_page()

    def body(self) -> None:
        self._both("title", 20, 13)
        self.pdf.ln(6)
        self._both("refers", 11.5, 9.5)
        self.pdf.ln(3)
        self._both("agreed", 11.5, 9.5)
        self.pdf.ln(6)

    def place(self, number: int, party: Party) -> None:
        """A party's name, and room for its seal or signature and the date."""
        if self.pdf.will_page_break(PLACE_MM):
            self.pdf.add_page()
        top = self.pdf.get_y()
        self._both("party", 11, 9, party=party)
        right = self.pdf.w - MARGIN_MM
        kind = "seal" if party.kind == "enterprise" else "signature"
        self._area(number, party, kind, (right - SEAL_MM - 8, top, right - 8, top + SEAL_MM))
        self._area(number, party, "date", (MARGIN_MM + 22, top + 26, MARGIN_MM + 70, top + 33))
        self.pdf.set_xy(MARGIN_MM, top + 26)
        self._text(self.words("zh", "date", {}), 11, INK)
        self.pdf.set_y(top + PLACE_MM)

    def _area(self, number: int, party: Party, kind: str, box: tuple[float, float, float, float]) -> None:
        left, top, right, bottom = box
        height = self.pdf.h
        points = [each * POINTS for each in (left, height - bottom, right, height - top)]
        page = self.pdf.page_no() - 1
        self.places.append(
            {"party": f"#{number}", "kind": kind, "page": page, "box": points, "anchor": party.name}
        )

    def _both(self, block: str, size: float, small: float, **context: Any) -> None:
        facts = {"contract": self.paper.contract, "number": self.paper.number, "reason": self.paper.reason}
        for language, height, colour in (("zh", size, INK), ("en", small, GREY)):
            wrap = WrapMode.CHAR if language == "zh" else WrapMode.WORD
            self._text(self.words(language, block, {**facts, **context}), height, colour, wrap)

    def _text(
        self, text: str, size: float, colour: tuple[int, int, int], wrap: WrapMode = WrapMode.CHAR
    ) -> None:
        self.pdf.set_font("Serif", size=size)
        self.pdf.set_text_color(*colour)
        wide = self.pdf.epw - (SEAL_MM + 12 if self.places or size == 11 else 0)
        self.pdf.multi_cell(wide, size * LINE, text, align="L", wrapmode=wrap, new_x="LMARGIN", new_y="NEXT")

"""The evidence report: a PDF in Chinese and English that says what is known and how to check it again."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from io import BytesIO
from typing import Any

import pylopdf_fonts_zh_cn
from fpdf import FPDF
from fpdf.enums import WrapMode

from signing.evidence.facts import Facts, Signed
from signing.qr import qr_picture

Words = Callable[[str, str, Mapping[str, Any]], str]
"""The block of evidence.html in a language ("zh", "en"), filled in; plain text."""

MARGIN_MM, SEAL_MM, PARTY_MM, QR_MM = 20, 32, 120, 24
INK, GREY, RULE = (20, 24, 32), (100, 106, 118), (210, 214, 222)


def draw_report(facts: Facts, words: Words, seals: Mapping[str, bytes], address: str) -> bytes:
    """The report; `seals` are the pictures (PNG) by digest, `address` is where the public page is."""
    page = _Report(facts, words)
    page.code(address)
    page.heading()
    page.section("contract", contract=facts.contract, number=facts.number, address=address)
    for signed in facts.signed:
        page.party(signed, seals[signed.seal.picture])
    page.section(
        "digests",
        contract=facts.contract,
        revisions=facts.revisions,
        head=facts.head,
        earlier=facts.earlier,
    )
    page.timeline()
    page.section("check_again", contract=facts.contract)
    return bytes(page.pdf.output())


class _Report:
    def __init__(self, facts: Facts, words: Words) -> None:
        self.facts = facts
        self.words = words
        self.pdf = FPDF(format="A4")
        self.pdf.set_creation_date(facts.at)
        self.pdf.set_title(f"{facts.contract.title} {facts.number}")
        self.pdf.add_font("Serif", fname=str(pylopdf_fonts_zh_cn.serif_path()))
        self.pdf.set_margins(MARGIN_MM, MARGIN_MM)
        self.pdf.set_auto_page_break(True, MARGIN_MM)
        self.pdf.add_page()

    def heading(self) -> None:
        self._text(self.words("zh", "title", {}), 20)
        self._text(self.words("en", "title", {}), 13, GREY)
        self.pdf.ln(4)

    def code(self, address: str) -> None:
        """Where the contract can be looked up, as a QR code at the top right, its number below."""
        left, top = self.pdf.w - MARGIN_MM - QR_MM, MARGIN_MM - 4
        self.pdf.image(BytesIO(qr_picture(address, border=0)), left, top, QR_MM, QR_MM)
        self.pdf.set_font("Serif", size=7)
        self.pdf.set_text_color(*GREY)
        self.pdf.text(left, top + QR_MM + 3.4, self.facts.number)

    def section(self, block: str, **context: Any) -> None:
        """A block in both languages: its first line is the heading."""
        self.pdf.ln(3)
        self._rule()
        for language, colour, size in (("zh", INK, 10.5), ("en", GREY, 9.0)):
            head, _, rest = self.words(language, block, context).partition("\n")
            wrap = WrapMode.CHAR if language == "zh" else WrapMode.WORD
            self._text(head, size + 2.5, colour, wrap)
            self._text(rest, size, colour, wrap)

    def party(self, signed: Signed, seal: bytes) -> None:
        if self.pdf.will_page_break(PARTY_MM):
            self.pdf.add_page()
        share = SEAL_MM / max(signed.seal.width_mm, signed.seal.height_mm)
        width, height = signed.seal.width_mm * min(share, 1), signed.seal.height_mm * min(share, 1)
        left, top = self.pdf.w - MARGIN_MM - width, self.pdf.get_y()
        self.pdf.image(BytesIO(seal), left, top + 6, width, height)
        self.pdf.set_y(top)
        self.section("party", signed=signed, party=signed.party)

    def timeline(self) -> None:
        self.section("timeline")
        ordered = len({each.turn for each in self.facts.contract.signers}) > 1
        for event in self.facts.events:
            party = next((e for e in self.facts.contract.parties if e.id == event.facts.get("party")), None)
            digest = str(event.facts.get("digest", ""))[:16]
            context = {"event": event, "party": party, "digest": digest, "ordered": ordered}
            line = "  ".join(self.words(language, "event", context) for language in ("zh", "en"))
            self._text(line, 8.5)

    def _text(
        self,
        text: str,
        size: float,
        colour: tuple[int, int, int] = INK,
        wrap: WrapMode = WrapMode.CHAR,
    ) -> None:
        if not text.strip():
            return
        self.pdf.set_font("Serif", size=size)
        self.pdf.set_text_color(*colour)
        wide = self.pdf.epw - SEAL_MM - 4
        self.pdf.multi_cell(wide, size * 0.56, text, align="L", wrapmode=wrap, new_x="LMARGIN", new_y="NEXT")

    def _rule(self) -> None:
        self.pdf.set_draw_color(*RULE)
        self.pdf.line(MARGIN_MM, self.pdf.get_y(), self.pdf.w - MARGIN_MM, self.pdf.get_y())
        self.pdf.ln(2)

"""A contract being drawn, with a note of what it asks for: who, what, where. Millimetres from the top left."""

from __future__ import annotations

from dataclasses import dataclass

from fpdf import FPDF
from pylopdf_fonts_zh_cn import sans_path, serif_path

A, B = "海港茶业有限公司", "蓝窑陶瓷有限公司"
BLANK = "____________"


@dataclass(frozen=True)
class Asked:
    """A place in the drawing: the party, the kind, the page from 0, and the point (mm) where it belongs."""

    party: str
    kind: str
    page: int
    x: float
    y: float


class Draft:
    """A page after page of a contract being drawn."""

    def __init__(self, size: float = 11, serif: bool = True) -> None:
        self.pdf = FPDF()
        self.pdf.set_auto_page_break(False)
        self.pdf.add_font("zh", fname=str(serif_path() if serif else sans_path()))
        self.asked: list[Asked] = []
        self.size = size
        self.page()

    def page(self) -> None:
        self.pdf.add_page()
        self.pdf.set_font("zh", size=self.size)

    def body(self, y: float, lines: int = 8) -> float:
        for number in range(lines):
            text = f"第{number + 1}条 甲乙双方应当按照本合同约定履行各自义务，任何一方违约的，应当赔偿对方因此受到的损失，双方签字盖章后生效。"
            self.pdf.text(20, y + 8 * number, text[: int(170 / (self.size * 0.3528))])
        return y + 8 * lines

    def text(self, x: float, y: float, text: str) -> float:
        """Text with its baseline at y; the x behind it."""
        self.pdf.text(x, y, text)
        return x + self.pdf.get_string_width(text)

    def ask(self, x: float, y: float, text: str, party: str, kind: str, blank: str = "") -> None:
        """Words that ask for something: a seal over them, the rest behind them."""
        end = self.text(x, y, text)
        self.text(end, y, blank)
        at = (x + end) / 2 if kind == "seal" else end + 8
        self.asked.append(Asked(party, kind, self.pdf.page_no() - 1, at, y))

    def cells(self, x: float, y: float, widths: list[float], heights: list[float]) -> None:
        for row in range(len(heights)):
            for column in range(len(widths)):
                self.pdf.rect(x + sum(widths[:column]), y + sum(heights[:row]), widths[column], heights[row])

    def bytes(self) -> bytes:
        return bytes(self.pdf.output())

"""Make the starter contracts in templates/contracts from their sources: .venv/bin/python scripts/starters.py

A source is plain text: `# title`, `## heading`, `|| a | b` a row of a table with lines, `| a | b` a row of the place to
sign, anything else a paragraph.
"""

from __future__ import annotations

from datetime import datetime
from pathlib import Path

from docx import Document
from docx.document import Document as WordDocument
from docx.enum.text import WD_ALIGN_PARAGRAPH
from docx.oxml.ns import qn
from docx.shared import Mm, Pt
from docx.text.paragraph import Paragraph

FOLDER = Path(__file__).parents[1] / "templates" / "contracts"
TYPEFACES = {"zh": ("宋体", "黑体", 12.0, 1.5), "en": ("Times New Roman", "Arial", 11.0, 1.25)}
"""Body, headings, size in points, leading."""
MADE = datetime(2026, 11, 23)  # noqa: DTZ001 - a property of the file, in no time zone


class Typesetter:
    """Sets one source in type."""

    def __init__(self, language: str) -> None:
        self.language = language
        self.body, self.head, self.size, self.leading = TYPEFACES[language]
        self.document: WordDocument = Document()
        self.rows: list[list[str]] = []
        self.ruled = False
        section = self.document.sections[0]
        section.page_width, section.page_height = Mm(210), Mm(297)
        section.left_margin = section.right_margin = Mm(28)
        section.top_margin = section.bottom_margin = Mm(25)
        self.document.core_properties.created = self.document.core_properties.modified = MADE
        self.document.core_properties.author = "sealbot"

    def line(self, text: str) -> None:
        ruled = text.startswith("||")
        if text.startswith("|"):
            self.rows.append([cell.strip() for cell in text.lstrip("|").split(" | ")])
            self.ruled = ruled
            return
        self.finish_table()
        if text.startswith("## "):
            self._heading(text.removeprefix("## "))
        elif text.startswith("# "):
            self._title(text.removeprefix("# "))
        else:
            self._paragraph(text)

    def finish_table(self) -> None:
        """Everything that stands in rows so far."""
        if not self.rows:
            return
        if not self.ruled:
            self._keep_with_the_end()
        table = self.document.add_table(len(self.rows), len(self.rows[0]))
        table.style = "Table Grid" if self.ruled else "Normal Table"
        for row, cells in zip(table.rows, self.rows, strict=True):
            row.height = Mm(8 if self.ruled else 20)
            for cell, text in zip(row.cells, cells, strict=True):
                self._set(cell.paragraphs[0], text, self.body, self.size)
                cell.paragraphs[0].paragraph_format.keep_with_next = not self.ruled
        self.rows = []

    def _keep_with_the_end(self) -> None:
        """The place to sign never stands on a page of its own."""
        last = self.document.paragraphs[-1].paragraph_format
        last.keep_with_next = last.keep_together = True
        gap = self.document.add_paragraph().paragraph_format
        gap.space_after, gap.keep_with_next = Pt(6), True

    def _title(self, text: str) -> None:
        paragraph = self.document.add_paragraph()
        paragraph.alignment = WD_ALIGN_PARAGRAPH.CENTER
        paragraph.paragraph_format.space_after = Pt(18)
        self._set(paragraph, text, self.head, 18, bold=True)

    def _heading(self, text: str) -> None:
        paragraph = self.document.add_paragraph()
        paragraph.paragraph_format.space_before = Pt(10)
        paragraph.paragraph_format.space_after = Pt(2)
        paragraph.paragraph_format.keep_with_next = True
        self._set(paragraph, text, self.head, self.size, bold=True)

    def _paragraph(self, text: str) -> None:
        paragraph = self.document.add_paragraph()
        shape = paragraph.paragraph_format
        shape.line_spacing, shape.space_after = self.leading, Pt(0 if self.language == "zh" else 5)
        if self.language == "zh" and not text.startswith(("甲方（", "乙方（", "合同编号")):
            shape.first_line_indent = Pt(2 * self.size)
        self._set(paragraph, text, self.body, self.size)

    def _set(self, paragraph: Paragraph, text: str, typeface: str, size: float, bold: bool = False) -> None:
        run = paragraph.add_run(text)
        run.font.name, run.font.size, run.bold = typeface, Pt(size), bold
        run.element.get_or_add_rPr().get_or_add_rFonts().set(qn("w:eastAsia"), typeface)


def make(source: Path) -> WordDocument:
    """The document that a source describes."""
    setter = Typesetter(source.parent.name)
    for line in source.read_text("utf-8").splitlines():
        if line.strip():
            setter.line(line.strip())
    setter.finish_table()
    return setter.document


def sources() -> list[Path]:
    return sorted((FOLDER / "source").glob("*/*.txt"))


if __name__ == "__main__":
    for each in sources():
        make(each).save(str(FOLDER / each.parent.name / f"{each.stem}.docx"))

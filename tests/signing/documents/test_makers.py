"""Word files of different makers become pages that show what is in them."""

from __future__ import annotations

import io
from collections.abc import Iterator

import pypdfium2
import pytest
from docx import Document
from docx.oxml.ns import qn
from docx.shared import Mm, Pt
from PIL import Image

from signing.documents import intake, word
from signing.documents.child import Children
from signing.documents.warm import WarmOffice

from .word_files import odt

pytestmark = [
    pytest.mark.slow,
    pytest.mark.skipif(word.find_soffice() is None, reason="needs LibreOffice"),
]


@pytest.fixture(scope="module")
def office(children: Children) -> Iterator[WarmOffice]:
    with WarmOffice(children) as opened:
        yield opened


def contract() -> bytes:
    """Chinese text in the fonts that Word asks for, a table with merged cells, a picture, header and footer."""
    document = Document()
    document.sections[0].header.paragraphs[0].text = "合同编号 HT-2027-018"
    document.sections[0].footer.paragraphs[0].text = "第一页，共一页"
    run = document.add_paragraph().add_run("供货合同")
    run.font.name, run.font.size = "仿宋_GB2312", Pt(16)
    run.element.rPr.rFonts.set(qn("w:eastAsia"), "仿宋_GB2312")
    table = document.add_table(3, 3)
    table.style = "Table Grid"
    table.cell(0, 0).merge(table.cell(0, 2)).text = "货物清单"
    table.cell(1, 0).merge(table.cell(2, 0)).text = "手工茶具"
    table.cell(1, 1).text, table.cell(2, 2).text = "三千二百套", "青釉"
    out = io.BytesIO()
    Image.new("RGB", (200, 100), (200, 30, 30)).save(out, "PNG")
    out.seek(0)
    document.add_picture(out, width=Mm(60))
    document.add_paragraph("甲方（盖章）：")
    made = io.BytesIO()
    document.save(made)
    return made.getvalue()


def page(pdf: bytes) -> tuple[str, Image.Image]:
    with pypdfium2.PdfDocument(pdf) as opened:
        first = opened[0]
        return first.get_textpage().get_text_range(), first.render(scale=1).to_pil().convert("RGB")


def test_text_merged_cells_pictures_headers_and_footers_are_all_on_the_page(
    children: Children, office: WarmOffice
) -> None:
    accepted = intake.inspect(word.as_pdf(contract(), run=office), run=children.run)
    text, picture = page(accepted.pdf)
    for words in (
        "供货合同",
        "货物清单",
        "手工茶具",
        "三千二百套",
        "青釉",
        "HT-2027-018",
        "第一页",
        "甲方（盖章）",
    ):
        assert words in text
    colours = picture.getcolors(1 << 24) or []
    red = sum(count for count, (r, g, b) in colours if r > 150 and g < 80 and b < 80)
    assert red > 8_000


@pytest.mark.parametrize(
    "data",
    [odt(), b"{\\rtf1\\ansi\\ansicpg936 Supply contract \\u20379?\\u36135?\\par}"],
    ids=["odt", "rtf"],
)
def test_files_of_other_word_processors_are_read_as_well(
    children: Children, office: WarmOffice, data: bytes
) -> None:
    text, _ = page(intake.inspect(word.as_pdf(data, run=office), run=children.run).pdf)
    assert "供货" in text

from __future__ import annotations

import io
import socket
import stat
from collections.abc import Iterator
from pathlib import Path

import pikepdf
import pytest

from signing.documents import errors, intake, word
from signing.documents.child import Children

from . import hostile_word
from .makers import plain
from .word_files import RELATIONS, document, docx, field, odt, paragraph, relation, relations

needs_libreoffice = pytest.mark.skipif(word.find_soffice() is None, reason="needs LibreOffice")


@pytest.fixture(scope="module")
def listener() -> Iterator[socket.socket]:
    with socket.create_server(("127.0.0.1", 0)) as server:
        server.settimeout(0)
        yield server


@pytest.fixture
def telltale(tmp_path: Path) -> Path:
    """A LibreOffice that, whatever it gets, makes a PDF that ends with the name of the folder it worked in."""
    (tmp_path / "made.pdf").write_bytes(plain(1))
    program = tmp_path / "soffice"
    program.write_text(
        '#!/bin/sh\nhere=$(dirname "$0")\n{ cat "$here/made.pdf"; echo "%$HOME"; } > "$HOME/document.pdf"\n'
    )
    program.chmod(program.stat().st_mode | stat.S_IXUSR)
    return program


def was_called(server: socket.socket) -> bool:
    try:
        server.accept()
    except BlockingIOError:
        return False
    return True


@pytest.mark.parametrize("case", hostile_word.FILES)
def test_a_hostile_file_is_refused_with_its_reason_and_never_reaches_libreoffice(
    case, listener, telltale, children
):
    make, reason = hostile_word.FILES[case]
    with pytest.raises(errors.Refused) as refused:
        word.as_pdf(make(listener.getsockname()[1]), soffice=str(telltale), run=children.run)
    assert refused.value.code == f"document.{reason}"
    assert not was_called(listener)


def test_there_are_at_least_sixty_hostile_docx():
    assert sum(not name.startswith(("ODF", "RTF", "DOC")) for name in hostile_word.FILES) >= 60


@pytest.mark.parametrize("file", [docx(), odt()], ids=["docx", "odt"])
def test_an_honest_file_reaches_libreoffice(file, telltale, children):
    assert word.as_pdf(file, soffice=str(telltale), run=children.run).startswith(plain(1)[:100])


HONEST = {
    "a link to the web": {RELATIONS: relations(relation("hyperlink", "https://example.org/"))},
    "a link for mail": {RELATIONS: relations(relation("hyperlink", "mailto:someone@example.org"))},
    "the maker's own template": {
        RELATIONS: relations(relation("attachedTemplate", "file:///C:\\Users\\a\\Normal.dotm"))
    },
    "page numbers and a link field": {
        "word/document.xml": document(
            field("PAGE") + field("HYPERLINK &quot;https://example.org&quot;") + field("TOC \\o")
        )
    },
    "words about links": {
        "word/document.xml": document(paragraph("INCLUDETEXT and DDE are field names; LINK too"))
    },
}


@pytest.mark.parametrize("case", HONEST)
def test_honest_parts_are_let_through(case, telltale, children):
    assert word.as_pdf(docx(HONEST[case]), soffice=str(telltale), run=children.run).startswith(b"%PDF-")


def test_without_libreoffice_the_reason_is_plain_and_hostile_files_keep_theirs(monkeypatch, children):
    monkeypatch.setenv("PATH", "")
    with pytest.raises(errors.WordUnavailable):
        word.as_pdf(docx(), run=children.run)
    with pytest.raises(errors.Macros):
        word.as_pdf(docx({"word/vbaProject.bin": b"x"}), run=children.run)


@pytest.mark.parametrize(
    ("data", "reason"), [(b"", errors.Empty), (b"%PDF-1.7", errors.NotAPdf), (b"x" * 200, errors.TooLarge)]
)
def test_other_files_are_not_converted(data, reason, children):
    with pytest.raises(reason):
        word.as_pdf(data, run=children.run, max_bytes=100)


def test_nothing_of_the_file_is_left_behind(telltale, children):
    pdf = word.as_pdf(docx(), soffice=str(telltale), run=children.run)
    folder = Path(pdf.rpartition(b"%")[2].decode().strip())
    assert folder.name.startswith("sealbot-word-")
    assert not folder.exists()


def test_a_libreoffice_that_makes_nothing_is_told(telltale, children):
    telltale.write_text("#!/bin/sh\n")
    with pytest.raises(errors.ConversionFailed):
        word.as_pdf(docx(), soffice=str(telltale), run=children.run)


@needs_libreoffice
@pytest.mark.slow
def test_a_word_file_becomes_a_pdf_that_is_let_in(children: Children, listener):
    link = relations(relation("hyperlink", f"http://127.0.0.1:{listener.getsockname()[1]}/"))
    body = '<w:p><w:hyperlink r:id="rId9"><w:r><w:t>link</w:t></w:r></w:hyperlink></w:p>' + paragraph(
        "甲方（盖章）："
    )
    pdf = word.as_pdf(docx({"word/document.xml": document(body), RELATIONS: link}), run=children.run)
    assert intake.inspect(pdf, run=children.run).pages == 1
    assert not was_called(listener)


@needs_libreoffice
@pytest.mark.slow
@pytest.mark.parametrize("file", [odt(), rb"{\rtf1\ansi Supply contract\par}"], ids=["odt", "rtf"])
def test_other_kinds_become_a_pdf_too(file, children):
    assert intake.inspect(word.as_pdf(file, run=children.run), run=children.run).pages == 1


@needs_libreoffice
@pytest.mark.slow
def test_characters_that_no_font_has_are_told(children):
    with pytest.raises(errors.LostGlyphs) as refused:
        word.as_pdf(docx({"word/document.xml": document(paragraph("name \U00013000"))}), run=children.run)
    assert refused.value.details == {"characters": ["\U00013000"]}


@needs_libreoffice
@pytest.mark.slow
def test_the_names_of_chinese_fonts_find_a_chinese_font(children):
    run = '<w:r><w:rPr><w:rFonts w:ascii="仿宋_GB2312" w:eastAsia="仿宋_GB2312" w:hAnsi="仿宋_GB2312"/></w:rPr><w:t>盖章</w:t></w:r>'
    pdf = word.as_pdf(docx({"word/document.xml": document(f"<w:p>{run}</w:p>")}), run=children.run)
    with pikepdf.open(io.BytesIO(pdf)) as opened:
        names = {
            str(item.get("/BaseFont", "")) for item in opened.objects if isinstance(item, pikepdf.Dictionary)
        }
    assert any("NotoSerifSC" in name for name in names)

"""A form's Word file: its tags found wherever Word cut them into pieces, and put into a shape of ours."""

from __future__ import annotations

import io
from collections.abc import Callable, Iterator
from copy import deepcopy
from dataclasses import dataclass
from typing import Any

from docx import Document
from docx.document import Document as WordDocument
from docx.enum.style import WD_STYLE_TYPE
from docx.opc.constants import RELATIONSHIP_TYPE
from docx.opc.part import XmlPart
from docx.oxml import OxmlElement
from docx.oxml.ns import qn

from signing.forms.errors import NotAField
from signing.forms.tag import LEFT_OVER, TAG

PARAGRAPH, RUN, TEXT, LOOKS = qn("w:p"), qn("w:r"), qn("w:t"), qn("w:rPr")
PRESERVE = "{http://www.w3.org/XML/1998/namespace}space"
HANGING = (RELATIONSHIP_TYPE.HEADER, RELATIONSHIP_TYPE.FOOTER)
LINE = "_"
"""Nothing else moves to the next line as a whole and is still seen there: spaces of any kind hang over the edge."""
STYLE = "Sealbot blank"
"""A link without a character style of its own loses its place in the PDF (LibreOffice 7.4)."""

AFTERWARDS = "\u200b"
"""A link that ends a table's cell is lost altogether, so that something always follows (LibreOffice 7.4)."""


@dataclass(frozen=True, slots=True)
class Blank:
    """A line to write on later, `letters` wide. It is a link, so that the PDF says where it came to stand."""

    link: str
    letters: int


def opened(data: bytes) -> WordDocument:
    """The file, with each tag of it in one piece of text. Raises NotAField for braces where no tag can be."""
    document = Document(io.BytesIO(data))
    for _, paragraph in paragraphs(document):
        _join(paragraph)
    for part in parts(document):
        _refuse_left_over(part)
    return document


def parts(document: WordDocument) -> list[XmlPart]:
    """The body, headers and footers."""
    related = [each.target_part for each in document.part.rels.values() if each.reltype in HANGING]
    return [document.part, *(part for part in related if isinstance(part, XmlPart))]


def paragraphs(document: WordDocument) -> Iterator[tuple[XmlPart, Any]]:
    for part in parts(document):
        for paragraph in list(part.element.iter(PARAGRAPH)):
            yield part, paragraph


def words_of(paragraph: Any) -> str:
    """A paragraph's own text, without that of text boxes in it."""
    return "".join(text.text or "" for text in _texts(paragraph))


def tags_of(document: WordDocument) -> list[str]:
    """What stands between each pair of braces, in order."""
    return [tag for _, paragraph in paragraphs(document) for tag in TAG.findall(words_of(paragraph))]


def replace_tags(document: WordDocument, put: Callable[[str], str | Blank]) -> None:
    """Put something else into each tag: text, or room that can be found again."""
    styles = document.styles
    if STYLE not in [style.name for style in styles]:
        styles.add_style(STYLE, WD_STYLE_TYPE.CHARACTER)
    for part, paragraph in paragraphs(document):
        for text in _texts(paragraph):
            _put(part, text, put, styles[STYLE].style_id)


def _texts(paragraph: Any) -> list[Any]:
    return [text for text in paragraph.iter(TEXT) if next(text.iterancestors(PARAGRAPH)) is paragraph]


def _join(paragraph: Any) -> None:
    """Each tag into the piece of text in which it begins."""
    texts = _texts(paragraph)
    for found in reversed(list(TAG.finditer("".join(text.text or "" for text in texts)))):
        first, begin = _at(texts, found.start())
        last, end = _at(texts, found.end() - 1)
        if first != last:
            _set(texts[last], (texts[last].text or "")[end + 1 :])
            for between in texts[first + 1 : last]:
                _set(between, "")
            _set(texts[first], (texts[first].text or "")[:begin] + found[0])


def _at(texts: list[Any], offset: int) -> tuple[int, int]:
    """In which of the texts a letter of the whole stands, and where in it."""
    for number, text in enumerate(texts):
        length = len(text.text or "")
        if offset < length:
            return number, offset
        offset -= length
    raise IndexError(offset)


def _put(part: XmlPart, text: Any, put: Callable[[str], str | Blank], style: str) -> None:
    """From the last tag to the first, so that what stands before keeps its place."""
    for found in reversed(list(TAG.finditer(text.text or ""))):
        value, before = put(found[1]), text.text[: found.start()]
        if isinstance(value, str):
            _set(text, before + value + text.text[found.end() :])
        else:
            after = _cut(text, found.end())
            _set(text, before)
            after.addprevious(_link(part, text.getparent(), value, style))


def _cut(text: Any, at: int) -> Any:
    """Cut the run of a text in two; the second run, which begins with the text from `at` on."""
    run = text.getparent()
    place = run.index(text)
    after = deepcopy(run)
    for number, child in reversed(list(enumerate(after))):
        if number < place and child.tag != LOOKS:
            after.remove(child)
    for child in list(run)[place + 1 :]:
        run.remove(child)
    _set(after.find(TEXT), text.text[at:] or AFTERWARDS)
    run.addnext(after)
    return after


def _link(part: XmlPart, run: Any, blank: Blank, style: str) -> Any:
    """A link that looks like the run's text."""
    link = OxmlElement("w:hyperlink")
    link.set(qn("r:id"), part.relate_to(blank.link, RELATIONSHIP_TYPE.HYPERLINK, is_external=True))
    copy = OxmlElement("w:r")
    looks = deepcopy(run.find(LOOKS)) if run.find(LOOKS) is not None else OxmlElement("w:rPr")
    for old in [*looks.findall(qn("w:rStyle")), *looks.findall(qn("w:u")), *looks.findall(qn("w:color"))]:
        looks.remove(old)
    looks.insert(0, _valued("w:rStyle", style))
    looks.extend([_valued("w:color", "000000"), _valued("w:u", "none")])
    text = OxmlElement("w:t")
    _set(text, LINE * blank.letters)
    copy.extend([looks, text])
    link.append(copy)
    return link


def _valued(name: str, value: str) -> Any:
    element = OxmlElement(name)
    element.set(qn("w:val"), value)
    return element


def _set(text: Any, value: str) -> None:
    text.text = value
    text.set(PRESERVE, "preserve")


def _refuse_left_over(part: XmlPart) -> None:
    """Braces that Jinja2 would understand where they are no tag of ours, attributes included."""
    for plain in part.element.xpath(".//text() | .//@*"):
        if plain.is_text and plain.getparent().tag == TEXT:
            plain = TAG.sub("", plain)
        if found := LEFT_OVER.search(plain):
            raise NotAField(tag=plain[max(0, found.start() - 5) : found.start() + 30])

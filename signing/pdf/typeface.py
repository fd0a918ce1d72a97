# mypy: allow-untyped-calls
"""Letters in a PDF: a typeface's subset, embedded with the revision that needs it, so that every viewer shows it.

A composite font over a bare CFF subset (ISO 32000-2, 9.7.4 and 9.9), codes being the subset's glyph numbers.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import Any

import uharfbuzz as hb
from pyhanko.pdf_utils import generic
from pylopdf_fonts_zh_cn import sans_path

from signing.pdf.objects import dictionary, stream
from signing.pdf.revision import Revision

THOUSAND = 1000
CHINESE = r"\u2e80-\u9fff\uf900-\ufaff\uff00-\uffef"
WORD = re.compile(rf"[{CHINESE}][，。、；：？！）》」』】”]*|[^\s{CHINESE}]+|\s")
"""Where a line may be broken: around Chinese characters (not before closing marks), between words elsewhere."""

DESCRIPTOR = {
    "/Type": "/FontDescriptor",
    "/Flags": 4,
    "/FontBBox": (-200, -300, 1200, 1100),
    "/ItalicAngle": 0,
    "/Ascent": 880,
    "/Descent": -120,
    "/CapHeight": 733,
    "/StemV": 80,
}
"""Noto Sans in thousandths of its size. The outlines are embedded: a viewer reads these only to choose a substitute."""


@dataclass(frozen=True, slots=True)
class Glyph:
    """A glyph of the whole typeface, its advance in thousandths, and the text that it stands for."""

    number: int
    advance: int
    text: str


@dataclass(frozen=True, slots=True)
class Embedded:
    """A typeface's subset in one revision: the font object, and the code of each glyph."""

    font: generic.IndirectObject
    codes: dict[int, int]
    typeface: Typeface

    def show(self, text: str) -> bytes:
        """The operator that shows a text."""
        codes = (self.codes[glyph.number] for glyph in self.typeface.glyphs(text))
        return b"<" + b"".join(b"%04X" % code for code in codes) + b"> Tj"


@dataclass(frozen=True, slots=True)
class Typeface:
    """An OpenType typeface with CFF outlines."""

    name: str
    face: Any
    font: Any

    @classmethod
    def load(cls, path: Path) -> Typeface:
        face = hb.Face(path.read_bytes())
        return cls(path.stem, face, hb.Font(face))

    def glyphs(self, text: str) -> Iterator[Glyph]:
        """The glyphs of a text, left to right; what the typeface lacks comes as its empty box."""
        buffer = hb.Buffer()
        buffer.add_str(text)
        buffer.guess_segment_properties()
        hb.shape(self.font, buffer, {"liga": False, "kern": False})
        infos, positions = buffer.glyph_infos or (), buffer.glyph_positions or ()
        for info, position in zip(infos, positions, strict=True):
            advance = position.x_advance * THOUSAND // self.face.upem
            yield Glyph(info.codepoint, advance, text[info.cluster])

    def width(self, text: str, size: float) -> float:
        """The width of a line in points, at a size in points."""
        return sum(glyph.advance for glyph in self.glyphs(text)) * size / THOUSAND

    def lines(self, text: str, size: float, width: float) -> list[str]:
        """The text broken into lines no wider than `width` points, where that can be."""
        lines: list[str] = []
        for paragraph in text.splitlines() or [""]:
            line = ""
            for word in WORD.findall(paragraph):
                if line.strip() and self.width((line + word).rstrip(), size) > width:
                    lines.append(line.rstrip())
                    line = ""
                line += word if line or word.strip() else ""
            lines.append(line.rstrip())
        return lines

    def embed(self, revision: Revision, texts: Iterable[str]) -> Embedded:
        """What these texts need of the typeface, written into the revision."""
        glyphs = {glyph.number: glyph for text in texts for glyph in self.glyphs(text)}
        wanted = hb.SubsetInput()
        wanted.sets(hb.SubsetInputSets.GLYPH_INDEX).update(glyphs)
        wanted.flags = (
            hb.SubsetFlags.CFF_IDENTITY_CHARSET
            | hb.SubsetFlags.NO_HINTING
            | hb.SubsetFlags.NO_LAYOUT_CLOSURE
            | hb.SubsetFlags.NOTDEF_OUTLINE
        )
        plan = hb.SubsetPlan(self.face, wanted)
        codes = {number: plan.old_to_new_glyph_mapping[number] for number in glyphs}
        outlines = bytes(plan.execute().reference_table("CFF ").data)
        font = revision.add_object(self._font(revision, outlines, codes, glyphs))
        return Embedded(font, codes, self)

    def _font(
        self, revision: Revision, outlines: bytes, codes: dict[int, int], glyphs: dict[int, Glyph]
    ) -> generic.DictionaryObject:
        """The composite font and what hangs from it."""
        name = f"/SEALBT+{self.name}"
        file = revision.add_object(_deflated({"/Subtype": "/CIDFontType0C"}, outlines))
        descriptor = revision.add_object(dictionary({**DESCRIPTOR, "/FontName": name, "/FontFile3": file}))
        widths: list[Any] = []
        for number, code in sorted(codes.items(), key=lambda item: item[1]):
            widths += [code, [glyphs[number].advance]]
        descendant = {
            "/Type": "/Font",
            "/Subtype": "/CIDFontType0",
            "/BaseFont": name,
            "/CIDSystemInfo": {**_strings({"/Registry": "Adobe", "/Ordering": "Identity"}), "/Supplement": 0},
            "/FontDescriptor": descriptor,
            "/W": widths,
        }
        unicode = _deflated({}, _to_unicode({codes[number]: glyphs[number].text for number in codes}))
        return dictionary(
            {
                "/Type": "/Font",
                "/Subtype": "/Type0",
                "/BaseFont": f"{name}-Identity-H",
                "/Encoding": "/Identity-H",
                "/DescendantFonts": [revision.add_object(dictionary(descendant))],
                "/ToUnicode": revision.add_object(unicode),
            }
        )


@cache
def default_typeface() -> Typeface:
    """Noto Sans for simplified Chinese and Latin, read once in a process."""
    return Typeface.load(Path(sans_path()))


def _strings(values: dict[str, str]) -> dict[str, generic.TextStringObject]:
    return {key: generic.TextStringObject(value) for key, value in values.items()}


def _deflated(values: dict[str, Any], data: bytes) -> generic.StreamObject:
    made = stream(values, data)
    made.compress()
    return made


def _to_unicode(texts: dict[int, str]) -> bytes:
    """The map from codes back to text (ISO 32000-2, 9.10.3), in blocks of at most 100."""
    pairs = [
        b"<%04X> <%s>" % (code, text.encode("utf-16-be").hex().upper().encode())
        for code, text in texts.items()
    ]
    blocks = [pairs[start : start + 100] for start in range(0, len(pairs), 100)]
    body = [b"%d beginbfchar\n%s\nendbfchar" % (len(block), b"\n".join(block)) for block in blocks]
    return b"\n".join([CMAP_HEAD, *body, CMAP_FOOT])


CMAP_HEAD = b"""/CIDInit /ProcSet findresource begin
12 dict begin
begincmap
/CIDSystemInfo << /Registry (Adobe) /Ordering (UCS) /Supplement 0 >> def
/CMapName /Adobe-Identity-UCS def
/CMapType 2 def
1 begincodespacerange
<0000> <FFFF>
endcodespacerange"""
CMAP_FOOT = b"""endcmap
CMapName currentdict /CMap defineresource pop
end
end"""

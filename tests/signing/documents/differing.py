"""PDFs written by hand, some of which programs read differently: which object counts, where an update begins."""

from __future__ import annotations

import re

FONT = b"<</Type/Font/Subtype/Type1/BaseFont/Helvetica/Encoding/WinAnsiEncoding>>"
Objects = list[tuple[int, bytes]]


def line(text: str, y: int = 700, x: float = 72) -> str:
    return f"BT /F 12 Tf {x} {y} Td ({text}) Tj ET\n"


HEAD = line("Supply contract between Harbor Tea and Blue Kiln", 760)
CHEAP, DEAR = HEAD + line("Price: 100,000 yuan"), HEAD + line("Price: 900,000 yuan")


def stream(content: str) -> bytes:
    data = content.encode("latin-1")
    return b"<</Length %d>>\nstream\n%s\nendstream" % (len(data), data)


def one_page(*more: tuple[int, bytes], contents: bytes = b"4 0 R") -> Objects:
    page = b"<</Type/Page/Parent 2 0 R/MediaBox[0 0 595 842]/Resources<</Font<</F 6 0 R>>>>/Contents "
    return [
        (1, b"<</Type/Catalog/Pages 2 0 R>>"),
        (2, b"<</Type/Pages/Kids[3 0 R]/Count 1>>"),
        (3, page + contents + b">>"),
        (6, FONT),
        *more,
    ]


def written(objects: Objects) -> bytes:
    """A file with a classic cross-reference table; of objects with one number the last counts."""
    out, offsets = bytearray(b"%PDF-1.7\n"), {}
    for number, body in objects:
        offsets[number] = len(out)
        out += b"%d 0 obj\n%s\nendobj\n" % (number, body)
    start, size = len(out), max(offsets) + 1
    out += b"xref\n0 %d\n0000000000 65535 f \n" % size
    out += b"".join(b"%010d 00000 n \n" % offsets.get(number, 0) for number in range(1, size))
    return bytes(out + b"trailer\n<</Size %d/Root 1 0 R>>\nstartxref\n%d\n%%%%EOF\n" % (size, start))


def showing(content: str) -> bytes:
    """One page with this content."""
    return written(one_page((4, stream(content))))


def updated(entry: bytes, body: bytes = b"", end: bytes = b"%%EOF\n") -> bytes:
    """The cheap contract and an update: `entry` is its line of the cross-reference table, with %s for the body's place."""
    base = showing(CHEAP)
    found = re.search(rb"startxref\n(\d+)", base)
    assert found
    place, start = b"%010d" % len(base), len(base) + len(body)
    table = (
        b"xref\n4 1\n"
        + entry.replace(b"%s", place)
        + b" \ntrailer\n<</Size 7/Root 1 0 R/Prev "
        + found[1]
        + b">>\n"
    )
    return base + body + table + b"startxref\n%d\n" % start + end


def misplaced() -> bytes:
    """The table says of object 4 that it is where object 5 stands."""
    file = written(one_page((4, stream(CHEAP)), (5, stream(DEAR))))
    four, five = (b"%010d 00000 n" % file.index(b"%d 0 obj" % number) for number in (4, 5))
    return file.replace(four, five, 1)


def borrowed_letters() -> bytes:
    """Arial by its name alone: each program draws the letters of another typeface, at the same places."""
    sizes = "".join(
        f"BT /F {size} Tf 72 {700 - 24 * size} Td (The price is 100,000 yuan, size {size}) Tj ET\n"
        for size in (8, 11, 14)
    )
    widths = b" ".join(b"%d" % width for width in ARIAL)
    font = b"<</Type/Font/Subtype/TrueType/BaseFont/Arial/Encoding/WinAnsiEncoding/FirstChar 32/LastChar 122/Widths[%s]"
    about = b"<</Type/FontDescriptor/FontName/Arial/Flags 32/FontBBox[-665 -325 2000 1006]/ItalicAngle 0/Ascent 905"
    return written(
        [each for each in one_page((4, stream(sizes))) if each[0] != 6]
        + [
            (6, font % widths + b"/FontDescriptor 7 0 R>>"),
            (7, about + b"/Descent -212/CapHeight 716/StemV 80>>"),
        ]
    )


ARIAL = (
    *(278, 278, 355, 556, 556, 889, 667, 191, 333, 333, 389, 584, 278, 333, 278, 278),
    *(*(556,) * 10, 278, 278, 584, 584, 584, 556, 1015),
    *(
        667,
        667,
        722,
        722,
        667,
        611,
        778,
        722,
        278,
        500,
        667,
        556,
        833,
        722,
        778,
        667,
        778,
        722,
        667,
        611,
        722,
        667,
        944,
    ),
    *(667, 667, 611, 278, 278, 278, 469, 556, 333),
    *(
        556,
        556,
        500,
        556,
        556,
        278,
        556,
        556,
        222,
        222,
        500,
        222,
        833,
        556,
        556,
        556,
        556,
        333,
        500,
        278,
        556,
        500,
        722,
    ),
    *(500, 500, 500),
)
"""Widths of the characters from space to z, in thousandths."""
DIFFERENT = {
    "an update without an end mark": updated(
        b"%s 00000 n", b"4 0 obj\n" + stream(DEAR) + b"\nendobj\n", end=b""
    ),
    "an object of a later generation": updated(b"%s 00001 n", b"4 1 obj\n" + stream(DEAR) + b"\nendobj\n"),
    "a freed object": updated(b"0000000000 00001 f"),
    "an object that is not where it should be": misplaced(),
    "a missing part": written(
        one_page((4, stream(CHEAP)), (5, stream("")), contents=b"[4 0 R null 99 0 R 5 0 R]")
    ),
    "a number with two signs": showing(HEAD + "BT /F 12 Tf 72 --700 Td (Price: 100,000 yuan) Tj ET\n"),
    "more states taken back than kept": showing("Q Q Q " + CHEAP),
    "a font that is not there": showing(HEAD + line("Price: 100,000 yuan").replace("/F ", "/G ")),
}
"""Every one of these was seen to show one thing in poppler or pdfium and another in the other, or in what qpdf makes of it."""

ALIKE = {
    "plain": showing(CHEAP),
    "a price changed by an update": updated(b"%s 00000 n", b"4 0 obj\n" + stream(DEAR) + b"\nendobj\n"),
    "letters set twice to look bold": showing(CHEAP + line("Price: 100,000 yuan", x=72.3)),
    "a ligature": showing(HEAD + line(r"Of\256ce of Harbor Tea")),
    "a word broken at the line's end": showing(HEAD + line("agree-") + line("ment", 686)),
    "words beyond the page": showing(HEAD + line("not seen 77", 900)),
    "words that are not seen": showing(HEAD + "3 Tr " + line("Price: 100,000 yuan")),
    "a typeface that is not in the file": borrowed_letters(),
    "words aslant": showing(HEAD + "BT /F 12 Tf .7 .7 -.7 .7 300 300 Tm (DRAFT 2026) Tj ET\n"),
}

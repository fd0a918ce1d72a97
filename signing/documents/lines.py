"""A page's text as lines of pieces, with where they stand as the page is displayed, and its drawn rules."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterator
from dataclasses import dataclass
from itertools import islice

import pypdfium2
import pypdfium2.raw as pdfium

from signing.documents.geometry import Box, PageView

MOST_CHARS = 20_000
MOST_PATHS = 2_000
THIN, SHORT, CELL_SEGMENTS = 3.0, 30.0, 6
WIDE_GAP = 1.5
"""Gaps beyond this many line heights part two columns."""
WORDS_SET_WIDE = (
    "日期",
    "盖章",
    "签字",
    "签名",
    "签章",
    "公章",
    "甲方",
    "乙方",
    "丙方",
    "供方",
    "需方",
    "买方",
    "卖方",
)
SPACED = {"年月": 9.0, "月日": 9.0, ":年": 14.0, "_年": 9.0} | dict.fromkeys(WORDS_SET_WIDE, 6.0)
"""Pairs of characters that stay together over wider gaps: words that are set wide, and dates to be filled in."""
BLANK = re.compile(r"_[_ ]{2,}|[_ ]{2,}_")
DATE_TO_FILL = re.compile(r"[_ \d]*年[_ \d]*月[_ \d]*日")


@dataclass(frozen=True, slots=True)
class Char:
    """One character, compatibility forms resolved (（ is a plain bracket), its displayed box, what the file has, and
    if a space is before it."""

    text: str
    box: Box
    shown: str
    spaced: bool = False


@dataclass(frozen=True, slots=True)
class Piece:
    """Words that stand together on a line: `text` with compatibility forms resolved, `shown` as the file has them.

    `blank` is the run of underscores behind them, `line` counts from the top.
    """

    text: str
    shown: str
    box: Box
    line: int
    blank: Box | None = None

    @property
    def bare(self) -> str:
        """The text without spaces."""
        return self.text.replace(" ", "")

    @property
    def height(self) -> float:
        """In points."""
        return self.box[3] - self.box[1]


@dataclass(frozen=True, slots=True)
class PageText:
    """A page: its pieces from top to bottom and left to right, and the rules and uprights drawn on it, all as displayed."""

    number: int
    view: PageView
    pieces: tuple[Piece, ...]
    rules: tuple[Box, ...]
    uprights: tuple[Box, ...]


def read_page(page: pypdfium2.PdfPage, number: int, view: PageView) -> PageText:
    """The text and rules of a page."""
    lines = _lines(_runs(page, view))
    pieces = tuple(
        piece for at, line in enumerate(lines) for part in _parted(line) for piece in _pieces(part, at)
    )
    rules, uprights = _drawn(page, view)
    return PageText(number, view, pieces, tuple(rules), tuple(uprights))


def _runs(page: pypdfium2.PdfPage, view: PageView) -> list[list[Char]]:
    """The characters as they were set, parted where the next one stands higher or lower."""
    runs: list[list[Char]] = []
    spaced = False
    text = page.get_textpage()
    for index in range(min(text.count_chars(), MOST_CHARS)):
        shown = chr(pdfium.FPDFText_GetUnicode(text.raw, index))
        plain = unicodedata.normalize("NFKC", shown)
        if not plain.strip() or not plain.isprintable():
            spaced = True
            continue
        box = view.to_display(text.get_charbox(index, loose=True))
        if box[3] > box[1]:
            if not runs or abs(box[1] - runs[-1][-1].box[1]) > 0.25 * (box[3] - box[1]):
                runs.append([])
            runs[-1] += [
                Char(part, box, "" if at else shown, spaced and not at) for at, part in enumerate(plain)
            ]
        spaced = False
    return runs


def _lines(runs: list[list[Char]]) -> list[list[Char]]:
    lines: list[list[Char]] = []
    middle, height = 0.0, 0.0
    for around, run in sorted(((_around(run), run) for run in runs), key=lambda r: -(r[0][1] + r[0][3])):
        here = (around[1] + around[3]) / 2
        if not lines or middle - here > 0.4 * min(height, around[3] - around[1]):
            lines.append([])
            middle, height = here, around[3] - around[1]
        lines[-1].extend(run)
    return [sorted(line, key=lambda c: c.box[0]) for line in lines]


def _parted(line: list[Char]) -> Iterator[list[Char]]:
    """The line's columns, parted at wide gaps, narrow gaps filled with spaces."""
    part = line[:1]
    for char in line[1:]:
        last = part[-1]
        gap, height = char.box[0] - last.box[2], min(char.box[3] - char.box[1], last.box[3] - last.box[1])
        if gap > SPACED.get(last.text + char.text, WIDE_GAP) * height:
            yield part
            part = [char]
            continue
        if gap > 0.15 * height or char.spaced:
            part.append(Char(" ", (last.box[2], last.box[1], char.box[0], last.box[3]), " "))
        part.append(char)
    if part:
        yield part


def _pieces(part: list[Char], line: int) -> Iterator[Piece]:
    """Words and the blank behind them; a date to be filled in (____年__月__日) is a piece of its own."""
    text = "".join(char.text for char in part)
    date = DATE_TO_FILL.search(text)
    if date is None:
        yield from _split_at_blanks(part, line)
        return
    yield from _split_at_blanks(part[: date.start()], line)
    yield _joined(part[date.start() : date.end()], line, None)
    yield from _split_at_blanks(part[date.end() :], line)


def _split_at_blanks(part: list[Char], line: int) -> Iterator[Piece]:
    text = "".join(char.text for char in part)
    start = 0
    for blank in BLANK.finditer(text):
        yield from _piece(part[start : blank.start()], line, _around(part[blank.start() : blank.end()]))
        start = blank.end()
    yield from _piece(part[start:], line, None)


def _piece(chars: list[Char], line: int, blank: Box | None) -> Iterator[Piece]:
    if any(char.text != " " for char in chars):
        yield _joined(chars, line, blank)
    elif blank:
        yield Piece("", "", blank, line, blank)


def _joined(chars: list[Char], line: int, blank: Box | None) -> Piece:
    text, shown = ("".join(parts).strip() for parts in zip(*((c.text, c.shown) for c in chars), strict=True))
    return Piece(text, shown, _around([char for char in chars if char.text != " "]), line, blank)


def _around(chars: list[Char]) -> Box:
    x0, y0, x1, y1 = zip(*(char.box for char in chars), strict=True)
    return min(x0), min(y0), max(x1), max(y1)


def _drawn(page: pypdfium2.PdfPage, view: PageView) -> tuple[list[Box], list[Box]]:
    """Horizontal rules and uprights: drawn lines, thin rectangles, and the edges of cells."""
    rules: list[Box] = []
    uprights: list[Box] = []
    for item in islice(page.get_objects(filter=[pdfium.FPDF_PAGEOBJ_PATH], max_depth=3), MOST_PATHS):
        x0, y0, x1, y1 = view.to_display(item.get_bounds())
        if y1 - y0 < THIN:
            rules.append((x0, y0, x1, y1))
        elif x1 - x0 < THIN:
            uprights.append((x0, y0, x1, y1))
        elif pdfium.FPDFPath_CountSegments(item.raw) <= CELL_SEGMENTS:
            rules += [(x0, y0, x1, y0), (x0, y1, x1, y1)]
            uprights += [(x0, y0, x0, y1), (x1, y0, x1, y1)]
    return [rule for rule in rules if rule[2] - rule[0] > SHORT], [u for u in uprights if u[3] - u[1] > THIN]

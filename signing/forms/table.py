"""Tables: an .xlsx or .csv as rows of text, read in a child, and an empty one to fill in."""

from __future__ import annotations

import csv
import io
from collections.abc import Iterable, Iterator, Sequence
from datetime import date, datetime
from typing import Any

from openpyxl import Workbook, load_workbook
from openpyxl.styles import Font

from signing.documents.archive import OfficeArchive
from signing.forms.errors import NotATable, TableTooLarge

MOST_ROWS, MOST_COLUMNS, MOST_LETTERS = 100, 120, 500
MOST_BYTES = 5_000_000
ZIP = b"PK\x03\x04"


def read_rows(payload: bytes, args: dict[str, Any]) -> tuple[dict[str, Any], bytes]:
    """Child function: {"head", "rows"}, all of them text. `rows` are [line, cells]; empty lines are left out.

    Raises NotATable, TableTooLarge, ZipBomb, Encrypted, Malformed.
    """
    if len(payload) > MOST_BYTES:
        raise TableTooLarge(limit=MOST_ROWS)
    lines = _of_workbook(payload) if payload.startswith(ZIP) else _of_text(payload)
    head: list[str] = []
    rows: list[list[Any]] = []
    for number, cells in enumerate(lines, start=1):
        words = [_words(cell) for cell in cells[:MOST_COLUMNS]]
        if not any(words):
            continue
        if not head:
            head = words[: max(at for at, word in enumerate(words, start=1) if word)]
        elif len(rows) == MOST_ROWS:
            raise TableTooLarge(limit=MOST_ROWS)
        else:
            rows.append([number, [*words, *[""] * len(head)][: len(head)]])
    if not head or not rows:
        raise NotATable
    return {"head": head, "rows": rows}, b""


def empty_table(head: Sequence[str]) -> bytes:
    """An .xlsx with the head in its first row, every cell to be read as text."""
    book = Workbook()
    sheet = book.active
    assert sheet is not None
    for number, name in enumerate(head, start=1):
        cell = sheet.cell(1, number, name)
        cell.font = Font(bold=True)
        sheet.column_dimensions[cell.column_letter].width = max(14, 2 * len(name) + 4)
        sheet.column_dimensions[cell.column_letter].number_format = "@"
    sheet.freeze_panes = "A2"
    out = io.BytesIO()
    book.save(out)
    return out.getvalue()


def _of_workbook(payload: bytes) -> Iterator[tuple[Any, ...]]:
    """The rows of the first sheet. Formulas give what they gave when the file was saved; nothing is computed."""
    archive = OfficeArchive(payload)
    for name in archive.names:
        for _ in archive.chunks(name):
            pass
    if "xl/workbook.xml" not in archive.names:
        raise NotATable
    book = load_workbook(io.BytesIO(payload), read_only=True, data_only=True, keep_links=False)
    sheet = book.worksheets[0]
    yield from sheet.iter_rows(max_row=10 * MOST_ROWS, max_col=MOST_COLUMNS, values_only=True)


def _of_text(payload: bytes) -> Iterable[list[str]]:
    for encoding in ("utf-8-sig", "gb18030"):
        try:
            text = payload.decode(encoding)
        except UnicodeDecodeError:
            continue
        first = text.partition("\n")[0]
        if "\0" in text or not first.strip():
            break
        separator = max(",;\t", key=first.count)
        return csv.reader(io.StringIO(text, newline=""), delimiter=separator)
    raise NotATable


def _words(cell: object) -> str:
    if cell is None:
        return ""
    if isinstance(cell, datetime | date):
        return f"{cell:%Y-%m-%d}"
    if isinstance(cell, float) and cell.is_integer():
        return str(int(cell))
    return " ".join(str(cell).split())[:MOST_LETTERS]

from __future__ import annotations

import io
import zipfile
from datetime import date, datetime

import pytest
from openpyxl import Workbook, load_workbook

from signing.documents.errors import Malformed, ZipBomb
from signing.forms.errors import NotATable, TableTooLarge
from signing.forms.table import empty_table, read_rows


def workbook(*rows: list[object]) -> bytes:
    book = Workbook()
    for row in rows:
        book.active.append(row)
    out = io.BytesIO()
    book.save(out)
    return out.getvalue()


def test_a_workbook_comes_as_text() -> None:
    data = workbook(
        ["价款", "日期", "数量"],
        [128000.0, datetime(2026, 12, 4), 3],  # noqa: DTZ001 - as a workbook has it
        [None, None, None],
        [0.5, date(2026, 1, 2), " a "],
    )
    told, _ = read_rows(data, {})
    assert told == {
        "head": ["价款", "日期", "数量"],
        "rows": [[2, ["128000", "2026-12-04", "3"]], [4, ["0.5", "2026-01-02", "a"]]],
    }


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "gb18030"])
@pytest.mark.parametrize("separator", [",", ";", "\t"])
def test_a_csv_comes_in_the_encodings_and_with_the_separators_of_excel(encoding: str, separator: str) -> None:
    data = f'价款{separator}地址\r\n128000{separator}"窑前路, 18号"\r\n'.encode(encoding)
    assert read_rows(data, {})[0] == {"head": ["价款", "地址"], "rows": [[2, ["128000", "窑前路, 18号"]]]}


def test_a_formula_is_no_value() -> None:
    told, _ = read_rows(workbook(["价款", "备注"], ["=1+1", "x"]), {})
    assert told["rows"] == [[2, ["", "x"]]]


@pytest.mark.parametrize("data", [b"", b"\0\0", b"head only\n", workbook(["head"]), "价款".encode("utf-16")])
def test_what_is_no_table_is_refused(data: bytes) -> None:
    with pytest.raises(NotATable):
        read_rows(data, {})


def test_more_rows_than_a_hundred_are_refused() -> None:
    with pytest.raises(TableTooLarge):
        read_rows(b"a\n" + b"1\n" * 101, {})


def test_a_bomb_and_a_broken_workbook_are_refused() -> None:
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as made:
        made.writestr("xl/workbook.xml", b"0" * 50_000_000)
    with pytest.raises(ZipBomb):
        read_rows(out.getvalue(), {})
    with pytest.raises(Malformed):
        read_rows(b"PK\x03\x04" + bytes(100), {})


def test_an_empty_table_has_the_columns_in_its_first_row() -> None:
    data = empty_table(["乙方名称", "价款"])
    sheet = load_workbook(io.BytesIO(data)).worksheets[0]
    assert [cell.value for cell in sheet[1]] == ["乙方名称", "价款"]

"""References to objects are found however they are written, and quickly."""

from __future__ import annotations

import time

import pytest

from signing.pdf.plain import REFERENCE


@pytest.mark.parametrize(
    "text",
    [
        b"/Contents 57 0 R",
        b"[57 0 R 1 0 R]",
        b"57\r\n0\r\nR>>",
        b"57%x\n0 R",
        b"57 %x\n%y\r 0 % z\nR",
        b"0000000000000057 0 R/Next",
        b"57\x000\x00R",
        b"57 %" + b"x" * 5000 + b"\n0 R",
        b"57" + b" %\n" * 500 + b"0 R",
        b"57 0 %" + b"x" * 5000 + b"\nR",
    ],
)
def test_a_reference_is_found_however_it_is_written(text: bytes) -> None:
    assert 57 in {int(found[1]) for found in REFERENCE.finditer(text)}


@pytest.mark.parametrize(
    "text",
    [
        b"/ByteRange [0 23928 30268 1104]      ",
        b"xref\n0 57\n0000000000 65535 f \n0000012345 00000 n \n",
        b"startxref\n12345\n%%EOF\n57 0 obj\n<<",
        b"1 57 2 RG",
        b"BT 57 700 Td",
    ],
)
def test_other_numbers_are_not_taken_for_references(text: bytes) -> None:
    assert [found for found in REFERENCE.finditer(text) if int(found[1]) >= 57] == []


@pytest.mark.parametrize(
    "piece", [b"%1\n", b"1 ", b"1%\n", b"1 1%" + b"x" * 199 + b"\n", b"11111111", b" ", b"1\0"]
)
def test_no_file_makes_the_search_slow(piece: bytes) -> None:
    start = time.process_time()
    for _ in REFERENCE.finditer(piece * (1_000_000 // len(piece))):
        pass
    assert time.process_time() - start < 5

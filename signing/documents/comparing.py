"""The child's side of `readers`: the original by poppler and by pdfium, and what was made of it by pdfium.

Pictures show a word that is missing, not a digit that differs; the text shows the digit. So both are compared: every
number and word that one reads the other must read too, and all ink of one must have ink of the other beside it.
"""

from __future__ import annotations

import io
import re
import subprocess
import unicodedata
from collections.abc import Iterator
from contextlib import contextmanager
from itertools import groupby
from typing import Any

import numpy as np
import pikepdf
import pypdfium2
from numpy.typing import NDArray

from signing.documents.boxes import view_of
from signing.documents.reporting import report

Picture = NDArray[np.uint8]
"""Grey, 0 to 255, white 255."""

DPI = 100
AT_ONCE = 8
"""Pages that poppler draws in one go."""
SQUARE = 4
"""Pixels of a side of the squares over which ink without a counterpart is averaged: about a millimetre."""
REACH = 5
"""Pixels within which ink has its counterpart: typefaces that are not embedded are drawn in other shapes at the same place."""
MOST_INK = 50.0
"""As much of it as two programs leave that draw one thing (at most 31 on the files that were tried; a short word that
stands on one page alone leaves 78 or more)."""
GARBLED = 0.3
"""From this share of runs on, one of the programs can't tell letters of this file from their shapes: pictures decide."""
RUN = re.compile(r"\d+|[^\W\d_]+")
LETTER = re.compile(r"[^\W_]")
PGM = re.compile(rb"P5\s+(\d+)\s+(\d+)\s+255\s")


def compare(payload: bytes, args: dict[str, Any]) -> tuple[dict[str, Any], bytes]:
    """Child function: the payload is the original and, from `split` on, what was made of it; `text` and `pictures`
    are poppler's programs. {"page" from 1 or None, "how": "pages", "text" or "look"}."""
    original, made = payload[: args["split"]], payload[args["split"] :]
    with _opened(original) as theirs, pypdfium2.PdfDocument(made) as ours:
        if theirs is None or len(theirs) != len(ours):
            return {"page": 1, "how": "pages"}, b""
        found = _text_differs(
            _said([args["text"], "-raw", "-enc", "UTF-8", "-", "-"], original), theirs, ours
        )
        found = found or _look_differs(original, args["pictures"], theirs, ours)
    page, how = found or (None, "")
    return {"page": page, "how": how}, b""


@contextmanager
def _opened(pdf: bytes) -> Iterator[pypdfium2.PdfDocument | None]:
    try:
        document = pypdfium2.PdfDocument(pdf)
    except pypdfium2.PdfiumError:
        yield None
        return
    with document:
        yield document


def _text_differs(
    said: bytes, theirs: pypdfium2.PdfDocument, ours: pypdfium2.PdfDocument
) -> tuple[int, str] | None:
    popplers = said.decode("utf-8", "replace").split("\f")[:-1]
    if len(popplers) != len(ours):
        return 1, "pages"
    for number, poppler in enumerate(popplers):
        seen = _text(ours, number)
        if texts_differ(poppler, seen) or texts_differ(_text(theirs, number), seen):
            return number + 1, "text"
    return None


def _text(document: pypdfium2.PdfDocument, number: int) -> str:
    """What pdfium reads on a page, without what lies outside it."""
    page = document[number]
    text: str = page.get_textpage().get_text_bounded(*page.get_bbox())
    return text


def texts_differ(one: str, other: str) -> bool:
    """Whether one text has runs of digits or letters that the other lacks, in whatever order they stand."""
    one, other = _plain(one), _plain(other)
    runs, others = set(RUN.findall(one)), set(RUN.findall(other))
    missing = len(_missing(runs, other)) + len(_missing(others, one))
    return 0 < missing < GARBLED * (len(runs) + len(others)) + 1


def _missing(runs: set[str], text: str) -> set[str]:
    compact = "".join(LETTER.findall(text))
    return {run for run in runs if run not in compact}


def _plain(text: str) -> str:
    """As compatible characters, without soft hyphens and other signs that are not seen."""
    return "".join(
        each
        for each in unicodedata.normalize("NFKC", text)
        if each.isspace() or unicodedata.category(each)[0] != "C"
    )


def _look_differs(
    original: bytes, program: str, theirs: pypdfium2.PdfDocument, ours: pypdfium2.PdfDocument
) -> tuple[int, str] | None:
    for numbers, unit in _batches(_units(original)):
        pages = ["-f", str(numbers[0] + 1), "-l", str(numbers[-1] + 1)]
        command = [program, "-gray", "-hide-annotations", "-r", str(DPI * unit), *pages, "-"]
        drawn = list(_pictures(_said(command, original)))
        if len(drawn) != len(numbers):
            return numbers[0] + 1, "look"
        for number, poppler in zip(numbers, drawn, strict=True):
            report(number + 1, len(ours))
            seen = _drawn(ours, number)
            if pictures_differ(poppler, seen) or pictures_differ(_drawn(theirs, number, unit), seen):
                return number + 1, "look"
    return None


def _units(original: bytes) -> list[float]:
    """How much larger each page says it is than both programs draw it; what was made of it is that large."""
    with pikepdf.open(io.BytesIO(original), suppress_warnings=True) as pdf:
        return [view_of(page).unit for page in pdf.pages]


def _batches(units: list[float]) -> Iterator[tuple[list[int], float]]:
    """Neighbouring pages of one unit, as many as are drawn in one go."""
    for unit, group in groupby(range(len(units)), key=units.__getitem__):
        pages = list(group)
        for first in range(0, len(pages), AT_ONCE):
            yield pages[first : first + AT_ONCE], unit


def pictures_differ(one: Picture, other: Picture) -> bool:
    """Whether ink of one has none of the other within about a millimetre, over a square of about a millimetre."""
    if max(abs(one.shape[0] - other.shape[0]), abs(one.shape[1] - other.shape[1])) > 2:
        return True
    height, width = (min(sizes) // SQUARE * SQUARE for sizes in zip(one.shape, other.shape, strict=True))
    one, other = one[:height, :width], other[:height, :width]
    return max(_unmatched(one, other), _unmatched(other, one)) > MOST_INK


def _unmatched(one: Picture, other: Picture) -> float:
    """The most ink of a square of `other` that has nothing as dark in `one` within reach."""
    alone = np.maximum(_spread(one), other) - other
    rows, columns = alone.shape[0] // SQUARE, alone.shape[1] // SQUARE
    sums = alone.reshape(rows, SQUARE, columns * SQUARE).sum(1, dtype=np.uint16)
    sums = sums.reshape(rows, columns, SQUARE).sum(2, dtype=np.uint16)
    return float(sums.max(initial=0)) / SQUARE**2


def _spread(picture: Picture) -> Picture:
    """Each pixel as dark as the darkest within reach."""
    return _darkest(_darkest(picture).T).T


def _darkest(picture: Picture) -> Picture:
    """Each pixel as dark as the darkest within reach above and below; rows by doubling steps."""
    rows = np.pad(picture, ((REACH, REACH), (0, 0)), constant_values=255)
    window = 1
    while window <= 2 * REACH:
        step = min(window, 2 * REACH + 1 - window)
        rows = np.minimum(rows[:-step], rows[step:])
        window += step
    return rows


def _drawn(document: pypdfium2.PdfDocument, number: int, unit: float = 1.0) -> Picture:
    page = document[number]
    pixels: Picture = page.render(
        scale=DPI / 72 * unit, grayscale=True, may_draw_forms=False, draw_annots=False
    ).to_numpy()
    return pixels.reshape(pixels.shape[:2])


def _pictures(pgm: bytes) -> Iterator[Picture]:
    at = 0
    while found := PGM.match(pgm, at):
        width, height = int(found[1]), int(found[2])
        pixels = np.frombuffer(pgm, np.uint8, width * height, found.end())
        yield pixels.reshape(height, width)
        at = found.end() + width * height


def _said(command: list[str], pdf: bytes) -> bytes:
    """What a program makes of the file; nothing where it fails, which then is a difference."""
    return subprocess.run(command, input=pdf, capture_output=True, check=False, env={}).stdout  # noqa: S603

"""A page's picture at 100 dpi, with the child process and the file format, against pdfium's bare rendering."""

from __future__ import annotations

import statistics
import time
from collections.abc import Callable

import pypdfium2
from fpdf import FPDF
from pylopdf_fonts_zh_cn import serif_path

from signing.documents.child import Children
from signing.documents.intake import inspect
from signing.documents.preview import render_page, render_pages

PAGES, ROUNDS, DPI = 10, 9, 100


def run() -> dict[str, float]:
    """`preview_vs_pdfium`: ten pages by one child, per page; `preview_single_vs_pdfium`: one page by one child."""
    with Children() as children:
        pdf = inspect(contract(), run=children.run).pdf
        batch = lambda: render_pages(pdf, range(PAGES), DPI, run=children.run)  # noqa: E731
        single = lambda: render_page(pdf, PAGES - 1, DPI, run=children.run)  # noqa: E731
        times = {name: [] for name in ("bare", "batch", "bare_single", "single")}
        for _ in range(ROUNDS):
            times["bare"].append(seconds(lambda: bare(pdf, range(PAGES))))
            times["batch"].append(seconds(batch))
            times["bare_single"].append(seconds(lambda: bare(pdf, [PAGES - 1])))
            times["single"].append(seconds(single))
    median = {name: statistics.median(values) for name, values in times.items()}
    return {
        "preview_vs_pdfium": round(median["batch"] / median["bare"], 2),
        "preview_single_vs_pdfium": round(median["single"] / median["bare_single"], 2),
    }


def bare(pdf: bytes, pages: range | list[int]) -> None:
    with pypdfium2.PdfDocument(pdf) as document:
        for number in pages:
            document[number].render(scale=DPI / 72)


def seconds(work: Callable[[], object]) -> float:
    started = time.perf_counter()
    work()
    return time.perf_counter() - started


def contract() -> bytes:
    """Ten full pages of Chinese and English text."""
    pdf = FPDF()
    pdf.add_font("zh", fname=str(serif_path()))
    for page in range(PAGES):
        pdf.add_page()
        pdf.set_font("zh", size=11)
        for clause in range(36):
            pdf.text(
                20,
                24 + 7 * clause,
                f"{page + 1}.{clause + 1} 甲乙双方经友好协商达成如下协议。The parties agree on the supply of goods as follows.",
            )
    return bytes(pdf.output())


if __name__ == "__main__":
    print(run())

"""PDFs for the tests: honest ones by fpdf2, hostile ones by pikepdf."""

from __future__ import annotations

import io
from collections.abc import Callable

import pikepdf
from fpdf import FPDF
from pikepdf import Array, Dictionary, Name, String


def plain(pages: int = 2, text: str = "Page") -> bytes:
    pdf = FPDF()
    pdf.set_font("helvetica", size=14)
    for number in range(pages):
        pdf.add_page()
        pdf.text(20, 30, f"{text} {number + 1}")
    return bytes(pdf.output())


def changed(change: Callable[[pikepdf.Pdf], object], data: bytes | None = None) -> bytes:
    with pikepdf.open(io.BytesIO(data or plain())) as pdf:
        change(pdf)
        return saved(pdf)


def saved(pdf: pikepdf.Pdf, **how: object) -> bytes:
    out = io.BytesIO()
    pdf.save(out, **how)
    return out.getvalue()


def annotated(pdf: pikepdf.Pdf, subtype: str, **entries: object) -> Dictionary:
    item = pdf.make_indirect(
        Dictionary(
            Type=Name.Annot, Subtype=Name("/" + subtype), Rect=Array([100, 500, 300, 530]), F=4, **entries
        )
    )
    page = pdf.pages[0].obj
    page.Annots = page.get("/Annots", Array())
    page.Annots.append(item)
    return item


def with_field(pdf: pikepdf.Pdf, **entries: object) -> Dictionary:
    field = annotated(pdf, "Widget", FT=Name.Tx, T=String("a"), DA=String("/Helv 12 Tf 0 g"), **entries)
    font = pdf.make_indirect(Dictionary(Type=Name.Font, Subtype=Name.Type1, BaseFont=Name.Helvetica))
    resources = Dictionary(Font=Dictionary(Helv=font))
    pdf.Root.AcroForm = Dictionary(
        Fields=Array([field]), NeedAppearances=True, DA=String("/Helv 12 Tf 0 g"), DR=resources
    )
    return field


def stream(pdf: pikepdf.Pdf, data: bytes = b"", **entries: object) -> pikepdf.Stream:
    made = pikepdf.Stream(pdf, data)
    for key, value in entries.items():
        made.stream_dict["/" + key] = value
    return pdf.make_indirect(made)

"""The child's side of the intake: check a PDF, flatten what may be, and make a new file out of its pages alone."""

from __future__ import annotations

import io
from typing import Any

import pikepdf
import pypdfium2
import pypdfium2.raw as pdfium

from signing.documents import errors
from signing.documents.active import refuse_active
from signing.documents.boxes import media_box, view_of
from signing.documents.geometry import PageView
from signing.documents.units import put_in_points

PAGE_KEYS = frozenset(
    {"/Type", "/Parent", "/Resources", "/Contents", "/Group", "/UserUnit", "/MediaBox", "/CropBox", "/Rotate"}
)
END = 1024
"""Bytes at the end where viewers look for the end mark (ISO 32000-1, annex H, note 18). Without it a file was cut short,
and mending it would quietly drop what is missing."""
SMALLEST_PAGE = 36.0
"""Points. Nobody signs a page of less than half an inch."""
LARGEST_SIDE = 14_400.0
"""Points. Readers need not show more (ISO 32000-1, annex C)."""


def admit(payload: bytes, args: dict[str, Any]) -> tuple[dict[str, Any], bytes]:
    """Child function: `args` holds `max_pages`, `max_pixels`, `dpi`; see `intake.inspect` for the answer."""
    with _open(payload) as pdf:
        _check_pages(pdf, args["max_pages"])
        refuse_active(pdf)
        flattened = _take_off(pdf)
        views = [_settle_boxes(page) for page in pdf.pages]
        _check_sizes(views, args["dpi"], args["max_pixels"])
        clean = _rebuild(_flattened(pdf) if set(flattened) - {"links"} else _saved(pdf))
    _try_pages(clean, len(views))
    return {"flattened": flattened, "pages": [view.in_points.as_json() for view in views]}, clean


def _open(payload: bytes) -> pikepdf.Pdf:
    if b"%%EOF" not in payload[-END:]:
        raise errors.Malformed()
    try:
        pdf = pikepdf.open(io.BytesIO(payload), suppress_warnings=True)
    except pikepdf.PasswordError:
        raise errors.Encrypted() from None
    except pikepdf.PdfError:
        raise errors.Malformed() from None
    if pdf.is_encrypted:
        raise errors.Encrypted()
    return pdf


def _check_pages(pdf: pikepdf.Pdf, most: int) -> None:
    if len(pdf.pages) == 0:
        raise errors.NoPages()
    if len(pdf.pages) > most:
        raise errors.TooManyPages(pages=len(pdf.pages), limit=most)


def _check_sizes(views: list[PageView], dpi: int, most: int) -> None:
    for number, view in enumerate(views, 1):
        pixels = view.width * view.height * (dpi / 72) ** 2
        if pixels > most or max(view.width, view.height) > LARGEST_SIDE:
            raise errors.PageTooLarge(page=number)
        if min(view.width, view.height) < SMALLEST_PAGE:
            raise errors.Malformed()


def _take_off(pdf: pikepdf.Pdf) -> list[str]:
    """Take links and pop-ups off the pages; the kinds of what was taken and of what is left to be flattened."""
    kinds: set[str] = set()
    for page in pdf.pages:
        left = []
        for annotation in page.obj.get("/Annots", []):
            kind = str(annotation.get("/Subtype", ""))
            kinds.add({"/Link": "links", "/Widget": "form-fields", "/Popup": ""}.get(kind, "annotations"))
            if kind not in ("/Link", "/Popup"):
                left.append(annotation)
        if "/Annots" in page.obj:
            page.obj.Annots = pikepdf.Array(left)
    return sorted(kinds - {""})


def _settle_boxes(page: pikepdf.Page) -> PageView:
    """Write the page's boxes, rotation and unit out plainly, as viewers understand them."""
    view, media = view_of(page), media_box(page)
    page.obj.MediaBox, page.obj.CropBox = pikepdf.Array(media), pikepdf.Array(view.crop)
    page.obj.Rotate = view.rotate
    page.obj.UserUnit = view.unit
    if view.unit == 1.0:
        del page.obj.UserUnit
    return view


def _saved(pdf: pikepdf.Pdf) -> bytes:
    out = io.BytesIO()
    pdf.save(
        out,
        object_stream_mode=pikepdf.ObjectStreamMode.disable,
        compress_streams=True,
        deterministic_id=True,
        force_version="1.7",
    )
    return out.getvalue()


def _flattened(pdf: pikepdf.Pdf) -> bytes:
    """Fields and annotations as page content, looking as pdfium, which also draws our previews, shows them."""
    with pypdfium2.PdfDocument(_saved(pdf)) as document:
        document.init_forms()
        for page in document:
            if pdfium.FPDFPage_Flatten(page.raw, pdfium.FLAT_NORMALDISPLAY) == pdfium.FLATTEN_FAIL:
                raise errors.Malformed()
            page.close()
        out = io.BytesIO()
        document.save(out)
    return out.getvalue()


def _rebuild(data: bytes) -> bytes:
    """A new file of the pages and what they show: no catalogue entry, no annotation, no metadata comes along."""
    with pikepdf.open(io.BytesIO(data)) as old, pikepdf.new() as new:
        for page in old.pages:
            for key in set(page.obj.keys()) - PAGE_KEYS:
                del page.obj[key]
        for item in old.objects:
            if isinstance(item, pikepdf.Stream) and "/Alternates" in item.stream_dict:
                del item.stream_dict["/Alternates"]
        new.pages.extend(old.pages)
        for page in new.pages:
            put_in_points(page)
        return _saved(new)


def _try_pages(data: bytes, expected: int) -> None:
    with pypdfium2.PdfDocument(data) as document:
        if len(document) != expected:
            raise errors.Malformed()
        for page in document:
            page.close()

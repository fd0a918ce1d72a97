"""Prepare a document for all its signatures: one revision with every field of every party.

Afterwards signers only fill in forms, which a certification with FILL_FORMS allows, so that no later
signature harms an earlier one.
"""

# mypy: allow-untyped-calls
from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import Any

from pyhanko.pdf_utils import generic
from pyhanko.pdf_utils.generic import pdf_name
from pyhanko.sign.signers.constants import ESIC_EXTENSION_1

from signing.pdf.errors import FieldTaken, NoSuchPage
from signing.pdf.fields import (
    MULTILINE,
    POINTS_PER_MM,
    SLICE,
    STRADDLE_PAGES,
    FootMark,
    Place,
    SignatureField,
    Straddle,
    TextField,
)
from signing.pdf.foot import draw_foot
from signing.pdf.lettering import CAPTION_SIZE, LEADING
from signing.pdf.objects import Box, array, dictionary, entry, pdf, stream, text
from signing.pdf.pages import Page, pages
from signing.pdf.revision import FIELDS, Revision, open_revision, readable

PRINTED_AND_LOCKED = 4 | 128
READ_ONLY, PUSH_BUTTON = 1, 1 << 16
APPEND_ONLY = 3
FOOT = "Foot"
NOWHERE: Box = (0.0, 0.0, 0.0, 0.0)


@readable()
def prepare(document: bytes, fields: Sequence[SignatureField], foot: FootMark | None = None) -> bytes:
    """The document with one more revision that holds all fields, and the mark at a page's foot if there is one.

    Raises PdfUnreadable, NoSuchPage, FieldTaken, TextTooLong.
    """
    if not document.endswith((b"\n", b"\r")):
        document += b"\n"
    revision = open_revision(document)
    preparation = _Preparation(revision)
    preparation.add(fields)
    if foot:
        preparation.mark(foot)
    revision.register_extension(ESIC_EXTENSION_1)
    return revision.finished()


class _Preparation:
    def __init__(self, revision: Revision) -> None:
        self.revision = revision
        self.pages = pages(revision)
        self.form = _form(revision)
        self.names = {entry(each.get_object(), "/T") for each in self.form["/Fields"]}
        self.index = self.form.setdefault(pdf_name(FIELDS), dictionary({}))
        self.blank = revision.add_object(
            stream({"/Type": "/XObject", "/Subtype": "/Form", "/BBox": (0, 0, 1, 1)})
        )

    def add(self, fields: Sequence[SignatureField]) -> None:
        for field in fields:
            own = [self._stamp(f"{field.name}-{number}", place) for number, place in self._places(field)]
            own += [self._text(each) for each in field.texts]
            self._signature(field, own)

    def mark(self, foot: FootMark) -> None:
        """The mark is a button that nobody can press: every viewer shows it, and no signature lets it change."""
        values = {"/FT": "/Btn", "/Ff": PUSH_BUTTON | READ_ONLY, "/TU": text(" ".join(foot.lines))}
        widget = self._widget(FOOT, self._page(foot.page), foot.box, values)
        draw_foot(self.revision, widget.get_object(), foot)

    def _signature(self, field: SignatureField, own: list[str]) -> None:
        page = self._page(field.page)
        values: dict[str, Any] = {"/FT": "/Sig"}
        if own:
            lock = {"/Type": "/SigFieldLock", "/Action": "/Include", "/Fields": array(map(text, own))}
            values["/Lock"] = self.revision.add_object(dictionary(lock))
        box = _widened(field.box, field.room_mm) if field.box else NOWHERE
        box = _with_foot(box, field.caption_lines * CAPTION_SIZE * LEADING, page.rotation)
        self._widget(field.name, page, box, values)

    def _stamp(self, name: str, place: Place) -> str:
        values = {"/FT": "/Btn", "/Ff": PUSH_BUTTON | READ_ONLY, SLICE: place.slice}
        self._widget(name, self._page(place.page), _widened(place.box, place.room_mm), values)
        return name

    def _text(self, field: TextField) -> str:
        flags = READ_ONLY | (MULTILINE if field.multiline else 0)
        look = generic.TextStringObject(f"/Helv {field.size:g} Tf 0 g")
        values = {"/FT": "/Tx", "/Ff": flags, "/DA": look}
        self._widget(field.name, self._page(field.page), field.box, values)
        return field.name

    def _widget(self, name: str, page: Page, box: Box, values: dict[str, Any]) -> generic.IndirectObject:
        """A field that is its own and only widget."""
        if name in self.names:
            raise FieldTaken(name=name)
        self.names.add(name)
        common = {
            "/Type": "/Annot",
            "/Subtype": "/Widget",
            "/T": text(name),
            "/F": PRINTED_AND_LOCKED,
            "/Rect": box,
            "/P": page.object,
            "/MK": {"/R": page.rotation} if page.rotation else {},
        }
        if box != NOWHERE:
            common["/AP"] = {"/N": self.blank}
        widget = self.revision.add_object(dictionary({**common, **values}))
        self.form["/Fields"].append(widget)
        self.index[pdf_name(f"/{name}")] = pdf(widget.idnum)
        self.revision.register_annotation(page.object, widget)
        return widget

    def _places(self, field: SignatureField) -> Iterator[tuple[int, Place]]:
        slices = self._slices(field.straddle) if field.straddle else ()
        return enumerate((*field.also, *slices), start=1)

    def _slices(self, straddle: Straddle) -> Iterator[Place]:
        numbers = list(straddle.pages)
        groups = -(-len(numbers) // STRADDLE_PAGES)
        for group in range(groups):
            members = numbers[group::groups] if groups == 1 else _share(numbers, group, groups)
            for index, number in enumerate(members):
                box = edge_box(self._page(number), straddle, len(members))
                yield Place(number, box, slice=(index, len(members)))

    def _page(self, number: int) -> Page:
        if not 0 <= number < len(self.pages):
            raise NoSuchPage(page=number)
        return self.pages[number]


def edge_box(page: Page, straddle: Straddle, count: int) -> Box:
    """Where a slice lies: at the edge that is on the right when the page is read."""
    room = straddle.room_mm * POINTS_PER_MM
    wide, (x0, y0, x1, y1) = room / count, page.box
    upright = page.rotation % 180 == 0
    low, high = (y0, y1) if upright else (x0, x1)
    share = straddle.height if page.rotation in (0, 270) else 1 - straddle.height
    start = min(max(low + (high - low) * share - room / 2, low), high - room)
    return {
        0: (x1 - wide, start, x1, start + room),
        90: (start, y1 - wide, start + room, y1),
        180: (x0, start, x0 + wide, start + room),
        270: (start, y0, start + room, y0 + wide),
    }[page.rotation]


def _share(numbers: list[int], group: int, groups: int) -> list[int]:
    """The group's part of the pages, all parts as even as can be."""
    return numbers[len(numbers) * group // groups : len(numbers) * (group + 1) // groups]


def _widened(box: Box, room_mm: float) -> Box:
    x0, y0, x1, y1 = box
    wide, high = (max(size, room_mm * POINTS_PER_MM) for size in (x1 - x0, y1 - y0))
    x, y = (x0 + x1) / 2, (y0 + y1) / 2
    return x - wide / 2, y - high / 2, x + wide / 2, y + high / 2


def _with_foot(box: Box, height: float, rotation: int) -> Box:
    """The box with more room at the side that is below when the page is read."""
    x0, y0, x1, y1 = box
    return {
        0: (x0, y0 - height, x1, y1),
        90: (x0, y0, x1 + height, y1),
        180: (x0, y0, x1, y1 + height),
        270: (x0 - height, y0, x1, y1),
    }[rotation]


def _form(revision: Revision) -> generic.DictionaryObject:
    """The document's form, made or opened for change."""
    root = revision.root
    if "/AcroForm" not in root:
        root["/AcroForm"] = revision.add_object(dictionary({"/Fields": []}))
        revision.update_root()
    form = root["/AcroForm"]
    form["/Fields"] = pdf(entry(form, "/Fields", array([])))
    form["/SigFlags"] = pdf(APPEND_ONLY)
    form["/DA"] = generic.TextStringObject("/Helv 10.5 Tf 0 g")
    form["/DR"] = dictionary({"/Font": {"/Helv": revision.add_object(dictionary(HELVETICA))}})
    form.pop("/NeedAppearances", None)
    revision.update_container(form)
    revision.update_container(form["/Fields"])
    found: generic.DictionaryObject = form
    return found


HELVETICA = {
    "/Type": "/Font",
    "/Subtype": "/Type1",
    "/BaseFont": "/Helvetica",
    "/Encoding": "/WinAnsiEncoding",
}

"""The upload gate: what comes in, as what, and what is turned away with which reason."""

from __future__ import annotations

import io
import zlib

import pikepdf
import pypdfium2
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from pikepdf import Array, Dictionary, Name, String

from signing.documents.child import Children, Limits
from signing.documents.errors import Refused
from signing.documents.intake import Accepted, Rules, as_report, inspect

from . import makers
from .hostile_pdf import HOSTILE, uri
from .makers import annotated, changed, plain, saved, stream, with_field


def accepted(data: bytes, children: Children, **rules: object) -> Accepted:
    return inspect(data, "contract.pdf", rules=Rules(**rules), run=children.run)


def reason(data: bytes, children: Children, **rules: object) -> str:
    with pytest.raises(Refused) as refused:
        accepted(data, children, **rules)
    return refused.value.code.removeprefix("document.")


def ink(pdf: bytes, page: int = 0) -> int:
    return sum(pypdfium2.PdfDocument(pdf)[page].render().to_pil().convert("L").histogram()[:200])


@pytest.mark.parametrize("case", HOSTILE)
def test_what_runs_or_calls_out_is_refused_with_its_reason(case, children):
    change, expected = HOSTILE[case]
    assert reason(changed(change), children) == expected


def test_a_plain_file_comes_in_as_it_looks(children):
    came = accepted(plain(3), children)
    assert (came.pages, came.flattened) == (3, ())
    assert [ink(came.pdf, n) for n in range(3)] == [ink(plain(3), n) for n in range(3)]
    assert came.sizes[0] == pytest.approx((210, 297), abs=0.1)


@pytest.mark.parametrize(
    ("data", "expected"),
    [
        (b"", "empty"),
        (b"\n\0 ", "empty"),
        (b"hello, this is a contract", "not-a-pdf"),
        (b"MZ\x90\0", "not-a-pdf"),
        (b"\0\0\0\x18ftypheic\0\0\0\0mif1heic", "heic"),
        (b"\xff\xd8\xff\xe0JFIF", "picture"),
        (b"\x89PNG\r\n\x1a\n...", "picture"),
        (b"<svg xmlns='http://www.w3.org/2000/svg'/>", "picture"),
        (b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1", "word"),
        (b"{\\rtf1 hello}", "word"),
        (b"PK\x03\x04 broken", "not-a-pdf"),
        (b"%PDF-1.7\nnothing more", "malformed"),
        (b"%PDF-1.7\n" + b"\xff" * 4000, "malformed"),
    ],
)
def test_the_content_tells_what_a_file_is(data, expected, children):
    assert reason(data, children) == expected


@pytest.mark.parametrize("keep", [0.1, 0.3, 0.5, 0.7, 0.9])
def test_a_file_cut_short_is_refused(keep, children):
    data = plain(2)
    assert reason(data[: int(len(data) * keep)], children) == "malformed"


def test_too_many_bytes_are_refused_unread(children):
    assert reason(plain(), children, max_bytes=100) == "too-large"


def test_too_many_pages_are_refused(children):
    assert reason(plain(4), children, max_pages=3) == "too-many-pages"


def test_a_file_without_pages_is_refused(children):
    assert reason(saved(pikepdf.new()), children) == "no-pages"


@pytest.mark.parametrize(
    "change",
    [
        lambda pdf: pdf.pages[1].obj.__setitem__("/MediaBox", Array([0, 0, 14400, 14400])),
        lambda pdf: pdf.pages[1].obj.__setitem__("/UserUnit", 100),
        lambda pdf: pdf.pages[1].obj.__setitem__("/MediaBox", Array([0, 0, 14401, 50])),
    ],
)
def test_a_page_of_too_many_pixels_is_refused(change, children):
    with pytest.raises(Refused) as refused:
        accepted(changed(change), children)
    assert (refused.value.code, refused.value.details) == ("document.page-too-large", {"page": 2})


@pytest.mark.parametrize("password", ["", "secret"])
def test_an_encrypted_file_is_refused(password, children):
    with pikepdf.open(io.BytesIO(plain())) as pdf:
        data = saved(pdf, encryption=pikepdf.Encryption(user=password, owner="owner"))
    assert reason(data, children) == "encrypted"


def test_a_decompression_bomb_is_stopped(children):
    def bomb(pdf):
        pdf.pages[0].obj.Contents = stream(pdf)
        pdf.pages[0].obj.Contents.write(zlib.compress(bytes(400 << 20), 1), filter=Name.FlateDecode)

    limits = Limits(memory=384 << 20, cpu=5)
    assert reason(changed(bomb), children, limits=limits) in ("too-big", "malformed", "too-slow")


def test_filled_fields_and_drawn_notes_become_page_content(children):
    def change(pdf):
        with_field(pdf, V=String("agreed"), MK=Dictionary(BG=Array([0.5, 0.5, 0.5])))
        annotated(pdf, "Square", C=Array([1, 0, 0]))

    came = accepted(changed(change), children)
    assert came.flattened == ("annotations", "form-fields")
    assert ink(came.pdf) > ink(plain()) + 1000
    with pikepdf.open(io.BytesIO(came.pdf)) as pdf:
        assert "/AcroForm" not in pdf.Root and "/Annots" not in pdf.pages[0].obj


def test_a_plain_link_is_taken_off_and_said(children):
    came = accepted(changed(lambda pdf: annotated(pdf, "Link", A=uri())), children)
    assert came.flattened == ("links",)
    assert b"127.0.0.1" not in came.pdf


def test_nothing_but_pages_comes_along(children):
    def change(pdf):
        with pdf.open_metadata() as metadata:
            metadata["dc:creator"] = ["Somebody"]
        pdf.docinfo["/Author"] = "Somebody"
        pdf.Root.OpenAction = Dictionary(S=Name.GoTo, D=Array([pdf.pages[0].obj, Name.Fit]))
        pdf.Root.StructTreeRoot = Dictionary(Type=Name.StructTreeRoot)

    with pikepdf.open(io.BytesIO(accepted(changed(change), children).pdf)) as pdf:
        assert set(pdf.Root.keys()) == {"/Type", "/Pages"}
        assert "/Author" not in pdf.docinfo


def test_inherited_boxes_and_fonts_are_written_to_the_page(children):
    def inherit(pdf):
        for key in ("/MediaBox", "/Resources"):
            pdf.Root.Pages[key] = pdf.pages[0].obj[key]
            for page in pdf.pages:
                del page.obj[key]
        pdf.Root.Pages.MediaBox = Array([500, 800, 0, 0])
        pdf.Root.Pages.Rotate = 90

    came = accepted(changed(inherit), children)
    assert (came.views[0].crop, came.views[0].rotate) == ((0, 0, 500, 800), 90)
    assert ink(came.pdf) == ink(changed(inherit)) > 0


def test_a_crop_box_beyond_the_page_is_cut_to_it(children):
    def crop(pdf):
        pdf.pages[0].obj.MediaBox = Array([0, 0, 300, 400])
        pdf.pages[0].obj.CropBox = Array([-100, 100, 200, 900])

    assert accepted(changed(crop), children).views[0].crop == (0, 100, 200, 400)


def test_damaged_files_that_can_be_read_are_mended(children):
    data = plain().replace(b"startxref", b"startxxxx")
    assert accepted(data, children).pages == 2


def test_the_accepted_file_is_accepted_again_unchanged(children):
    once = accepted(changed(lambda pdf: annotated(pdf, "Square", C=Array([1, 0, 0]))), children)
    twice = accepted(once.pdf, children)
    assert twice.flattened == ()
    assert twice.pdf == once.pdf


@given(st.data())
@settings(max_examples=60, deadline=None)
def test_damaged_bytes_are_refused_with_a_reason_or_still_a_pdf(children, data):
    good = bytearray(plain(1))
    for _ in range(data.draw(st.integers(1, 12))):
        at = data.draw(st.integers(0, len(good) - 1))
        good[at] = data.draw(st.integers(0, 255))
    report = as_report(bytes(good), run=children.run)
    assert report["accepted"] == (report["reason"] is None) == (report["pages"] == 1)


def test_the_report_is_plain_json(children):
    assert as_report(makers.plain(2), run=children.run) == {
        "accepted": True,
        "reason": None,
        "flattened": [],
        "pages": 2,
    }
    assert as_report(b"", run=children.run)["reason"] == "document.empty"

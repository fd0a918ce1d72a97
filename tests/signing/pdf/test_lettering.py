"""Captions, dates and texts: seen by every viewer, the same as their value, locked by the signature."""

from __future__ import annotations

from io import BytesIO
from pathlib import Path

import pikepdf
import pypdfium2
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from signing.pdf.errors import NoSuchText, TextTooLong
from signing.pdf.fields import SignatureField, TextField
from signing.pdf.prepare import prepare
from signing.pdf.sign import Signature, sign
from signing.pdf.typeface import default_typeface
from signing.pdf.verify import verify
from tests.signing.pdf import world
from tests.signing.pdf.test_sign import run
from tests.signing.pdf.test_verify import LATER, TRUST

FIELD = SignatureField(
    "harbor",
    2,
    (60, 60, 200, 140),
    room_mm=43,
    caption_lines=3,
    texts=(
        TextField("harbor-date", 2, (60, 260, 160, 360)),
        TextField("harbor-note", 0, (60, 500, 260, 560), multiline=True),
    ),
)
CAPTION = ("海港茶业有限公司", "2026-12-01 14:30 (UTC+8)", "3f8a91b2")
TEXTS = {
    "harbor-date": "2026年12月1日",
    "harbor-note": "货到付款，验收合格后三十日内付清全部价款。Delivery ex works.",
}


def signed(document: bytes, field: SignatureField = FIELD, texts: dict[str, str] | None = None) -> bytes:
    chosen = TEXTS if texts is None else texts
    signature = Signature(
        "harbor", world.signer(), world.NOW, world.seal(), certify=True, texts=chosen, caption=CAPTION
    )
    return sign(prepare(document, [field]), signature)


def test_poppler_reads_caption_and_texts_off_the_page(tmp_path: Path) -> None:
    file = tmp_path / "signed.pdf"
    file.write_bytes(signed(world.document()))
    said = run("pdftotext", str(file), "-")
    for text in (*CAPTION, "2026年12月1日", "货到付款"):
        assert text in said
    assert "Signature is Valid" in run("pdfsig", "-nocert", str(file))


def test_pdfium_shows_ink_where_the_text_field_lies() -> None:
    before = rendered(prepare(world.document(), [FIELD]))
    after = rendered(signed(world.document()))
    box = (60, 842 - 560, 260, 842 - 500)
    assert before.crop(box).getextrema() == (255, 255)
    assert after.crop(box).getextrema()[0] < 128


def rendered(pdf: bytes) -> pypdfium2.PdfBitmap:
    document = pypdfium2.PdfDocument(pdf)
    document.init_forms()
    return document[0].render(scale=1).to_pil().convert("L")


def test_values_say_the_same_as_what_is_seen() -> None:
    with pikepdf.open(BytesIO(signed(world.document()))) as pdf:
        values = {str(each.T): str(each.V) for each in pdf.Root.AcroForm.Fields if each.FT == "/Tx"}
    assert values == TEXTS


def test_a_signed_file_with_texts_is_valid_on_turned_pages_and_in_object_streams() -> None:
    for document in (world.document(), world.with_object_streams(), world.turned(90, 180, 270)):
        assert verify(signed(document), TRUST, LATER).valid


def test_a_text_that_does_not_fit_is_refused() -> None:
    with pytest.raises(TextTooLong):
        signed(world.document(), texts={"harbor-date": "二〇二六年" * 30})


def test_a_text_for_somebody_elses_field_is_refused() -> None:
    with pytest.raises(NoSuchText):
        signed(world.document(), texts={"kiln-date": "1 December"})


def test_a_caption_costs_the_file_a_subset_and_not_a_typeface() -> None:
    prepared = prepare(world.document(), [FIELD])
    assert len(signed(world.document())) - len(prepared) < 40_000


@settings(max_examples=60, deadline=None)
@given(st.text(st.sampled_from("甲方乙 Party-A，。12 \n"), max_size=80), st.floats(30, 200))
def test_breaking_lines_keeps_every_letter_and_the_width(text: str, width: float) -> None:
    typeface = default_typeface()
    lines = typeface.lines(text, 10, width)
    assert "".join("".join(lines).split()) == "".join(text.split())
    longest = max(map(len, text.split() or [""]))
    assert all(typeface.width(line, 10) <= width or len(line) <= longest for line in lines)

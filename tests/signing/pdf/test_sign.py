"""Signing: what a signature is, what it leaves alone, and what others' validators say of it."""

from __future__ import annotations

import re
import shutil
import subprocess
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from signing.pdf.errors import FieldTaken, NoSuchField, NoSuchPage, PdfError, PdfUnreadable, SealTooLarge
from signing.pdf.fields import Place, SignatureField, Straddle
from signing.pdf.prepare import prepare
from signing.pdf.sign import Signature, sign
from tests.signing.pdf import world
from tests.signing.pdf.world import HARBOR, KILN, PERSON

HARBOR_FIELD = SignatureField(
    "harbor",
    page=2,
    box=(60, 60, 200, 140),
    room_mm=43,
    also=(Place(0, (60, 60, 200, 140), room_mm=43),),
    straddle=Straddle(range(3)),
)
KILN_FIELD = SignatureField("kiln", page=2, box=(320, 60, 460, 140), room_mm=43)

DOCUMENTS = {
    "classic": world.document,
    "object-streams": world.with_object_streams,
    "turned": lambda: world.turned(0, 90, 270),
}


def signed_by_both(document: bytes, timestamped: bool = True) -> bytes:
    clock = world.Hands()
    timestamper = world.authority().timestamper(clock) if timestamped else None
    prepared = prepare(document, [HARBOR_FIELD, KILN_FIELD])
    first = Signature(
        "harbor",
        world.signer(HARBOR),
        clock(),
        world.seal(),
        name="海港茶业有限公司",
        reason="供货合同",
        certify=True,
        timestamper=timestamper,
    )
    second = Signature("kiln", world.signer(KILN), clock.move(hours=2), world.seal(), timestamper=timestamper)
    return sign(sign(prepared, first), second)


def run(*command: str) -> str:
    if not shutil.which(command[0]):
        pytest.skip(f"{command[0]} is not on this machine")
    done = subprocess.run(command, capture_output=True, text=True, check=False, timeout=60)
    return done.stdout + done.stderr


@pytest.mark.parametrize("kind", DOCUMENTS)
def test_pdfsig_finds_every_signature_valid_and_the_last_over_the_whole_document(
    kind: str, tmp_path: Path
) -> None:
    file = tmp_path / "signed.pdf"
    file.write_bytes(signed_by_both(DOCUMENTS[kind]()))
    said = run("pdfsig", "-nocert", str(file))
    assert said.count("Signature is Valid") == 2
    assert said.count("ETSI.CAdES.detached") == 2
    assert re.search(r"Signature #2:.*Total document signed", said, re.DOTALL)


def test_mutool_finds_the_signatures_intact(tmp_path: Path) -> None:
    file = tmp_path / "signed.pdf"
    file.write_bytes(signed_by_both(world.document()))
    said = run("mutool", "sign", "-v", str(file))
    assert "The signature is valid but there have been edits since signing." in said
    assert "The document is unchanged since signing." in said


def test_each_signature_appends_one_revision_and_leaves_every_byte_before_it() -> None:
    prepared = prepare(world.document(), [HARBOR_FIELD, KILN_FIELD])
    signed = sign(prepared, Signature("harbor", world.signer(), world.NOW, world.seal(), certify=True))
    assert prepared.startswith(world.document())
    assert signed.startswith(prepared)
    assert signed[len(prepared) :].count(b"%%EOF") == 1


def test_a_seal_is_written_once_however_often_it_is_drawn() -> None:
    prepared = prepare(world.document(), [HARBOR_FIELD])
    signed = sign(prepared, Signature("harbor", world.signer(), world.NOW, world.seal()))
    assert signed[len(prepared) :].count(world.seal().alpha) == 1


def test_an_invisible_signature_needs_neither_box_nor_seal() -> None:
    prepared = prepare(world.document(), [SignatureField("quiet")])
    assert b"/ByteRange" in sign(prepared, Signature("quiet", world.signer(PERSON), world.NOW))


def test_a_seal_that_does_not_fit_its_place_is_refused_instead_of_shrunk() -> None:
    prepared = prepare(world.document(), [SignatureField("small", 0, (0, 0, 50, 50))])
    with pytest.raises(SealTooLarge):
        sign(prepared, Signature("small", world.signer(), world.NOW, world.seal()))


def test_a_field_is_signed_once() -> None:
    signed = signed_by_both(world.document())
    with pytest.raises(FieldTaken):
        sign(signed, Signature("kiln", world.signer(), world.NOW))


def test_a_field_that_was_not_prepared_can_not_be_signed() -> None:
    with pytest.raises(NoSuchField):
        sign(prepare(world.document(), [HARBOR_FIELD]), Signature("kiln", world.signer(), world.NOW))
    with pytest.raises(NoSuchField):
        sign(world.document(), Signature("kiln", world.signer(), world.NOW))


def test_an_area_on_a_page_that_is_not_there_is_refused() -> None:
    with pytest.raises(NoSuchPage):
        prepare(world.document(), [SignatureField("late", 3, (0, 0, 50, 50))])


def test_two_fields_of_one_name_are_refused() -> None:
    with pytest.raises(FieldTaken):
        prepare(world.document(), [KILN_FIELD, KILN_FIELD])


@pytest.mark.parametrize(
    "junk", [b"", b"%PDF-1.7", b"PK\3\4" * 50, b"%PDF-1.7\n1 0 obj\n<<>>\nendobj\n%%EOF"]
)
def test_what_is_no_pdf_is_refused_in_plain_words(junk: bytes) -> None:
    with pytest.raises(PdfUnreadable):
        prepare(junk, [KILN_FIELD])


@settings(max_examples=80, deadline=None)
@given(st.data())
def test_a_damaged_file_is_refused_in_our_own_words_or_carried_on(data: st.DataObject) -> None:
    damaged = bytearray(data.draw(st.sampled_from([world.document(), world.with_object_streams()])))
    for _ in range(data.draw(st.integers(1, 5))):
        damaged[data.draw(st.integers(0, len(damaged) - 1))] = data.draw(st.integers(0, 255))
    try:
        prepared = prepare(bytes(damaged), [HARBOR_FIELD])
        assert sign(prepared, Signature("harbor", world.signer(), world.NOW, world.seal())).startswith(
            prepared
        )
    except PdfError as refusal:
        assert refusal.code.startswith("pdf.")

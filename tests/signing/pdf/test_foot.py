"""The mark at the foot: read by scanners, in words too, and untouchable once somebody has signed."""

from __future__ import annotations

import shutil
import subprocess
from pathlib import Path

import cv2
import pypdfium2
import pytest

from signing.pdf.fields import FootMark, SignatureField
from signing.pdf.prepare import prepare
from signing.pdf.sign import Signature, sign
from signing.pdf.trust import Trust
from signing.pdf.verify import verify
from tests.signing.pdf import world

ADDRESS = "https://sign.example.com/v/4F7K-2P9Q"
MARK = FootMark(2, (420, 20, 550, 57), ADDRESS, ("合同 4F7K-2P9Q", "sign.example.com/v"))


@pytest.mark.parametrize("document", [world.document(), world.turned(0, 90, 270)], ids=["upright", "turned"])
def test_a_scanner_reads_the_address_off_the_page(document: bytes) -> None:
    box = (20, 100, 57, 230) if document != world.document() else MARK.box
    mark = FootMark(2, box, ADDRESS, MARK.lines)
    with pypdfium2.PdfDocument(prepare(document, [SignatureField("harbor")], mark)) as pdf:
        pdf.init_forms()
        picture = pdf[2].render(scale=3, may_draw_forms=True).to_numpy()
    assert cv2.QRCodeDetector().detectAndDecode(picture)[0] == ADDRESS


@pytest.mark.skipif(not shutil.which("pdftotext"), reason="pdftotext is not on this machine")
def test_the_number_stands_beside_it_in_words(tmp_path: Path) -> None:
    (tmp_path / "marked.pdf").write_bytes(prepare(world.document(), [SignatureField("harbor")], MARK))
    said = subprocess.run(
        ["pdftotext", str(tmp_path / "marked.pdf"), "-"], capture_output=True, text=True, check=True
    ).stdout
    assert all(line in said for line in MARK.lines)


def test_a_signature_covers_the_mark() -> None:
    prepared = prepare(world.document(), [SignatureField("harbor")], MARK)
    signed = sign(prepared, Signature("harbor", world.signer(), world.NOW, certify=True))
    report = verify(signed, Trust([world.authority().root_pem]), world.NOW)
    assert report.valid, report.reasons

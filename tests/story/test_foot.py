"""A QR code and the number at the foot, on request: the same number that the evidence and the public page have."""

from __future__ import annotations

import cv2
import numpy as np
import pypdfium2

from bot.app import App
from bot.demo.people import Person
from signing.evidence.proving import read_proof
from signing.store.times import moment
from tests.story.acts import draft_for_kiln, sign


async def test_the_code_at_the_foot_leads_to_the_number_of_the_evidence(
    app: App, lin: Person, su: Person
) -> None:
    await draft_for_kiln(lin)
    await lin.tap("More")
    await lin.tap("QR code at the foot")
    assert "a QR code and the number" in lin.last.text
    await lin.tap("Start and seal")
    await lin.type_code()
    await sign(su)
    contract = app.store.read(lambda tx: tx.find("last_contract"))[0]
    proof = app.store.read(read_proof, contract["id"])
    assert proof is not None and proof.number == contract["number"]
    signed = app.blobs.read(contract["current"])
    document = pypdfium2.PdfDocument(signed)
    document.init_forms()
    page = np.array(document[5].render(scale=5).to_pil().convert("L"))
    picture = page[-page.shape[0] // 8 :, :]
    address, _, _ = cv2.QRCodeDetector().detectAndDecode(picture)
    assert address.endswith(f"/v/{proof.number}")
    now = app.store.read(lambda tx: moment(tx.now))
    assert app.checking.check(signed, now).valid


async def test_it_can_be_taken_off_again(lin: Person) -> None:
    await draft_for_kiln(lin)
    await lin.tap("More")
    await lin.tap("QR code at the foot")
    await lin.tap("More")
    await lin.tap("No QR code")
    assert "a QR code and the number" not in lin.last.text

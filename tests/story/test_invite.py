"""The invitation once more: as a link, a picture, a text, an e-mail."""

from __future__ import annotations

from io import BytesIO

import cv2
import numpy as np
from PIL import Image

from bot.demo.people import TOKEN, Person, Stage
from tests.clock import ManualClock
from tests.story.acts import start_and_seal


async def invitation(lin: Person) -> None:
    await start_and_seal(lin)
    await lin.tap("See status")
    await lin.tap("Invitation link")


async def test_a_qr_picture_opens_the_invitation_and_lies_sealed(
    stage: Stage, lin: Person, su: Person
) -> None:
    await invitation(lin)
    await lin.tap("QR picture")
    (picture,) = [each.digest for each in lin.last.attachments]
    app = stage.app
    subject = app.store.read(lambda tx: tx.get("blobs", picture))["subject"]  # type: ignore[index]
    data = app.store.read(app.blobs.read_sealed, subject, picture)
    pixels = np.array(Image.open(BytesIO(data)).convert("L"))
    link, _, _ = cv2.QRCodeDetector().detectAndDecode(pixels)
    found = TOKEN.search(link)
    assert found and found[1] not in lin.last.text
    await su.write(f"/start {found[1]}")
    assert "海港茶业" in su.last.text


async def test_an_e_mail_goes_to_the_mailbox_that_the_sender_names(lin: Person, su: Person) -> None:
    await invitation(lin)
    await lin.tap("E-mail")
    await lin.write("not an address")
    assert "no e-mail address" in lin.last.text
    await lin.write("su@kiln.example")
    assert "on its way to su@kiln.example" in lin.last.text
    mails = lin.stage.app.store.read(lambda tx: tx.find("texts_of_phone", phone="su@kiln.example"))
    token = TOKEN.search(mails[0]["body"])
    assert token
    await su.write(f"/start {token[1]}")
    assert "海港茶业" in su.last.text


async def test_a_text_goes_again_after_an_hour_and_not_before(
    lin: Person, su: Person, clock: ManualClock
) -> None:
    await invitation(lin)
    await lin.tap("Text message")
    assert "within the last hour" in lin.last.text and len(su.texts()) == 1
    clock.advance(hours=1)
    await lin.write("/home")
    await lin.tap("Status of Supply-2027")
    await lin.tap("Invitation link")
    await lin.tap("Text message")
    assert "on its way to *** 8820" in lin.last.text and len(su.texts()) == 2

"""A contract as photos: an album or one after the other, made one PDF in their order."""

from __future__ import annotations

import io

from PIL import Image, ImageDraw

from bot.app import App
from bot.demo.people import Person, Stage
from signing.contracts.contract import read_contract
from tests.clock import ManualClock
from tests.story.acts import KILN_BY_SU, register_with_company

JPEG = "image/jpeg"


def photo(number: int) -> bytes:
    page = Image.new("RGB", (620, 877), "white")
    ImageDraw.Draw(page).text((80, 80), f"Page {number} of the lease", fill="black", font_size=30)
    out = io.BytesIO()
    page.save(out, "JPEG")
    return out.getvalue()


async def test_an_album_becomes_one_pdf_after_one_card(
    app: App, stage: Stage, lin: Person, clock: ManualClock
) -> None:
    await register_with_company(lin)
    await lin.send_album(*((photo(n), f"{n}.jpg", JPEG) for n in (1, 2, 3)))
    clock.advance(seconds=2)
    await stage.settle()
    cards = [line.said for line in lin.lines if "photos" in line.said]
    assert len(cards) == 1 and "These are 3 photos" in cards[0]
    await lin.tap("Make one PDF")
    await lin.write(KILN_BY_SU)
    contract = app.store.read(lambda tx: read_contract(tx, tx.find("last_contract")[0]["id"]))
    assert contract.pages == 3 and len(contract.parties) == 2


async def test_pictures_sent_one_by_one_are_gathered_and_the_last_can_be_taken_off(
    app: App, lin: Person
) -> None:
    await register_with_company(lin)
    await lin.send(photo(1), "1.jpg", JPEG)
    assert "What is it?" in lin.last.text
    for number in (2, 3):
        await lin.send(photo(number), f"{number}.jpg", JPEG)
    await lin.tap("Take off the last")
    assert "These are 2 photos" in lin.last.text
    await lin.tap("Make one PDF")
    contract = app.store.read(lambda tx: read_contract(tx, tx.find("last_contract")[0]["id"]))
    assert contract.pages == 2

"""A person's signature in chat: drawn on the page, photographed from paper, set in type; one of several is the default."""

from __future__ import annotations

from io import BytesIO

import numpy as np
import pytest
from PIL import Image

from bot.app import App
from bot.demo.people import Person, Stage
from signing.store.port import Row
from tests import people
from tests.bench.scenes import scene
from tests.signing.seals.handwriting import photographed, strokes
from tests.story.acts import LIN_ID, blank_photo, register


@pytest.fixture
async def checked(lin: Person) -> Person:
    await register(lin, "林海清", LIN_ID)
    await lin.write("/signature")
    return lin


def signatures(app: App) -> list[Row]:
    person = app.store.read(lambda tx: tx.find("person_of_phone", phone="+8613800134417"))[0]["id"]
    return app.store.read(lambda tx: tx.find("usable_seals", owner=person))


async def test_a_signature_is_drawn_looked_at_and_is_the_default_from_then_on(
    app: App, checked: Person
) -> None:
    await checked.send_from_page("Draw it with a finger", strokes())
    assert "on white" in checked.last.text and len(checked.last.attachments) == 1
    await checked.tap("Use this signature")
    assert "your new signature" in checked.last.text
    first, second = signatures(app)
    assert (first["made"], second["made"]) == ("drawn", "online")
    with Image.open(BytesIO(app.blobs.read(first["picture"]))) as picture:
        assert picture.mode == "RGBA" and picture.width / 600 * 25.4 == pytest.approx(first["width_mm"], 0.01)


async def test_what_the_finger_sent_is_not_kept(app: App, checked: Person) -> None:
    await checked.send_from_page("Draw it with a finger", strokes())
    digest = app.blobs.write(strokes())
    assert app.store.read(lambda tx: tx.get("blobs", digest)) is None


async def test_a_dot_is_no_signature_and_may_be_drawn_again(app: App, checked: Person) -> None:
    await checked.send_from_page("Draw it with a finger", b'{"strokes": [[[1, 1, 0], [2, 1, 9]]]}')
    assert any("only a dot" in line.said for line in checked.lines)
    await checked.send_from_page("Draw it with a finger", strokes())
    await checked.tap("Use this signature")
    assert signatures(app)[0]["made"] == "drawn"


async def test_a_signature_is_drawn_again_before_it_is_used(app: App, checked: Person) -> None:
    await checked.send_from_page("Draw it with a finger", strokes(1))
    await checked.send_from_page("Draw it again", strokes(2))
    await checked.tap("Use this signature")
    assert len(signatures(app)) == 2


async def test_a_signature_on_paper_is_cut_out_nudged_and_kept(app: App, checked: Person) -> None:
    await checked.send(photographed(0, "blue").photo, "me.jpg", "image/jpeg")
    await checked.tap("Turn left")
    await checked.tap("Darker")
    await checked.tap("Use this signature")
    kept = signatures(app)[0]
    photo = app.blobs.write(photographed(0, "blue").photo)
    assert app.store.read(lambda tx: tx.get("blobs", photo)) is None
    assert kept["made"] == "photo" and kept["width_mm"] <= 50 and kept["height_mm"] <= 18


async def test_a_photo_without_writing_is_refused_with_advice(checked: Person) -> None:
    await checked.send(blank_photo(), "desk.jpg", "image/jpeg")
    assert any("no signature on this photo" in line.said for line in checked.lines)
    await checked.tap("Stop here")


async def test_what_a_page_sends_late_is_answered_and_starts_nothing(app: App, checked: Person) -> None:
    _, button = checked.button("Draw it with a finger")
    await checked.tap("Leave it")
    await arrives(checked, button.page)
    assert "answered already" in checked.last.text
    assert len(signatures(app)) == 1


async def test_a_pages_answer_comes_back_to_its_question_from_behind_another_talk(
    app: App, checked: Person
) -> None:
    _, button = checked.button("Draw it with a finger")
    await checked.write("/language")
    await arrives(checked, button.page)
    await checked.tap("Use this signature")
    assert signatures(app)[0]["made"] == "drawn"


async def arrives(person: Person, page: str) -> None:
    """What was drawn on a page that was opened a while ago."""
    data = strokes()
    facts = {"digest": person.stage.app.blobs.write(data), "name": "pad.json", "mime": "application/json"}
    sent = {**facts, "caption": "", "size": str(len(data)), "page": page}
    await person.stage.receive(person.address, person.language, sent)


async def test_a_name_seal_in_white_on_red(app: App, checked: Person) -> None:
    await checked.tap("Name seal")
    await checked.tap("White on red")
    seal = next(row for row in signatures(app) if row["kind"] == "name_seal")
    with Image.open(BytesIO(app.blobs.read(seal["picture"]))) as picture:
        cover = picture.getchannel("A")
        assert sum(cover.histogram()[128:]) > cover.width * cover.height / 2


async def test_a_name_seal_on_paper_is_cut_out_and_kept(app: App, checked: Person) -> None:
    await checked.tap("Name seal")
    photo = scene(np.random.default_rng([5, 3]), 1.5, ink="red", which=10).photo
    await checked.send(photo, "seal.jpg", "image/jpeg")
    await checked.tap("Use this seal")
    seal = next(row for row in signatures(app) if row["kind"] == "name_seal")
    assert (seal["made"], seal["width_mm"]) == ("photo", 18)


async def test_one_of_several_signatures_is_made_the_default(app: App, checked: Person) -> None:
    await checked.send_from_page("Draw it with a finger", strokes())
    await checked.tap("Use this signature")
    typed = signatures(app)[1]
    await checked.write("/signature")
    await checked.stage.receive(checked.address, "en", {"tap": f">keep:{typed['id']}", "message": ""})
    await checked.tap("Make it the default")
    assert signatures(app)[0]["id"] == typed["id"]


async def test_a_stranger_is_asked_who_they_are_before_they_draw(stage: Stage) -> None:
    person = people.stranger(stage)
    await person.write("/signature")
    assert person.button("share my number")

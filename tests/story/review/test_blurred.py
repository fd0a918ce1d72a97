"""A blurred photo: shown back with a ring, advice in words, as a file only when that failed, nobody stopped by it."""

from __future__ import annotations

from bot.demo.people import Person, Stage
from bot.demo.story import KILN
from tests.story.papers import letter_photo
from tests.story.review.acts import JPEG, licence_sent


async def blurred_letter(chen: Person) -> None:
    await licence_sent(chen)
    await chen.send(letter_photo(KILN, blur=6), "letter.jpg", JPEG)


async def test_the_photo_comes_back_with_the_blurred_part_ringed_and_what_to_do(
    chen: Person, stage: Stage
) -> None:
    await blurred_letter(chen)
    assert "The whole picture is blurred" in chen.last.text and "no flash" in chen.last.text
    assert "as a file" not in chen.last.text
    (shown,) = chen.last.attachments
    row = stage.app.store.read(lambda tx: tx.get("blobs", shown.digest))
    assert row is not None and row["subject"]


async def test_as_a_file_is_asked_for_only_when_a_photo_failed_again(chen: Person) -> None:
    await blurred_letter(chen)
    await chen.send(letter_photo(KILN, blur=7), "letter.jpg", JPEG)
    assert "send it as a file this time" in chen.last.text


async def test_a_sharp_photo_goes_on_at_once(chen: Person) -> None:
    await blurred_letter(chen)
    await chen.send(letter_photo(KILN), "letter.jpg", JPEG)
    assert "case 1" in chen.last.text


async def test_who_insists_has_it_looked_at_and_the_operator_is_warned(chen: Person, ops: Person) -> None:
    await blurred_letter(chen)
    await chen.tap("Use it as it is")
    assert "case 1" in chen.last.text
    await ops.tap("Take case 1")
    assert "Looks blurred: sealed letter" in ops.last.text


async def test_it_can_be_left_for_later(chen: Person) -> None:
    await blurred_letter(chen)
    await chen.tap("Not now")
    assert "Stopped" in chen.last.text

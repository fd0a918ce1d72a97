"""Rejections: a reason that is chosen or written, read word for word, and just that paper sent again."""

from __future__ import annotations

import pytest

from bot.demo.people import Person, Stage
from bot.demo.story import KILN
from tests.clock import ManualClock
from tests.story.papers import letter_photo, licence_photo
from tests.story.review.acts import JPEG, licence_sent, passport_sent, submitted, told


async def test_a_rejection_says_why_and_just_that_paper_is_sent_again(
    chen: Person, ops: Person, stage: Stage, clock: ManualClock
) -> None:
    await licence_sent(chen)
    await chen.send(letter_photo(KILN, blur=6), "letter.jpg", JPEG)
    await chen.tap("Use it as it is")
    await ops.tap("Take case 1")
    assert "Looks blurred: sealed letter" in ops.last.text
    before = ops.actions
    await ops.tap("Reject")
    await ops.tap("Unreadable")
    assert ops.actions - before == 2
    await told(stage, clock)
    assert "The sealed letter is not readable" in chen.last.text
    await chen.tap("Send the sealed letter")
    await chen.send(letter_photo(KILN), "letter.jpg", JPEG)
    await ops.tap("Take case 1")
    assert "Looks blurred" not in ops.last.text
    await ops.tap("Approve")
    await told(stage, clock)
    assert f"{KILN} is checked" in chen.last.text


async def test_a_reason_can_be_written_and_is_read_word_for_word(
    chen: Person, ops: Person, stage: Stage, clock: ManualClock
) -> None:
    await submitted(chen)
    await ops.tap("Take case 1")
    await ops.tap("Reject")
    await ops.write("The seal is the finance seal; the official seal is needed.")
    await told(stage, clock)
    assert "The seal is the finance seal; the official seal is needed." in chen.last.text


@pytest.mark.parametrize(
    ("label", "sentence"),
    [
        ("No seal", "The letter carries no company seal. Have it stamped and send it again."),
        ("Unreadable", "The sealed letter is not readable on the picture."),
        ("Names differ", "The names on the sealed letter differ from what you entered."),
        ("Expired", "The sealed letter is out of date. Send a valid one."),
        ("Wrong form", "This is not the sealed letter that I need. Send the right one."),
    ],
)
async def test_the_operator_sees_the_very_sentence_that_the_applicant_reads(
    chen: Person, ops: Person, stage: Stage, clock: ManualClock, label: str, sentence: str
) -> None:
    await submitted(chen)
    await ops.tap("Take case 1")
    await ops.tap("Reject")
    assert sentence in ops.last.text
    await ops.tap(label)
    await told(stage, clock)
    assert sentence in chen.last.text


async def test_reasons_are_six_buttons_whatever_the_paper(
    chen: Person, wei: Person, ops: Person, stage: Stage
) -> None:
    await submitted(chen)
    await passport_sent(wei)
    for number in (1, 2):
        await ops.tap(f"Take case {number}")
        await ops.tap("Reject")
        *reasons, back = [button.label for button in ops.last.buttons]
        assert len(reasons) == 6 and reasons[-1] == "Write it" and back == "Back"
        await ops.tap("Back")
        await ops.tap("Back to queue")


async def test_a_better_picture_of_one_paper_is_asked_for_and_only_that_is_sent(
    chen: Person, ops: Person, stage: Stage, clock: ManualClock
) -> None:
    await submitted(chen)
    await ops.tap("Take case 1")
    await ops.tap("Ask again")
    await ops.tap("Business licence")
    await ops.tap("Unreadable")
    await told(stage, clock)
    assert "The business licence is not readable" in chen.last.text
    await chen.tap("Send the business licence")
    await chen.send(licence_photo(KILN, "91360202MA35H8QK2R", "苏青窑"), "licence.jpg", JPEG)
    await ops.tap("Take case 1")
    assert "Before: 1 decision, see History" in ops.last.text
    await ops.tap("Approve")
    await told(stage, clock)
    assert f"{KILN} is checked" in chen.last.text


async def test_where_names_differ_they_can_be_entered_again(
    wei: Person, ops: Person, stage: Stage, clock: ManualClock
) -> None:
    await passport_sent(wei)
    await ops.tap("Take case 1")
    await ops.tap("Reject")
    await ops.tap("Names differ")
    await told(stage, clock)
    await wei.tap("Enter the names again")
    assert "your full name and your ID number" in wei.last.text


async def test_a_reason_of_ones_own_is_asked_for_on_its_own_and_can_be_left(
    chen: Person, ops: Person, stage: Stage, clock: ManualClock
) -> None:
    await submitted(chen)
    await ops.tap("Take case 1")
    await ops.tap("Reject")
    await ops.tap("Write it")
    await ops.tap("Back")
    await ops.tap("Reject")
    await ops.tap("Write it")
    await ops.write("The letter names another company.")
    await told(stage, clock)
    assert "The letter names another company." in chen.last.text

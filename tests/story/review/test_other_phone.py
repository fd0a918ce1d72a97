"""Name and ID number agree, the phone does not: another number, or an operator looks at the ID card."""

from __future__ import annotations

from bot.demo.people import Person, Stage
from tests.clock import ManualClock
from tests.story.acts import LIN_ID, register
from tests.story.papers import letter_photo
from tests.story.review.acts import JPEG, told

OTHER = "+8613900138820"


async def with_anothers_phone(stage: Stage) -> Person:
    """林海清, who writes from a phone that is registered to somebody else."""
    person = stage.person("lin", "林海清", OTHER)
    person.language = "en"
    await register(person, "林海清", LIN_ID)
    assert "the phone *** 8820 is not registered to you" in person.last.text
    return person


async def test_with_a_number_of_their_own_they_pass_without_typing_the_rest_again(stage: Stage) -> None:
    lin = await with_anothers_phone(stage)
    await lin.tap("Other number")
    lin.phone = "+8613800134417"
    await lin.write("138 0013 4417")
    await lin.type_code()
    assert any("It is you, 林海清" in line.said for line in lin.lines)


async def test_an_operator_can_look_at_the_card_instead(
    stage: Stage, ops: Person, clock: ManualClock
) -> None:
    lin = await with_anothers_phone(stage)
    await lin.tap("Ask for a review")
    await lin.tap("Agree and go on")
    assert "a photo of the ID card" in lin.last.text
    await lin.send(letter_photo("ID CARD"), "card.jpg", JPEG)
    await ops.tap("Take case 1")
    assert "the phone is not registered to them" in ops.last.text and "ending 0025" in ops.last.text
    await ops.tap("Approve")
    await told(stage, clock)
    assert "It is you, 林海清" in lin.last.text


async def test_a_reviewed_card_is_the_same_identity_as_a_checked_one(
    stage: Stage, ops: Person, clock: ManualClock
) -> None:
    """One person, one account, whichever way they were checked."""
    first = stage.person("first", "林海清", "+8613800134417")
    first.language = "en"
    await register(first, "林海清", LIN_ID)
    second = await with_anothers_phone(stage)
    await second.tap("Ask for a review")
    await second.tap("Agree and go on")
    await second.send(letter_photo("ID CARD"), "card.jpg", JPEG)
    await ops.tap("Take case 1")
    await ops.tap("Approve")
    await told(stage, clock)
    assert "registered by somebody else" in second.last.text


async def test_stopping_opens_nothing(stage: Stage) -> None:
    lin = await with_anothers_phone(stage)
    await lin.tap("Stop here")
    assert "Stopped" in lin.last.text

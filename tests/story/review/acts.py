"""What applicants and operators do, up to the point that a test is about."""

from __future__ import annotations

from typing import Any

from bot.demo.people import Person, Stage
from bot.demo.story import KILN, KILN_CODE
from tests.clock import ManualClock
from tests.story.acts import actor_of, register
from tests.story.papers import letter_photo, licence_photo

CHEN_ID = "360202199001012342"
JPEG = "image/jpeg"


async def operator(stage: Stage, address: str) -> Person:
    person = stage.person(address, address, "")
    person.language = "en"
    await person.write("/queue")
    return person


async def licence_sent(chen: Person) -> None:
    """As far as the letter to print."""
    await register(chen, "陈晓舟", CHEN_ID)
    await chen.write("/company")
    await chen.write(f"{KILN} {KILN_CODE}")
    await chen.tap("Agree and get the letter")
    await chen.send(licence_photo(KILN, KILN_CODE, "苏青窑"), "licence.jpg", JPEG)
    if "Who is the legal representative" in chen.last.text:
        await chen.write("苏青窑")


async def submitted(chen: Person) -> None:
    await licence_sent(chen)
    await chen.send(letter_photo(KILN), "letter.jpg", JPEG)


async def passport_sent(wei: Person) -> None:
    await wei.write("/start")
    await wei.tap("share my number")
    await wei.tap("no resident ID")
    await wei.tap("Passport")
    await wei.write("Wei Chen, E12345678")
    await wei.tap("Agree and go on")
    await wei.send(letter_photo("PASSPORT"), "passport.jpg", JPEG)


async def told(stage: Stage, clock: ManualClock) -> None:
    """The minute in which a decision can be taken back is over."""
    clock.advance(seconds=61)
    await stage.settle()


def case_of(stage: Stage, number: int = 1) -> str:
    return str(stage.app.store.read(lambda tx: tx.find("case_of_number", number=number))[0]["id"])


def shown_to(person: Person) -> list[str]:
    """The digests of the pictures that stand in the person's chat now."""
    return [each.digest for card in person.cards.values() for each in card.attachments]


def case(stage: Stage, address: str = "ops", number: int = 1) -> Any:
    """The case as an operator reads it."""
    services, actor = stage.app.services, actor_of(stage, address)
    return stage.app.store.read(services.cases.look, actor, case_of(stage, number))

"""Seals lent in chat: until a date, with a limit, taken back at once; and what the list and the record say."""

from __future__ import annotations

import pytest

from bot.demo.people import NotOnCard, Person
from bot.demo.story import KILN, KILN_CODE
from tests.clock import ManualClock
from tests.story.acts import CHEN_ID, contract_pdf, join_company


@pytest.fixture
async def chen(chen: Person, boss: Person) -> Person:
    """A member of Harbor Tea without any seal."""
    await join_company(boss, chen, CHEN_ID)
    return chen


async def lend(boss: Person, until: str = "30 days", limit: str = "As often as needed") -> None:
    await boss.write("/seals")
    await boss.tap("Contract seal")
    await boss.tap("Lend it")
    await boss.tap("陈晓舟")
    await boss.tap(until)
    await boss.tap(limit)


async def draft(chen: Person, title: str = "Chens-order") -> None:
    await chen.send(contract_pdf(), f"{title}.pdf", "application/pdf")
    await chen.write(f"{KILN} {KILN_CODE}, 苏青窑 13900138820")


async def test_a_member_seals_with_a_seal_that_was_lent_to_them(boss: Person, chen: Person) -> None:
    await lend(boss)
    assert "is lent to you until 23 December 2026" in chen.last.text
    await draft(chen)
    await chen.tap("Start and seal")
    await chen.type_code()
    assert "sealed it" in chen.last.text
    await boss.write("/seals")
    assert "used 1 time, lent to 1" in boss.last.text
    await boss.tap("Contract seal")
    assert "陈晓舟, Chens-order" in boss.last.text


async def test_the_list_says_until_when_and_how_often(boss: Person, chen: Person) -> None:
    await lend(boss, "90 days", "Once")
    await chen.write("/seals")
    assert "lent to you until 21 February 2027, 1 use left" in chen.last.text
    with pytest.raises(NotOnCard):
        chen.button("Make a seal")


async def test_a_lent_use_is_used_up(boss: Person, chen: Person) -> None:
    await lend(boss, "30 days", "Once")
    await draft(chen)
    await chen.tap("Start and seal")
    await chen.type_code()
    await draft(chen, "Second-order")
    assert "Second-order" in chen.last.text
    assert not any("Start and seal" in button.label for button in chen.last.buttons)


async def test_a_date_and_a_number_can_be_typed(boss: Person, chen: Person) -> None:
    await boss.write("/seals")
    await boss.tap("Contract seal")
    await boss.tap("Lend it")
    await boss.tap("陈晓舟")
    await boss.write("31 March 2027")
    await boss.write("12")
    assert "until 31 March 2027, 12 times" in boss.last.text


async def test_a_seal_that_is_taken_back_while_the_code_is_open_seals_nothing(
    boss: Person, chen: Person
) -> None:
    await lend(boss)
    await draft(chen)
    await chen.tap("Start and seal")
    await boss.tap("Take it back")
    await chen.type_code()
    assert any("is not lent to you any more" in line.said for line in chen.lines)
    assert not any("sealed it" in line.said for line in chen.lines)


async def test_lending_again_replaces_what_was_lent(boss: Person, chen: Person) -> None:
    await lend(boss)
    await lend(boss, "A year", "10 times")
    await boss.write("/seals")
    await boss.tap("Contract seal")
    assert boss.last.text.count("Lent to 陈晓舟") == 1
    assert "10 uses left" in boss.last.text


async def test_a_lent_seal_ends_by_its_date(boss: Person, chen: Person, clock: ManualClock) -> None:
    await lend(boss)
    clock.advance(days=31)
    await chen.write("/seals")
    assert "no seal that you may use" in chen.last.text

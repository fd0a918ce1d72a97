"""Somebody in two companies: for whom they act is asked where it matters, kept, and followed by what they see."""

from __future__ import annotations

import pytest

from bot.app import App
from bot.demo.people import NotOnCard, Person
from bot.demo.story import KILN, KILN_CODE
from tests.story.acts import contract_pdf, join_company, register, register_with_company

WANG_CODE = "91440304MA5DC7RW19"
LANTERN = "Lantern Paper Co., Ltd"


@pytest.fixture
async def wang(wang: Person, boss: Person) -> Person:
    """The admin of Lantern Paper, who is a member of Harbor Tea as well."""
    await join_company(boss, wang, "440304199511231017")
    await wang.write("/company")
    await wang.write(f"{LANTERN}, {WANG_CODE}")
    await wang.tap("Make the contract seal")
    return wang


async def test_for_whom_a_draft_is_made_is_asked_once_and_kept(wang: Person) -> None:
    await wang.send(contract_pdf(), "First.pdf", "application/pdf")
    assert "For whom do you act" in wang.last.text
    await wang.tap("海港茶业")
    await wang.write(f"{KILN} {KILN_CODE}, 苏青窑 13900138820")
    assert "1. 海港茶业有限公司 (you)" in wang.last.text
    await wang.send(contract_pdf(), "Second.pdf", "application/pdf")
    await wang.tap("蓝窑陶瓷")
    assert "1. 海港茶业有限公司 (you)" in wang.last.text


async def test_one_can_act_for_oneself(wang: Person) -> None:
    await wang.write("/acting")
    await wang.tap("Myself")
    assert "You act for yourself now" in wang.last.text
    await wang.send(contract_pdf(), "Private.pdf", "application/pdf")
    await wang.write(f"{KILN} {KILN_CODE}, 苏青窑 13900138820")
    assert "1. 王一帆 (you)" in wang.last.text


async def test_seals_and_members_follow_the_choice(wang: Person) -> None:
    await wang.write("/acting")
    await wang.tap(LANTERN)
    await wang.write("/seals")
    assert "Lantern Paper" in wang.last.text and "海港茶业" not in wang.last.text
    await wang.write("/members")
    assert "The people of Lantern Paper" in wang.last.text


async def test_home_says_for_whom_and_shows_their_drafts(wang: Person) -> None:
    await wang.send(contract_pdf(), "For-tea.pdf", "application/pdf")
    await wang.tap("海港茶业")
    await wang.write(f"{KILN} {KILN_CODE}, 苏青窑 13900138820")
    assert "for 海港茶业有限公司" in await home(wang) and wang.button("Draft For-tea")
    await wang.tap("Act for another")
    await wang.tap(LANTERN)
    assert f"for {LANTERN}" in await home(wang)
    with pytest.raises(NotOnCard):
        wang.button("Draft For-tea")


async def home(person: Person) -> str:
    """The words of the home card; older cards are out of sight."""
    person.cards.clear()
    heard = len(person.lines)
    await person.write("/home")
    return "\n".join(line.said for line in person.lines[heard:])


async def test_somebody_with_one_company_is_never_asked(lin: Person) -> None:
    await register_with_company(lin)
    await lin.send(contract_pdf(), "Supply.pdf", "application/pdf")
    assert "For whom" not in lin.last.text


async def test_somebody_without_a_company_acts_for_themself(app: App, su: Person) -> None:
    await register(su, "苏青窑", "310105198807210049")
    await su.write("/acting")
    assert "您以本人名义办理" in su.last.text

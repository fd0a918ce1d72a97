"""A seal's card: what its keeper calls it, which one is used by default, and when it is used no more."""

from __future__ import annotations

import pytest

from bot.demo.people import NotOnCard, Person
from tests.story.acts import contract_pdf, register_with_company


async def second_seal(lin: Person) -> None:
    await register_with_company(lin)
    await lin.write("/seal")
    await lin.tap("Official seal")


async def test_a_keeper_names_a_seal_and_finds_it_by_the_name(lin: Person) -> None:
    await register_with_company(lin)
    await lin.write("/seals")
    await lin.tap("Contract seal")
    await lin.tap("Rename")
    await lin.write("  Harbor   OFFICE ")
    assert "contract seal “Harbor OFFICE”" in lin.last.text
    await lin.write("/seals")
    assert lin.button("Contract seal “Harbor OFFICE”")


async def test_a_name_of_more_than_24_characters_is_asked_for_again(lin: Person) -> None:
    await register_with_company(lin)
    await lin.write("/seals")
    await lin.tap("Contract seal")
    await lin.tap("Rename")
    await lin.write("x" * 25)
    assert "1 to 24 characters" in lin.last.text
    await lin.tap("Keep the name")
    assert "<b>contract seal</b>" in lin.last.text


async def test_the_contract_seal_is_used_until_another_is_made_the_default(lin: Person) -> None:
    await second_seal(lin)
    await lin.write("/seals")
    await lin.tap("Contract seal")
    with pytest.raises(NotOnCard):
        lin.button("Make it the default")
    await lin.tap("Leave it")
    await lin.write("/seals")
    await lin.tap("Official seal")
    await lin.tap("Make it the default")
    assert "Official seal is used from now on" in lin.last.text


async def test_a_retired_seal_is_gone_for_good(lin: Person) -> None:
    await register_with_company(lin)
    await lin.write("/seals")
    await lin.tap("Contract seal")
    await lin.tap("Retire for good")
    assert "what it sealed stays valid" in lin.last.text
    await lin.write("/seals")
    with pytest.raises(NotOnCard):
        lin.button("Contract seal")
    await lin.send(contract_pdf(), "Supply.pdf", "application/pdf")
    with pytest.raises(NotOnCard):
        lin.button("Start and seal")

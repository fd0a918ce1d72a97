"""A seal's card: what its keeper calls it, which one is used by default, and when it is used no more."""

from __future__ import annotations

import pytest

from bot.app import App
from bot.demo.people import NotOnCard, Person
from bot.demo.story import TEA, TEA_CODE
from signing.ids import Digest
from signing.seals.drawn import draw
from signing.seals.typed import NotASealCode
from tests.clock import ManualClock
from tests.story.acts import KILN_BY_SU, contract_pdf, register_with_company


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


async def retired(lin: Person) -> None:
    await register_with_company(lin)
    await lin.write("/seals")
    await lin.tap("Contract seal")
    await lin.tap("Retire for good")


async def test_for_a_minute_a_retired_seal_can_be_taken_back(lin: Person) -> None:
    await retired(lin)
    await lin.tap("Undo")
    assert "<b>contract seal</b>" in lin.last.text and "in use" in lin.last.text
    await lin.send(contract_pdf(), "Supply.pdf", "application/pdf")
    await lin.write(KILN_BY_SU)
    assert lin.button("Start and seal")


async def test_after_the_minute_it_stays_retired(lin: Person, clock: ManualClock) -> None:
    await retired(lin)
    clock.advance(minutes=2)
    await lin.tap("Undo")
    assert "minute for taking that back is over" in lin.last.text
    await lin.write("/seals")
    assert "no seal that you may use" in lin.last.text


async def test_a_suspended_seal_that_was_retired_comes_back_suspended(lin: Person) -> None:
    await register_with_company(lin)
    await lin.write("/seals")
    await lin.tap("Contract seal")
    await lin.tap("Suspend")
    await lin.write("/seals")
    await lin.tap("Contract seal (suspended)")
    await lin.tap("Retire for good")
    await lin.tap("Undo")
    assert ", suspended" in lin.last.text


async def test_a_seal_made_in_chat_bears_its_code(app: App, lin: Person) -> None:
    await register_with_company(lin)
    await lin.write("/seal")
    await lin.write("33010 9876543")
    assert "13 digits" in lin.last.text
    await lin.write("33010 98765432")
    assert "bear the code 3301098765432" in lin.last.text
    with pytest.raises(NotOnCard):
        lin.button("Invoice seal")
    await lin.tap("Official seal")
    made = app.store.read(lambda tx: tx.find("seals_made"))[-1]
    drawn = draw("official", TEA, number="3301098765432").png
    assert (made["kind"], app.blobs.read(Digest(made["picture"]))) == ("official", drawn)


async def test_a_code_belongs_on_a_round_seal(app: App, lin: Person) -> None:
    await register_with_company(lin)
    owner = app.store.read(lambda tx: tx.find("enterprise_of_code", code=TEA_CODE))[0]["id"]
    with pytest.raises(NotASealCode):
        app.services.seals.draw_for(owner, "invoice", code="3301098765432")


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

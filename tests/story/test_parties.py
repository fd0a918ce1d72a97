"""Who signs and who receives a copy: the address book, last time's parties, contact cards, undo, and not signing oneself."""

from __future__ import annotations

import pytest

from bot.app import App
from bot.demo.people import NotOnCard, Person, Stage
from bot.demo.story import KILN, KILN_CODE
from signing.contracts.contract import Contract, read_contract
from tests import people
from tests.clock import ManualClock
from tests.story.acts import (
    contract_pdf,
    draft_for_kiln,
    register,
    register_with_company,
    sign,
    start_and_seal,
)

CHEN = "陈晓舟 13700132356"


def draft(app: App) -> Contract:
    return app.store.read(lambda tx: read_contract(tx, tx.find("last_contract")[0]["id"]))


async def another(lin: Person, name: str = "Order-2028.pdf") -> None:
    await lin.send(contract_pdf(), name, "application/pdf")


async def test_a_few_letters_find_a_party_in_the_address_book(app: App, lin: Person) -> None:
    await draft_for_kiln(lin)
    await another(lin)
    await lin.write("蓝窑")
    assert "From your address book" in lin.last.text
    await lin.tap("蓝窑陶瓷")
    assert [each.name for each in draft(app).parties][1] == KILN


async def test_a_name_typed_in_full_counts_as_the_tap(app: App, lin: Person) -> None:
    await draft_for_kiln(lin)
    await another(lin)
    await lin.write(KILN)
    assert (draft(app).parties[1].code, draft(app).parties[1].contact) == (KILN_CODE, "苏青窑")


async def test_a_party_that_was_taken_off_can_be_put_back(app: App, lin: Person, clock: ManualClock) -> None:
    await draft_for_kiln(lin)
    places = draft(app).areas
    await lin.tap("Parties")
    await lin.tap("Take off 蓝窑陶瓷")
    assert draft(app).missing == ("parties",)
    await lin.tap("Undo")
    assert draft(app).areas == places and len(draft(app).parties) == 2


async def test_a_copy_holder_never_signs_and_hears_at_the_start_and_the_end(
    app: App, stage: Stage, lin: Person, su: Person
) -> None:
    chen = people.chen(stage)
    await register(chen, "陈晓舟", "360202199001012342")
    await draft_for_kiln(lin)
    await lin.tap("Parties")
    await lin.tap("Add a copy-holder")
    await lin.write(CHEN)
    await lin.tap("Back")
    assert "3. 陈晓舟: receives a copy" in lin.last.text
    await lin.tap("Start and seal")
    await lin.type_code()
    assert "named you to receive a copy" in chen.last.text
    with pytest.raises(NotOnCard):
        chen.button("Sign")
    await sign(su)
    assert "is complete" in chen.last.text
    assert chen.files("application/pdf")[-1] == lin.files("application/pdf")[-1]


async def test_a_copy_holder_without_a_chat_is_texted(
    app: App, stage: Stage, lin: Person, su: Person
) -> None:
    chen = stage.person("chen", "陈晓舟", "+8613700132356")
    await draft_for_kiln(lin)
    await lin.tap("Parties")
    await lin.tap("Add a copy-holder")
    await lin.write(CHEN)
    await lin.tap("Back")
    await lin.tap("Start and seal")
    await lin.type_code()
    await sign(su)
    assert ["副本" in text for text in chen.texts()] == [True, True]


async def test_a_sender_who_is_no_party_starts_without_a_place(
    app: App, lin: Person, su: Person, clock: ManualClock
) -> None:
    await draft_for_kiln(lin)
    await lin.tap("Parties")
    await lin.tap("I don't sign this")
    await lin.tap("Back")
    assert "sends it, does not sign" in lin.last.text
    with pytest.raises(NotOnCard):
        lin.button("Start and seal")
    assert not draft(app).areas_of(draft(app).parties[0].id)
    await lin.tap("Start")
    await lin.type_code()
    await sign(su)
    assert draft(app).state == "completed"
    report = app.checking.check(app.blobs.read(draft(app).current), clock())
    assert [each["signer"] for each in report.as_dict()["signatures"]] == [KILN]


async def test_the_same_as_last_time_restores_parties_places_and_time(
    app: App, lin: Person, clock: ManualClock
) -> None:
    await draft_for_kiln(lin)
    await lin.tap("Deadline")
    await lin.write("in 20 days")
    await lin.tap("Places")
    await lin.tap("2a seal")
    await lin.tap("↑ 10 mm")
    await lin.tap("Back")
    await lin.tap("Done")
    await lin.tap("Start and seal")
    await lin.type_code()
    first = draft(app)
    clock.advance(days=1)
    await another(lin)
    await lin.tap("Same as last time: 蓝窑陶瓷")
    again = draft(app)
    assert [each.name for each in again.parties] == [each.name for each in first.parties]
    assert [(a.kind, a.box) for a in again.areas] == [(a.kind, a.box) for a in first.areas]
    assert (again.deadline - first.deadline).days == 1
    assert again.parties[1].state == "planned" and again.parties[1].person is None


async def test_what_was_done_with_one_company_is_not_offered_to_another(app: App, lin: Person) -> None:
    await register(lin, "林海清", "110101198503120025")
    await another(lin)
    assert "Same as last time" not in [button.label for button in lin.last.buttons]


async def test_a_contact_card_of_somebody_else_names_a_party(app: App, stage: Stage, lin: Person) -> None:
    await register_with_company(lin)
    await another(lin)
    await stage.receive("lin", "en", {"phone": "+8613700132356", "own": "no", "name": "陈晓舟"})
    assert (draft(app).parties[1].contact, draft(app).parties[1].phone) == ("陈晓舟", "+8613700132356")


async def test_the_address_book_is_searched_corrected_merged_and_deleted(app: App, lin: Person) -> None:
    await start_and_seal(lin)
    await another(lin)
    await lin.write(CHEN)
    await lin.write("/contacts")
    assert "Your address book: 2" in lin.last.text
    await lin.write("陈")
    await lin.tap("陈晓舟")
    await lin.write("13700132357")
    assert "+8613700132357" in lin.last.text
    await lin.tap("Same as another")
    await lin.tap("蓝窑陶瓷")
    assert "蓝窑陶瓷有限公司" in lin.last.text
    await lin.tap("Delete the entry")
    assert "is empty" in lin.last.text


async def test_what_the_address_book_holds_is_sealed(app: App, lin: Person) -> None:
    await draft_for_kiln(lin)
    (row,) = app.store.read(lambda tx: tx.find("address_book_of", owner=draft(app).sender, limit=9))
    assert "苏青窑".encode() not in row["sealed"] and b"13900138820" not in row["sealed"]

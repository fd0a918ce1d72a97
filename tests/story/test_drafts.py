"""Drafts as wholes: listed with what they lack, discarded and taken back, copied, renamed, given another file, handed over."""

from __future__ import annotations

import pytest
from fpdf import FPDF

from bot.app import App
from bot.demo.people import NotOnCard, Person, Stage
from bot.demo.story import KILN
from signing.contracts.contract import Contract, State, read_contract
from signing.ids import new_id
from signing.store.port import Tx
from tests import people
from tests.clock import ManualClock
from tests.story.acts import KILN_BY_SU, contract_pdf, draft_for_kiln, register


def draft(app: App) -> Contract:
    return app.store.read(lambda tx: read_contract(tx, tx.find("last_contract")[0]["id"]))


def pages(count: int) -> bytes:
    pdf = FPDF()
    pdf.set_font("helvetica", size=12)
    for number in range(count):
        pdf.add_page()
        pdf.cell(0, 8, f"Page {number + 1} of something else.")
    return bytes(pdf.output())


async def test_the_list_says_what_each_draft_lacks(lin: Person) -> None:
    await draft_for_kiln(lin)
    await lin.send(contract_pdf(), "Order-2028.pdf", "application/pdf")
    await lin.tap("Later")
    await lin.write("/drafts")
    assert "1. Order-2028: the other party is missing" in lin.last.text
    assert "2. Supply-2027: ready to start" in lin.last.text
    await lin.tap("Supply-2027")
    assert "Draft, nobody has seen it yet" in lin.last.text


async def test_a_discarded_draft_can_be_taken_back_for_a_minute(
    app: App, lin: Person, clock: ManualClock
) -> None:
    await draft_for_kiln(lin)
    await lin.tap("Discard draft")
    assert draft(app).state == State.DISCARDED
    await lin.tap("Undo")
    assert draft(app).state == State.DRAFT and "Supply-2027" in lin.last.text
    await lin.tap("Discard draft")
    clock.advance(minutes=2)
    await lin.tap("Undo")
    assert draft(app).state == State.DISCARDED


async def test_a_copy_has_the_same_file_parties_and_places(app: App, lin: Person) -> None:
    await draft_for_kiln(lin)
    original = draft(app)
    await lin.tap("More")
    await lin.tap("Copy")
    await lin.write("Supply-2028")
    copy = draft(app)
    assert (copy.title, copy.document) == ("Supply-2028", original.document)
    assert [each.name for each in copy.parties] == [each.name for each in original.parties]
    assert [(a.kind, a.page, a.box) for a in copy.areas] == [(a.kind, a.page, a.box) for a in original.areas]
    assert copy.id != original.id


async def test_another_file_keeps_the_places_that_fit_and_says_which_do_not(app: App, lin: Person) -> None:
    await draft_for_kiln(lin)
    before = draft(app)
    await lin.tap("Places")
    await lin.tap("1a seal")
    await lin.tap("Copy to a page")
    await lin.write("1")
    await lin.tap("Back")
    await lin.tap("Done")
    await lin.tap("More")
    await lin.tap("Replace the file")
    await lin.send(pages(2), "New.pdf", "application/pdf")
    said = "".join(line.said for line in lin.lines[-2:])
    assert "1 place stayed" in said and "1b" in said and "2a" in said
    after = draft(app)
    assert (after.pages, after.missing) == (2, ())
    assert after.document != before.document
    assert after.parties[1].name == KILN


async def test_the_card_stays_one_message_while_buttons_change_the_draft(lin: Person) -> None:
    await draft_for_kiln(lin)
    shown = next(reversed(lin.cards))
    for label in ("More", "Back", "Places", "Done", "Parties", "Back", "Deadline", "Keep it"):
        await lin.tap(label)
    assert next(reversed(lin.cards)) == shown


async def test_after_half_a_day_the_first_word_brings_a_line_of_state(
    lin: Person, clock: ManualClock, app: App
) -> None:
    await draft_for_kiln(lin)
    clock.advance(hours=13)
    await lin.write("hello")
    assert lin.last.text == "Draft Supply-2027: ready to start."
    await lin.tap("Continue")
    assert "Draft, nobody has seen it yet" in lin.last.text
    clock.advance(hours=13)
    await lin.write("hello")
    await lin.tap("Discard")
    assert draft(app).state == State.DISCARDED


async def test_any_page_is_shown_large_on_request(app: App, lin: Person) -> None:
    await draft_for_kiln(lin)
    await lin.tap("More")
    await lin.tap("Look at all pages")
    assert "all 6 pages" in lin.last.text and len(lin.last.attachments) == 1
    await lin.write("3")
    assert "page 3 of 6" in lin.last.text
    await lin.tap("Page 4")
    assert "page 4 of 6" in lin.last.text


async def test_a_draft_goes_to_a_colleague_and_is_theirs(app: App, stage: Stage, lin: Person) -> None:
    chen = people.chen(stage)
    await register(chen, "陈晓舟", "360202199001012342")
    await draft_for_kiln(lin)

    def join(tx: Tx) -> None:
        company = draft(app).parties[0].enterprise
        assert company is not None
        tx.hold("enterprises", company)
        person = tx.find("actor_of_address", address="chen")[0]["person"]
        row = {"id": new_id("b", tx.now), "enterprise": company, "person": person, "role": "member"}
        tx.insert("members", {**row, "created": tx.now})

    app.store.write(join)
    await lin.tap("More")
    await lin.tap("Hand to a colleague")
    await lin.tap("陈晓舟")
    assert "林海清 handed you the draft" in chen.last.text
    await chen.tap("Open the draft")
    assert "Draft, nobody has seen it yet" in chen.last.text
    assert draft(app).parties[0].contact == "陈晓舟"
    await lin.write("/drafts")
    assert "There is no draft" in lin.last.text


async def test_a_draft_in_ones_own_name_has_no_colleague(lin: Person) -> None:
    await register(lin, "林海清", "110101198503120025")
    await lin.send(contract_pdf(), "Lease.pdf", "application/pdf")
    await lin.write(KILN_BY_SU)
    await lin.tap("More")
    with pytest.raises(NotOnCard):
        lin.button("colleague")

"""The area editor in chat: a picture of the page that changes in place, a place chosen, moved, copied, taken off."""

from __future__ import annotations

from io import BytesIO

import pytest
from PIL import Image

from bot.app import App
from bot.demo.people import NotOnCard, Person
from signing.contracts.contract import Contract, read_contract
from tests.clock import ManualClock
from tests.story.acts import draft_for_kiln


@pytest.fixture
async def editor(lin: Person) -> Person:
    """The sender, looking at the page on which both companies seal."""
    await draft_for_kiln(lin)
    await lin.tap("Places")
    return lin


def draft(app: App) -> Contract:
    return app.store.read(lambda tx: read_contract(tx, tx.find("last_contract")[0]["id"]))


def card(lin: Person) -> str:
    """The key of the newest card."""
    return next(reversed(lin.cards))


async def test_every_area_is_named_and_the_picture_is_the_card(app: App, editor: Person) -> None:
    assert (
        "1a: seal, 海港茶业有限公司" in editor.last.text and "2a: seal, 蓝窑陶瓷有限公司" in editor.last.text
    )
    frame = editor.last.frame
    assert frame is not None
    assert Image.open(BytesIO(app.blobs.read(frame.digest))).width > 600


async def test_a_nudge_moves_the_area_by_millimetres_and_redraws_the_same_card(
    app: App, editor: Person
) -> None:
    before = draft(app).areas[0]
    await editor.tap("1a seal")
    shown, picture = card(editor), editor.last.frame
    await editor.tap("→ 10 mm")
    after = next(each for each in draft(app).areas if each.id == before.id)
    assert after.box[0] - before.box[0] == pytest.approx(10 * 72 / 25.4, abs=0.01)
    assert (card(editor), editor.lines[-1].edited) == (shown, True)
    assert editor.last.frame != picture


async def test_a_square_can_be_typed_or_tapped(app: App, editor: Person) -> None:
    await editor.tap("1a seal")
    await editor.write("b２")
    typed = draft(app).areas_of(draft(app).parties[0].id)[0].box
    await editor.tap("Choose a square")
    await editor.tap("B2")
    assert draft(app).areas_of(draft(app).parties[0].id)[0].box == typed
    await editor.tap("Choose a square")
    await editor.tap("E7")
    assert draft(app).areas_of(draft(app).parties[0].id)[0].box != typed


async def test_a_square_that_is_not_there_moves_nothing(app: App, editor: Person) -> None:
    before = draft(app).areas
    await editor.tap("1a seal")
    await editor.write("Z9")
    assert "no square" in editor.lines[-2].said and draft(app).areas == before


async def test_a_deleted_area_blocks_the_start_and_can_be_put_back_for_a_minute(
    app: App, editor: Person, clock: ManualClock
) -> None:
    await editor.tap("2a seal")
    await editor.tap("Delete 2a")
    assert "蓝窑陶瓷有限公司 has no place to sign yet" in editor.last.text
    assert draft(app).missing == ("areas",)
    await editor.tap("Undo")
    assert draft(app).missing == ()
    await editor.tap("Delete 2a")
    clock.advance(minutes=2)
    await editor.tap("Undo")
    assert draft(app).missing == ("areas",)


async def test_overlapping_places_are_pointed_out_in_words(editor: Person) -> None:
    await editor.tap("1a seal")
    await editor.write("C3")
    await editor.tap("Back")
    await editor.tap("2a seal")
    await editor.write("C3")
    assert "lie over each other" in editor.last.text


async def test_a_date_can_be_added_sized_copied_to_every_page(app: App, editor: Person) -> None:
    await editor.tap("Add a place")
    await editor.tap("蓝窑陶瓷有限公司: date")
    await editor.tap("Wider")
    assert "40 × 7 mm" in editor.last.text
    await editor.tap("On every page")
    dates = [each for each in draft(app).areas if each.kind == "date"]
    assert {each.page for each in dates} == set(range(draft(app).pages))


async def test_a_straddle_seal_is_switched_off_for_one_party(app: App, editor: Person) -> None:
    await editor.tap("Straddle seals")
    await editor.tap("蓝窑陶瓷有限公司: on")
    assert [each.straddle for each in draft(app).parties] == [True, False]
    assert "Straddle seal across all edges: 海港茶业有限公司" in editor.last.text


async def test_an_old_plan_changes_nothing(app: App, editor: Person) -> None:
    await editor.tap("1a seal")
    contract = draft(app)
    app.store.write(
        lambda tx: (tx.hold("contracts", contract.id), tx.change("contracts", contract.id, {"plan": 99}))
    )
    await editor.tap("→ 10 mm")
    assert "The plan changed" in "".join(line.said for line in editor.lines[-3:])
    assert draft(app).areas == contract.areas


async def test_a_company_has_no_place_to_write_its_name_by_hand(editor: Person) -> None:
    await editor.tap("Add a place")
    with pytest.raises(NotOnCard):
        editor.button("signature")


async def test_a_text_for_the_other_side_is_asked_of_them_before_they_sign(app: App, editor: Person) -> None:
    await editor.tap("Add a place")
    await editor.tap("蓝窑陶瓷有限公司: text")
    await editor.write("Delivery address")
    (blank,) = draft(app).blanks_of(draft(app).parties[1].id)
    assert blank.field is not None and blank.field.label == "Delivery address"

"""With `seal_review`, a company's photographed seal waits for an operator; what we draw ourselves does not."""

from __future__ import annotations

from pathlib import Path

import pytest

from bot.app import App
from bot.demo.people import NotOnCard, Person, Stage
from bot.demo.photo import photograph_seal
from bot.demo.story import KILN, KILN_CODE, TEA, TEA_CODE
from bot.settings import Settings
from signing.ids import SealId
from signing.seals.reviewing import ReviewTaken
from tests.clock import ManualClock
from tests.story.acts import LIN_ID, SU_ID, contract_pdf, register
from tests.story.review.acts import actor_of, shown_to


@pytest.fixture
def settings(tmp_path: Path) -> Settings:
    return Settings(data=tmp_path / "data", operators="script:ops, script:ben", seal_review=True)


@pytest.fixture
async def waiting(lin: Person, ops: Person) -> Person:
    """Harbor Tea, whose photographed contract seal has just been kept."""
    await photographed(lin, "林海清", LIN_ID, TEA, TEA_CODE)
    return lin


def seal_of(app: App) -> SealId:
    return SealId(app.store.read(lambda tx: tx.find("waiting_seal_reviews", limit=9))[0]["id"])


async def test_until_it_is_approved_nobody_can_use_it(waiting: Person, ops: Person) -> None:
    assert "then I write to you" in waiting.last.text
    await waiting.send(contract_pdf(), "Supply.pdf", "application/pdf")
    with pytest.raises(NotOnCard):
        waiting.button("Start and seal")
    await ops.tap("Look at it")
    assert TEA in ops.last.text
    assert len(ops.last.attachments) == 2
    await ops.tap("Approve")
    assert "checked and can be used" in waiting.last.text


async def test_its_pictures_leave_the_operators_chat_with_the_decision(waiting: Person, ops: Person) -> None:
    kept = shown_to(waiting)
    await ops.tap("Look at it")
    assert len(shown_to(ops)) == 2
    await ops.tap("Approve")
    assert shown_to(ops) == []
    assert kept and shown_to(waiting) == kept


async def test_without_a_decision_its_pictures_leave_the_operators_chat_within_two_days(
    waiting: Person, ops: Person, stage: Stage, clock: ManualClock
) -> None:
    await ops.tap("Look at it")
    clock.advance(hours=48)
    await stage.settle()
    assert shown_to(ops) == []


async def test_a_refused_seal_is_gone_and_the_keeper_reads_why(waiting: Person, ops: Person) -> None:
    await ops.tap("Look at it")
    await ops.tap("Another name")
    assert "another name than your licence" in waiting.last.text
    await waiting.write("/seals")
    assert "no seal that you may use" in waiting.last.text


async def test_a_reason_may_be_written(waiting: Person, ops: Person) -> None:
    await ops.tap("Look at it")
    await ops.write("The lower third is missing.")
    assert "The lower third is missing." in waiting.last.text


async def test_the_keeper_can_not_wave_it_through(app: App, waiting: Person) -> None:
    await waiting.write("/seals")
    await waiting.tap("Contract seal (in review)")
    for label in ("Use again", "Suspend"):
        with pytest.raises(NotOnCard):
            waiting.button(label)


async def photographed(person: Person, name: str, identity: str, company: str, code: str) -> None:
    """A company whose photographed contract seal waits."""
    await register(person, name, identity)
    await person.write("/company")
    await person.write(f"{company}, {code}")
    await person.send(photograph_seal(company), "seal.jpg", "image/jpeg")
    await person.tap("Use this seal" if person.language == "en" else "使用这枚印章")


async def test_the_board_and_the_queue_count_it(
    stage: Stage, waiting: Person, ops: Person, clock: ManualClock
) -> None:
    assert any("Reviews: 1 waiting" in card.text for card in ops.cards.values())
    clock.advance(minutes=7)
    await stage.settle()
    await ops.write("/queue")
    assert f"Contract seal of {TEA}, 7 min" in ops.last.text
    await ops.tap("Take seal of")
    await ops.tap("Approve")
    await ops.write("/queue")
    assert "No reviews wait. Median today 7 min." in ops.last.text


async def test_one_operator_has_it_and_the_others_see_who(
    app: App, stage: Stage, waiting: Person, ops: Person, ben: Person
) -> None:
    seal = seal_of(app)
    await ops.tap("Look at it")
    assert any("With script:ops until" in card.text for card in ben.cards.values())
    await stage.receive(ben.address, "en", {"tap": f">seal-review:{seal}", "message": ""})
    assert "script:ops took this seal" in ben.last.text
    row = app.store.read(lambda tx: tx.get("seals", seal))
    with pytest.raises(ReviewTaken):
        app.store.write(app.services.seal_reviews.decide, actor_of(stage, "ben"), seal, row["picture"], True)


async def test_after_ten_minutes_it_is_anyones_again(
    app: App, stage: Stage, waiting: Person, ops: Person, ben: Person, clock: ManualClock
) -> None:
    seal = seal_of(app)
    await ops.tap("Look at it")
    clock.advance(minutes=11)
    await stage.settle()
    await ops.tap("Approve")
    assert "ten minutes for this seal are over" in ops.last.text
    assert app.store.read(lambda tx: tx.get("seals", seal))["state"] == "waiting"
    await ben.write("/queue")
    await ben.tap("Take seal of")
    await ben.tap("Approve")
    assert app.store.read(lambda tx: tx.get("seals", seal))["state"] == "usable"


async def test_who_puts_it_back_leaves_it_to_the_others(
    stage: Stage, waiting: Person, ops: Person, ben: Person
) -> None:
    await ops.tap("Look at it")
    await ops.tap("Back to queue")
    assert "1 waiting" in ops.last.text and ", with" not in ops.last.text
    await ben.tap("Look at it")
    assert len(ben.last.attachments) == 2


async def test_the_next_comes_by_itself(waiting: Person, su: Person, ops: Person) -> None:
    await photographed(su, "苏青窑", SU_ID, KILN, KILN_CODE)
    await ops.write("/queue")
    await ops.tap(f"Take seal of {TEA}")
    await ops.tap("Approve")
    assert KILN in ops.last.text and len(ops.last.attachments) == 2


async def test_only_an_operator_looks_at_it(app: App, stage: Stage, waiting: Person) -> None:
    tap = {"tap": f">seal-review:{seal_of(app)}", "message": ""}
    await stage.receive(waiting.address, "en", tap)
    assert "Only operators" in waiting.last.text


async def test_it_is_decided_once(app: App, stage: Stage, waiting: Person, ops: Person) -> None:
    seal = seal_of(app)
    await ops.tap("Look at it")
    await ops.tap("Approve")
    await stage.receive(ops.address, "en", {"tap": f">seal-review:{seal}", "message": ""})
    assert "decided already" in ops.last.text


async def test_nobody_decides_on_their_own_companys_seal(app: App, stage: Stage, lin: Person) -> None:
    app.store.write(lambda tx: app.services.operators.add(tx, "script:lin", "Lin"))
    await photographed(lin, "林海清", LIN_ID, TEA, TEA_CODE)
    await stage.receive(lin.address, "en", {"tap": f">seal-review:{seal_of(app)}", "message": ""})
    assert "someone else must decide" in lin.last.text


async def test_a_seal_that_we_draw_needs_no_review(lin: Person) -> None:
    await register(lin, "林海清", LIN_ID)
    await lin.write("/company")
    await lin.write(f"{TEA}, {TEA_CODE}")
    await lin.tap("Make the contract seal")
    assert "Only you can use it" in lin.last.text

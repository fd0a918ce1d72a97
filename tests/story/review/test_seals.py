"""With `seal_review`, a company's photographed seal waits for an operator; what we draw ourselves does not."""

from __future__ import annotations

from pathlib import Path

import pytest

from bot.app import App
from bot.demo.people import NotOnCard, Person, Stage
from bot.demo.photo import photograph_seal
from bot.demo.story import TEA, TEA_CODE
from bot.settings import Settings
from signing.ids import SealId
from tests.story.acts import LIN_ID, contract_pdf, register


@pytest.fixture
def settings(tmp_path: Path) -> Settings:
    return Settings(data=tmp_path / "data", operators="script:ops", seal_review=True)


@pytest.fixture
async def waiting(lin: Person, ops: Person) -> Person:
    """Harbor Tea, whose photographed contract seal has just been kept."""
    await register(lin, "林海清", LIN_ID)
    await lin.write("/company")
    await lin.write(f"{TEA}, {TEA_CODE}")
    await lin.send(photograph_seal(TEA), "seal.jpg", "image/jpeg")
    await lin.tap("Use this seal")
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
    await register(lin, "林海清", LIN_ID)
    await lin.write("/company")
    await lin.write(f"{TEA}, {TEA_CODE}")
    await lin.send(photograph_seal(TEA), "seal.jpg", "image/jpeg")
    await lin.tap("Use this seal")
    await lin.write("/seal_reviews")
    await stage.receive(lin.address, "en", {"tap": f">seal-review:{seal_of(app)}", "message": ""})
    assert "someone else must decide" in lin.last.text


async def test_a_seal_that_we_draw_needs_no_review(lin: Person) -> None:
    await register(lin, "林海清", LIN_ID)
    await lin.write("/company")
    await lin.write(f"{TEA}, {TEA_CODE}")
    await lin.tap("Make the contract seal")
    assert "Only you can use it" in lin.last.text

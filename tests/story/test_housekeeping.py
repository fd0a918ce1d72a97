"""What nobody needs any more is let go by the clock."""

from __future__ import annotations

from bot.app import App
from bot.demo.people import Person, Stage
from tests.clock import ManualClock
from tests.story.acts import draft_for_kiln


async def test_what_was_handled_long_ago_is_forgotten_and_drafts_stay(
    app: App, stage: Stage, lin: Person, clock: ManualClock
) -> None:
    await draft_for_kiln(lin)
    clock.advance(days=31)
    await stage.settle()
    assert app.store.read(lambda tx: tx.find("all_inbox")) == []
    assert app.store.read(lambda tx: tx.find("last_contract"))[0]["state"] == "draft"
    await lin.tap("Start and seal")
    assert any("That moment is over already" in line.said for line in lin.lines)
    assert lin.button("Deadline")


async def test_a_secret_that_no_step_consumed_is_gone_within_a_day(
    app: App, stage: Stage, lin: Person, clock: ManualClock
) -> None:
    await draft_for_kiln(lin)
    app.store.write(
        lambda tx: tx.insert("secrets", {"id": "x1", "subject": "p", "sealed": b"", "created": tx.now})
    )
    clock.advance(days=1, hours=2)
    await stage.settle()
    assert app.store.read(lambda tx: tx.find("all_secrets")) == []


async def test_it_comes_again_every_hour(app: App, stage: Stage, clock: ManualClock) -> None:
    await stage.settle()
    first = app.store.read(lambda tx: tx.get("timers", "housekeeping"))
    clock.advance(hours=2)
    await stage.settle()
    second = app.store.read(lambda tx: tx.get("timers", "housekeeping"))
    assert first and second and second["due"] > first["due"] and second["state"] == "set"

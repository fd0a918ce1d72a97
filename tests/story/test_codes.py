"""Codes and what else is secret: it leaves the chat and the database, it works once, and only for what was shown."""

from __future__ import annotations

import json

from bot.demo.people import Person, Stage
from signing.actor import Actor
from tests.clock import ManualClock
from tests.story.acts import (
    LIN_ID,
    draft_for_kiln,
    register,
    start_and_seal,
)


async def test_secrets_leave_the_chat_and_the_database(lin: Person, stage: Stage) -> None:
    await register(lin, "林海清", LIN_ID)
    deletions = [each for each in stage.messenger.delivered if each.op == "delete"]
    assert len(deletions) == 1
    inbox = stage.app.store.read(lambda tx: tx.find("all_inbox"))
    assert LIN_ID not in json.dumps(inbox)
    journaled = stage.app.store.read(lambda tx: tx.find("all_journal"))
    assert LIN_ID not in json.dumps(journaled)
    assert stage.app.store.read(lambda tx: tx.find("all_secrets")) == []


async def test_an_invitations_token_is_kept_nowhere(lin: Person, su: Person, stage: Stage) -> None:
    await start_and_seal(lin)
    token = su.link()
    await su.write(f"/start {token}")
    for query in ("all_inbox", "all_journal", "all_conversations"):
        assert token not in json.dumps(stage.app.store.read(lambda tx, query=query: tx.find(query)))


async def test_five_wrong_codes_close_the_code_and_nothing_has_started(lin: Person, stage: Stage) -> None:
    await draft_for_kiln(lin)
    await lin.tap("Start and seal")
    right = lin.code()
    wrong = f"{(int(right) + 1) % 10**8:08}"
    for left in (4, 3, 2, 1):
        await lin.write(wrong)
        assert f"{left} tr" in lin.last.text
    await lin.write(wrong)
    assert "closed" in lin.last.text
    await lin.write(right)
    assert "closed" in lin.last.text
    assert stage.app.store.read(lambda tx: tx.find("last_contract"))[0]["state"] == "draft"


async def test_a_code_expires(lin: Person, clock: ManualClock) -> None:
    await draft_for_kiln(lin)
    await lin.tap("Start and seal")
    clock.advance(minutes=6)
    await lin.type_code()
    assert "closed" in lin.last.text
    await lin.tap("New code")
    await lin.type_code()
    assert "has started" in lin.last.text


async def test_a_plan_that_changes_while_the_code_is_out_voids_it(lin: Person, stage: Stage) -> None:
    await draft_for_kiln(lin)
    await lin.tap("Start and seal")
    code = lin.code()
    app, contract = stage.app, stage.app.store.read(lambda tx: tx.find("last_contract"))[0]["id"]
    actor = stage.app.store.read(lambda tx: tx.find("actor_of_address", address="lin"))[0]
    app.store.write(
        app.services.drafts.rename, Actor(actor["id"], actor["person"]), contract, "Another title"
    )
    await lin.write(code)
    assert any("The plan changed after I showed it" in line.said for line in lin.lines)
    assert "Another title" in lin.last.text
    assert app.store.read(lambda tx: tx.find("last_contract"))[0]["state"] == "draft"

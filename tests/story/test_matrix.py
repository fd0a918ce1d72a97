"""Every dialogue and every button, tried by everyone who has no right to it: nothing happens and nothing is shown.

The matrix is made from the registry of dialogues. A dialogue without a rule here fails the first test.
"""

from __future__ import annotations

import sqlite3

import pytest

from bot.demo.people import Person, Stage
from handlers.chat import dialogue
from tests.clock import ManualClock
from tests.story.matrix import TITLES, Scene, registered, removed, set_scene, stranger

FOR_ANYONE = "anyone"
"""It takes no argument and shows only what belongs to who asks."""
RULES = {
    "amend": "party",
    "void": "completed contract",
    "more-time": "party",
    "export": FOR_ANYONE,
    "foot": "draft",
    "extend": "contract",
    "reminders": "contract",
    "ask": "party",
    "answer": "question",
    "again": "contract",
    "acting": FOR_ANYONE,
    "admit": "join request",
    "anew": FOR_ANYONE,
    "areas": "draft",
    "attorney": "check",
    "batch": FOR_ANYONE,
    "board": FOR_ANYONE,
    "bundle": "completed contract",
    "company": FOR_ANYONE,
    "contact": "contact",
    "contacts": FOR_ANYONE,
    "contract": "contract",
    "contracts": FOR_ANYONE,
    "correct": "check",
    "draft": "draft",
    "drafts": FOR_ANYONE,
    "email": FOR_ANYONE,
    "fill": "form",
    "form": "form",
    "give": "seal",
    "help": FOR_ANYONE,
    "home": FOR_ANYONE,
    "invite": "party",
    "join": "invitation",
    "keep": "seal",
    "language": FOR_ANYONE,
    "lend": "request",
    "link": FOR_ANYONE,
    "members": FOR_ANYONE,
    "more": "draft",
    "next": FOR_ANYONE,
    "open": "contract",
    "order": "draft",
    "pages": "contract",
    "parties": "draft",
    "privacy": FOR_ANYONE,
    "private": FOR_ANYONE,
    "queue": FOR_ANYONE,
    "quick": "party",
    "refuse": "party",
    "make-rows": FOR_ANYONE,
    "register": FOR_ANYONE,
    "resume": "draft",
    "rows": "form",
    "review": "case",
    "revoke": "credit code",
    "seal": "enterprise",
    "seal-photo": FOR_ANYONE,
    "seal-review": "seal",
    "seals": FOR_ANYONE,
    "sign": "party",
    "signature": FOR_ANYONE,
    "start": FOR_ANYONE,
    "status": "contract",
    "text": "party",
    "templates": FOR_ANYONE,
    "take-back": "request",
    "tomorrow": "party",
    "undiscard": "draft",
    "unretire": "seal",
    "undo": "case",
    "upload": FOR_ANYONE,
    "verify": FOR_ANYONE,
}


@pytest.fixture
async def scene(stage: Stage, lin: Person, su: Person, clock: ManualClock) -> Scene:
    return await set_scene(stage, lin, su, clock)


def test_every_dialogue_has_a_rule() -> None:
    assert set(dialogue.by_name) == set(RULES)


def test_every_dialogue_that_takes_an_argument_has_a_rule_about_it() -> None:
    takes = {name for name, each in dialogue.by_name.items() if each.argument and not each.secret}
    assert takes == {name for name, rule in RULES.items() if rule != FOR_ANYONE}


@pytest.mark.parametrize("intruder", [stranger, registered])
async def test_a_stranger_and_another_company_reach_nothing(scene: Scene, intruder) -> None:  # type: ignore[no-untyped-def]
    who = await intruder(scene.stage)
    for name, rule in RULES.items():
        if rule != FOR_ANYONE:
            for argument in scene.arguments[rule]:
                await scene.refused(who, f">{name}:{argument}")


async def test_the_other_party_reaches_nothing_of_the_senders(scene: Scene) -> None:
    scene.su.lines.clear()
    theirs = {"draft": scene.arguments["draft"], "status": scene.arguments["contract"]}
    for name, arguments in theirs.items():
        for argument in arguments:
            await scene.refused(scene.su, f">{name}:{argument}")


async def test_the_other_party_can_not_act_for_the_sender(scene: Scene) -> None:
    with sqlite3.connect(scene.app.settings.data / "sealbot.db") as db:
        firsts = [key for (key,) in db.execute("SELECT id FROM parties WHERE position = 1")]
    for name in ("sign", "quick", "refuse", "tomorrow"):
        for party in firsts:
            await scene.refused(scene.su, f">{name}:{party}")


async def test_a_removed_member_reaches_nothing_of_the_company_any_more(scene: Scene) -> None:
    who = await removed(scene.stage)
    with sqlite3.connect(scene.app.settings.data / "sealbot.db") as db:
        own = "SELECT id FROM seals WHERE owner IN (SELECT id FROM persons WHERE name = '苏青窑')"
        theirs = {key for (key,) in db.execute(own)}
    for name, rule in RULES.items():
        if rule != FOR_ANYONE:
            for argument in scene.arguments[rule]:
                if argument not in theirs:
                    await scene.refused(who, f">{name}:{argument}")


async def test_a_removed_member_finds_nothing_of_the_company_in_their_lists(scene: Scene) -> None:
    who = await removed(scene.stage)
    heard = len(who.lines)
    for command in ("home", "contracts", "seals", "batch", "members"):
        await who.write(f"/{command}")
        if command == "contracts":
            await who.tap("已结束")
    assert not [line.said for line in who.lines[heard:] if any(title in line.said for title in TITLES)]


async def test_every_button_that_was_ever_shown_is_dead_in_anybody_elses_chat(scene: Scene) -> None:
    who = await registered(scene.stage)
    shown = {
        button.data
        for delivery in scene.stage.messenger.delivered
        if delivery.message and delivery.address != who.address
        for button in delivery.message.buttons
        if button.data
    }
    assert len(shown) > 30
    for data in sorted(shown):
        name = data[1:].partition(":")[0] if data.startswith(">") else ""
        if not name or RULES[name] != FOR_ANYONE:
            await scene.refused(who, data)


async def test_a_command_with_an_argument_carries_no_more_right_than_its_button(scene: Scene) -> None:
    who = await registered(scene.stage)
    before = scene.state()
    for each in dialogue.by_name.values():
        if each.command and each.argument and not each.secret:
            for argument in scene.arguments[RULES[each.name]]:
                await who.write(f"/{each.command} {argument}")
    assert scene.state() == before

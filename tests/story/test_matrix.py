"""Every dialogue and every button, tried by everyone who has no right to it: nothing happens and nothing is shown.

The matrix is made from the registry of dialogues. A dialogue without a rule here fails the first test.
"""

from __future__ import annotations

import hashlib
import sqlite3
from dataclasses import dataclass

import pytest

from bot.app import App
from bot.demo.people import Person, Stage
from bot.demo.story import TEA, TEA_CODE
from handlers.chat import dialogue
from signing.actor import Actor
from signing.forms.forms import DOCX
from tests.clock import ManualClock
from tests.signing.forms.word_forms import form_file
from tests.story.acts import (
    CHEN_ID,
    KILN_BY_SU,
    contract_pdf,
    invite_colleague,
    register,
    sign,
    start_and_seal,
)

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
DOMAIN = (
    "contracts",
    "parties",
    "areas",
    "revisions",
    "audit",
    "seals",
    "members",
    "grants",
    "enterprises",
    "certificates",
    "reminders",
    "contract_proofs",
    "letters",
    "questions",
    "voidings",
    "cases",
    "forms",
    "form_versions",
    "passes",
    "join_requests",
    "enterprise_events",
)
TITLES = ("Supply-2027", "Order-2028", "Private-draft", "Standing-order")


@dataclass(frozen=True, slots=True)
class Scene:
    """Two companies with one contract that is complete, one that waits and one draft; `arguments` by kind."""

    stage: Stage
    lin: Person
    su: Person
    arguments: dict[str, list[str]]

    @property
    def app(self) -> App:
        return self.stage.app

    def state(self) -> str:
        """A digest of everything that has to stay as it is."""
        with sqlite3.connect(f"file:{self.app.settings.data / 'sealbot.db'}?mode=ro", uri=True) as db:
            known = {name for (name,) in db.execute("SELECT name FROM sqlite_master WHERE type = 'table'")}
            rows = [
                [table, sorted(map(repr, db.execute(f'SELECT * FROM "{table}"')))]
                for table in DOMAIN
                if table in known
            ]
        return hashlib.sha256(repr(rows).encode()).hexdigest()

    async def refused(self, who: Person, data: str) -> None:
        """Tapping this button changes nothing and shows nothing of the contracts."""
        before, heard = self.state(), len(who.lines)
        await self.stage.receive(who.address, who.language, {"tap": data, "message": ""})
        assert self.state() == before, f"{data} had an effect for {who.address}"
        for line in who.lines[heard:]:
            assert not any(title in line.said for title in TITLES), f"{data} told {who.address}: {line.said}"
            assert not line.message or not line.message.attachments, f"{data} showed {who.address} files"
            assert "the fault is mine" not in line.said, data


@pytest.fixture
async def scene(stage: Stage, lin: Person, su: Person, clock: ManualClock) -> Scene:
    await start_and_seal(lin)
    await sign(su)
    clock.advance(minutes=10)
    await lin.send(contract_pdf(), "Order-2028.pdf", "application/pdf")
    await lin.tap("蓝窑陶瓷")
    await lin.tap("Start and seal")
    await lin.type_code()
    await lin.send(contract_pdf(), "Private-draft.pdf", "application/pdf")
    await lin.write(KILN_BY_SU)
    await lin.send(form_file(), "Standing-order.docx", DOCX)
    await lin.tap("Keep as a template")
    ask_about_the_order(stage)
    await invite_colleague(lin, stage.person("zhao", "赵可心", "+8613500135523"))
    applicant = stage.person("applicant", "陈晓舟", "+8613700132356")
    await register(applicant, "陈晓舟", CHEN_ID)
    await applicant.write("/company")
    await applicant.write(f"{TEA}, {TEA_CODE}")
    await applicant.tap("申请加入")
    with sqlite3.connect(stage.app.settings.data / "sealbot.db") as db:

        def ids(sql: str) -> list[str]:
            return [key for (key,) in db.execute(sql)]

        arguments = {
            "completed contract": ids("SELECT id FROM contracts WHERE state = 'completed'"),
            "contract": ids("SELECT id FROM contracts"),
            "draft": ids("SELECT id FROM contracts WHERE state = 'draft'"),
            "party": ids("SELECT id FROM parties"),
            "seal": ids("SELECT id FROM seals"),
            "enterprise": ids("SELECT id FROM enterprises"),
            "check": ids("SELECT id FROM checks"),
            "credit code": ids("SELECT code FROM enterprises"),
            "question": ids("SELECT id FROM questions"),
            "request": ["q00000000000000000"],
            "invitation": ids("SELECT id FROM passes"),
            "join request": ids("SELECT id FROM join_requests"),
            "case": ["217"],
            "form": ids("SELECT id FROM forms"),
            "contact": ids("SELECT id FROM address_book"),
        }
    return Scene(stage, lin, su, arguments)


def ask_about_the_order(stage: Stage) -> None:
    """Su has a question about the contract that waits for her."""
    su = actor_of(stage, "su")
    services = stage.app.services
    waiting = stage.app.store.read(services.invitations.waiting, su)
    stage.app.store.write(services.questions.ask, su, waiting[0].party, "Is page 3 right?")


async def stranger(stage: Stage) -> Person:
    """Somebody whose chat has never said a word."""
    person = stage.person("stranger", "", "+8613500135523")
    person.language = "en"
    return person


async def registered(stage: Stage) -> Person:
    """A checked person of another company."""
    person = stage.person("wang", "王一帆", "+8613600131007")
    person.language = "en"
    await register(person, "王一帆", "440304199511231017")
    await person.write("/company")
    await person.write("Lantern Paper Co., Ltd, 91440304MA5DC7RW19")
    return person


async def removed(stage: Stage) -> Person:
    """Blue Kiln's signer, whom its other administrator removed."""
    su, chen = stage.people["su"], stage.people["applicant"]
    await invite_colleague(su, chen)
    await chen.tap("查看邀请")
    await chen.tap("加入")
    await su.write("/members")
    await su.tap("陈晓舟")
    await su.tap("设为管理员")
    await su.type_code()
    await chen.write("/members")
    await chen.tap("苏青窑")
    await chen.tap("移出企业")
    await chen.tap("移出苏青窑")
    return su


def actor_of(stage: Stage, address: str) -> Actor:
    row = stage.app.store.read(lambda tx: tx.find("actor_of_address", address=address))[0]
    return Actor(row["id"], row["person"])


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

"""What the authorization matrix is tried on: two companies, their contracts, and people who have no right to them."""

from __future__ import annotations

import hashlib
import sqlite3
from dataclasses import dataclass

from bot.app import App
from bot.demo.people import Person, Stage
from bot.demo.story import TEA, TEA_CODE
from signing.forms.forms import DOCX
from signing.ids import PersonId, new_id
from signing.store.port import Tx
from signing.store.times import DAY
from tests import people
from tests.clock import ManualClock
from tests.signing.forms.word_forms import form_file
from tests.story.acts import (
    CHEN_ID,
    KILN_BY_SU,
    actor_of,
    contract_pdf,
    invite_colleague,
    register,
    sign,
    start_and_seal,
)

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
            rows = [[table, sorted(map(repr, db.execute(f'SELECT * FROM "{table}"')))] for table in DOMAIN]
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


async def set_scene(stage: Stage, lin: Person, su: Person, clock: ManualClock) -> Scene:
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
    stage.app.store.write(add_what_others_decide, actor_of(stage, "applicant").registered)
    return Scene(stage, lin, su, arguments(stage))


def arguments(stage: Stage) -> dict[str, list[str]]:
    """What there is of each kind."""
    with sqlite3.connect(stage.app.settings.data / "sealbot.db") as db:

        def ids(sql: str) -> list[str]:
            return [key for (key,) in db.execute(sql)]

        return {
            "completed contract": ids("SELECT id FROM contracts WHERE state = 'completed'"),
            "contract": ids("SELECT id FROM contracts"),
            "draft": ids("SELECT id FROM contracts WHERE state = 'draft'"),
            "party": ids("SELECT id FROM parties"),
            "seal": ids("SELECT id FROM seals"),
            "enterprise": ids("SELECT id FROM enterprises"),
            "check": ids("SELECT id FROM checks"),
            "credit code": ids("SELECT code FROM enterprises"),
            "question": ids("SELECT id FROM questions"),
            "request": ids("SELECT id FROM grants"),
            "invitation": ids("SELECT id FROM passes"),
            "join request": ids("SELECT id FROM join_requests"),
            "case": ids("SELECT id FROM cases"),
            "form": ids("SELECT id FROM forms"),
            "contact": ids("SELECT id FROM address_book"),
        }


def add_what_others_decide(tx: Tx, person: PersonId) -> None:
    """A seal that the person asks for, one that is lent to them, and a check that waits for an operator."""
    seal, contract = tx.find("seals_made")[0], tx.find("last_contract")[0]
    tx.hold("enterprises", seal["owner"])
    for state in ("asked", "given"):
        row = {"id": new_id("g", tx.now), "enterprise": seal["owner"], "seal": seal["id"], "person": person}
        terms = {"contract": contract["id"], "until": tx.now + DAY, "uses": 1}
        tx.insert("grants", {**row, **terms, "state": state, "created": tx.now})
    check = tx.find("all_checks")[0]["id"]
    case = {"id": new_id("c", tx.now), "number": 217, "check_id": check, "state": "waiting"}
    tx.insert("cases", {**case, "opened": tx.now, "created": tx.now})


def ask_about_the_order(stage: Stage) -> None:
    """Su has a question about the contract that waits for her."""
    su = actor_of(stage, "su")
    services = stage.app.services
    waiting = stage.app.store.read(services.invitations.waiting, su)
    stage.app.store.write(services.questions.ask, su, waiting[0].party, "Is page 3 right?")


async def stranger(stage: Stage) -> Person:
    """Somebody whose chat has never said a word."""
    return people.stranger(stage)


async def registered(stage: Stage) -> Person:
    """A checked person of another company."""
    person = people.wang(stage)
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

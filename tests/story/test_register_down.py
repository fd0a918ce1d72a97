"""A register that does not answer, is slow, or says no: kind words, later tries by the clock, never a pass."""

from __future__ import annotations

import json
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

from bot.app import App, open_app
from bot.demo.people import Person, Stage
from bot.demo.story import KILN, KILN_CODE
from bot.messengers.script import ScriptMessenger
from bot.settings import Settings
from signing.identity.providers.sandbox import REGISTER
from tests.clock import ManualClock
from tests.remembered import migrated, remembering
from tests.story.acts import LIN_ID, SU_ID, register, start_and_seal
from tests.story.papers import licence_photo

JPEG = "image/jpeg"
CHEN_ID = "360202199001012342"


class Register:
    """The sandbox's file, which a test changes as it goes."""

    def __init__(self, path: Path) -> None:
        self.path = path
        self.content: dict[str, Any] = json.loads(REGISTER.read_text("utf-8"))
        self.says("")

    def says(self, outcome: str, only: str = "") -> None:
        """Have everybody (or the one who is named) answered with this outcome."""
        for each in (*self.content["people"], *self.content["companies"]):
            if not only or each["name"] == only:
                each["outcome"] = outcome
        self.path.write_text(json.dumps(self.content), "utf-8")


@pytest.fixture
def sandbox(tmp_path: Path) -> Register:
    return Register(tmp_path / "people.json")


@pytest.fixture
def app(tmp_path: Path, clock: ManualClock, sandbox: Register) -> Iterator[App]:
    settings = Settings(data=tmp_path / "data", sandbox_file=sandbox.path)
    with open_app(
        settings, lambda _: ScriptMessenger(), clock, open_store=migrated, open_children=remembering
    ) as opened:
        yield opened


async def later(stage: Stage, clock: ManualClock, minutes: int = 2) -> None:
    clock.advance(minutes=minutes)
    await stage.settle()


def rows(app: App, table: str) -> list[dict[str, Any]]:
    checks = [row["id"] for row in app.store.read(lambda tx: tx.find("all_checks"))]
    return [row for key in checks if (row := app.store.read(lambda tx, key=key: tx.get(table, key)))]


async def test_silence_is_said_kindly_and_the_answer_comes_by_itself(
    lin: Person, stage: Stage, clock: ManualClock, sandbox: Register
) -> None:
    sandbox.says("down")
    await register(lin, "林海清", LIN_ID)
    assert "does not answer" in lin.last.text and "nothing to send again" in lin.last.text
    actions = lin.actions
    sandbox.says("")
    await later(stage, clock)
    assert "It is you, 林海清" in lin.last.text and lin.actions == actions
    assert any("Register my company" in button.label for button in lin.last.buttons)


async def test_who_waits_for_the_register_is_not_asked_again(lin: Person, sandbox: Register) -> None:
    sandbox.says("down")
    await register(lin, "林海清", LIN_ID)
    await lin.write("/home")
    assert "still waiting for the register" in lin.last.text


async def test_other_answers_can_be_entered_instead_of_waiting(
    lin: Person, stage: Stage, clock: ManualClock, sandbox: Register
) -> None:
    sandbox.says("down")
    await register(lin, "林海清", LIN_ID)
    await lin.write("/home")
    sandbox.says("")
    await lin.tap("Enter something else")
    await lin.write(f"林海清, {LIN_ID}")
    assert any("It is you, 林海清" in line.said for line in lin.lines)
    heard = len(lin.lines)
    await later(stage, clock)
    assert len(lin.lines) == heard


async def test_an_answer_that_comes_late_can_be_no(
    lin: Person, stage: Stage, clock: ManualClock, sandbox: Register
) -> None:
    sandbox.says("down")
    await register(lin, "林海清", LIN_ID)
    sandbox.says("mismatch")
    await later(stage, clock)
    assert "does not agree: the phone number" in lin.last.text
    await lin.write("/home")
    assert "your full name and your ID number" in lin.last.text


async def test_after_a_day_of_silence_it_is_given_up_and_nothing_is_kept(
    lin: Person, stage: Stage, clock: ManualClock, sandbox: Register
) -> None:
    sandbox.says("down")
    await register(lin, "林海清", LIN_ID)
    for _ in range(40):
        await later(stage, clock, minutes=61)
    assert "did not answer for a whole day" in lin.last.text
    (check,) = rows(stage.app, "checks")
    assert check["state"] == "failed" and check["elements"] is None
    assert rows(stage.app, "waiting_checks") == []


async def test_tries_come_further_and_further_apart(
    lin: Person, stage: Stage, clock: ManualClock, sandbox: Register
) -> None:
    sandbox.says("down")
    await register(lin, "林海清", LIN_ID)
    waits = []
    for _ in range(5):
        (row,) = rows(stage.app, "waiting_checks")
        now = stage.app.store.read(lambda tx: tx.now)
        waits.append(round((row["due"] - now) / 60_000))
        await later(stage, clock, minutes=waits[-1])
    assert waits == [1, 2, 5, 10, 20]


async def test_answers_wait_sealed_and_go_with_the_outcome(
    lin: Person, stage: Stage, clock: ManualClock, sandbox: Register
) -> None:
    sandbox.says("down")
    await register(lin, "林海清", LIN_ID)
    (check,) = rows(stage.app, "checks")
    assert check["state"] == "running" and LIN_ID.encode() not in check["elements"]
    sandbox.says("")
    await later(stage, clock)
    (check,) = rows(stage.app, "checks")
    assert check["state"] == "passed" and check["elements"] is None


async def test_a_question_that_was_answered_is_not_put_twice(
    lin: Person, stage: Stage, sandbox: Register
) -> None:
    """The call runs again after a crash: it finds the answer that was kept."""
    await register(lin, "林海清", LIN_ID)
    (check,) = rows(stage.app, "checks")
    sandbox.says("down")
    assert stage.app.services.checks.ask_provider(check["id"]).verdict == "match"


async def test_a_company_waits_too_and_the_signer_goes_on_from_there(
    lin: Person, su: Person, stage: Stage, clock: ManualClock, sandbox: Register
) -> None:
    await start_and_seal(lin)
    sandbox.says("down", only=KILN)
    await su.write(f"/start {su.link()}")
    await su.tap("提供手机号")
    await su.write(SU_ID)
    assert "暂时没有响应" in su.last.text
    sandbox.says("")
    await later(stage, clock)
    assert f"{KILN}已通过认证" in su.last.text
    await su.tap("查看并签署")
    await su.tap("签署")
    await su.type_code()
    assert any("签署完成" in line.said or "已签署" in line.said for line in su.lines)


async def test_not_the_representative_after_all_goes_on_with_a_letter(
    chen: Person, stage: Stage, clock: ManualClock, sandbox: Register
) -> None:
    await register(chen, "陈晓舟", CHEN_ID)
    sandbox.says("down", only=KILN)
    await chen.write("/company")
    await chen.write(f"{KILN} {KILN_CODE}")
    sandbox.says("")
    await later(stage, clock)
    assert "not the legal representative" in chen.last.text
    sandbox.says("down", only=KILN)
    await chen.tap("Go on with the letter")
    await chen.tap("Agree and get the letter")
    await chen.send(licence_photo(KILN, KILN_CODE, "苏青窑"), "licence.jpg", JPEG)
    if "Who is the legal representative" in chen.last.text:
        await chen.write("苏青窑")
    assert "does not answer" in chen.last.text
    sandbox.says("")
    await later(stage, clock)
    assert "agrees on" in chen.last.text
    await chen.tap("Go on with the letter")
    await chen.tap("Get the letter")
    assert "The letter is above" in chen.last.text


async def test_what_a_restored_backup_does_not_hold_is_asked_for_again(
    lin: Person, stage: Stage, clock: ManualClock, sandbox: Register
) -> None:
    sandbox.says("down")
    await register(lin, "林海清", LIN_ID)
    person = stage.app.store.read(lambda tx: tx.find("person_of_phone", phone=lin.phone))[0]["id"]
    stage.app.store.write(stage.app.vault.erase, person)
    await later(stage, clock)
    assert "restored from a backup" in lin.last.text
    (check,) = rows(stage.app, "checks")
    assert check["state"] == "failed"


async def test_an_erased_person_is_not_asked_about_any_more(
    lin: Person, stage: Stage, clock: ManualClock, sandbox: Register
) -> None:
    sandbox.says("down")
    await register(lin, "林海清", LIN_ID)
    await lin.write("/privacy")
    await lin.tap("Erase my data")
    await lin.tap("Erase everything")
    sandbox.says("")
    heard = len(lin.lines)
    await later(stage, clock)
    (check,) = rows(stage.app, "checks")
    assert check["state"] == "failed" and len(lin.lines) == heard


async def test_the_register_is_asked_at_most_ten_times_a_day_for_one_person(
    chen: Person, stage: Stage, sandbox: Register
) -> None:
    """Guessing at the name of a legal representative is counted too."""
    await register(chen, "陈晓舟", CHEN_ID)
    await chen.write("/company")
    await chen.write(f"{KILN} {KILN_CODE}")
    await chen.tap("Agree and get the letter")
    await chen.send(licence_photo(KILN, KILN_CODE, ""), "licence.jpg", JPEG)
    for guess in ("甲一", "乙一", "丙一", "丁一", "戊一", "己一", "庚一", "辛一", "壬一"):
        if "enough tries for today" in chen.last.text:
            break
        await chen.write(f"王{guess}")
    assert "enough tries for today" in chen.last.text
    person = stage.app.store.read(lambda tx: tx.find("person_of_phone", phone=chen.phone))[0]["id"]
    asked = stage.app.store.read(lambda tx: tx.find("askings_of_person_since", person=person, since=0))
    assert asked == [{"askings": 10}]

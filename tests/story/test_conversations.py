"""How the talk goes on whatever happens: interruptions, wrong answers, old buttons, restarts, secrets."""

from __future__ import annotations

from pathlib import Path

import pytest

from bot.app import open_app
from bot.demo.people import Person, Stage
from bot.demo.story import TEA, TEA_CODE
from bot.messengers.script import ScriptMessenger
from bot.settings import Settings
from tests import people
from tests.clock import ManualClock
from tests.remembered import migrated, remembering
from tests.story.acts import (
    LIN_ID,
    contract_pdf,
    draft_for_kiln,
    open_invitation,
    register,
    sign,
    start_and_seal,
)


async def test_a_wrong_answer_gets_the_reason_and_the_question_again(lin: Person) -> None:
    await lin.write("/start")
    await lin.tap("share my number")
    await lin.write("林海清, 110101198503120026")
    assert "a digit is wrong or missing" in lin.last.text
    assert "your full name and your ID number" in lin.last.text


async def test_the_same_mistake_is_never_answered_with_the_same_sentence(lin: Person) -> None:
    await lin.write("/start")
    said = []
    for _ in range(3):
        await lin.write("12345")
        said.append(lin.last.text.splitlines()[0])
    assert len(set(said)) == 3


async def test_the_greeting_is_said_once(lin: Person) -> None:
    await lin.write("/start")
    await lin.write("can I sign a contract?")
    assert "not a mobile number" in lin.last.text
    assert "Hello" not in lin.last.text


async def test_words_where_only_a_button_answers_leave_the_buttons_within_reach(lin: Person) -> None:
    await register(lin, "林海清", LIN_ID)
    await lin.write("/company")
    await lin.write(f"{TEA}, {TEA_CODE}")
    await lin.write("I have a seal already")
    assert "does not answer" in lin.last.text
    await lin.tap("Make the contract seal")
    assert "This is the seal of" in lin.last.text


async def test_somebody_elses_contact_card_is_not_taken(lin: Person, stage: Stage) -> None:
    await lin.write("/start")
    await stage.receive(lin.address, "en", {"phone": "+8613900138820", "own": "no"})
    assert "not your own contact card" in lin.last.text


async def test_a_typed_phone_is_proven_with_a_code(lin: Person) -> None:
    await lin.write("/start")
    await lin.write("138 0013 4417")
    await lin.type_code()
    assert "your full name" in lin.last.text


async def test_a_label_typed_counts_as_the_tap(lin: Person) -> None:
    await draft_for_kiln(lin)
    await lin.write("start and seal")
    assert "type the 8-digit code" in lin.last.text


async def test_an_old_button_does_nothing_but_say_so(lin: Person, stage: Stage) -> None:
    await draft_for_kiln(lin)
    key, button = lin.button("Start and seal")
    await lin.tap("Discard draft")
    await stage.receive(lin.address, "en", {"tap": button.data, "message": key})
    assert "answered already" in lin.last.text


async def test_a_button_carries_no_right(lin: Person, su: Person, stage: Stage) -> None:
    await draft_for_kiln(lin)
    _, button = lin.button("Start and seal")
    contract = stage.app.store.read(lambda tx: tx.find("last_contract"))[0]["id"]
    wang = people.wang(stage)
    await register(wang, "王一帆", "440304199511231017")
    await stage.receive(wang.address, "en", {"tap": button.data, "message": ""})
    assert "answered already" in wang.last.text
    for data in (f">draft:{contract}", f">status:{contract}"):
        await stage.receive(wang.address, "en", {"tap": data, "message": ""})
        assert "don't find that contract" in wang.last.text


async def test_another_dialogue_in_the_middle_of_one_keeps_the_first(lin: Person) -> None:
    await draft_for_kiln(lin)
    await lin.tap("Deadline")
    await lin.write("/help")
    texts = [line.said for line in lin.lines[-2:]]
    assert "I get contracts signed" in texts[0]
    assert texts[1].startswith("Back to where we were.") and "Until when" in texts[1]


async def test_a_registration_that_was_interrupted_is_not_asked_for_again(lin: Person, su: Person) -> None:
    await start_and_seal(lin)
    await su.write("/start")
    await sign(su)
    assert "Back to" not in su.last.text and "回到" not in "".join(line.said for line in su.lines[-3:])


async def test_a_status_card_gives_way_and_can_still_be_tapped(lin: Person) -> None:
    await start_and_seal(lin)
    await lin.write("hello")
    assert "here is what is open" in lin.last.text
    await lin.write("/help")
    assert "I get contracts signed" in lin.last.text
    await lin.tap("Withdraw")
    assert "Why do you withdraw" in lin.last.text


async def test_a_card_whose_talk_is_over_has_no_buttons_that_would_do_nothing(lin: Person) -> None:
    await start_and_seal(lin)
    left = [each.data for message in lin.cards.values() for each in message.buttons]
    newest = [each.data for each in lin.last.buttons]
    assert [data for data in left if not data.startswith(">") and data not in newest] == []


async def test_a_contract_sent_in_the_middle_of_registration_waits_for_it(lin: Person) -> None:
    await lin.write("/start")
    await lin.send(contract_pdf(), "Supply.pdf", "application/pdf")
    await lin.tap("share my number")
    await lin.write(f"林海清, {LIN_ID}")
    assert any("Who signs besides you?" in line.said for line in lin.lines)


async def test_cancel_works_in_words_and_says_what_stays(lin: Person) -> None:
    await draft_for_kiln(lin)
    await lin.write("取消")
    assert "drafts stay under /home" in lin.last.text
    await lin.write("/home")
    assert lin.button("Draft Supply-2027")


async def test_the_language_can_be_changed_on_the_first_card(lin: Person) -> None:
    await lin.write("/start")
    await lin.tap("中文")
    assert lin.last.text.startswith("您好！")


async def test_after_a_tap_the_card_is_edited_after_a_typed_message_a_new_one_comes(lin: Person) -> None:
    await draft_for_kiln(lin)
    await lin.tap("Deadline")
    assert lin.lines[-1].edited
    await lin.write("by 4 December")
    assert not lin.lines[-1].edited
    assert "Fri 4 December 2026, 18:00" in lin.last.text


async def test_only_the_newest_card_of_a_talk_has_buttons(lin: Person) -> None:
    await draft_for_kiln(lin)
    await lin.tap("More")
    await lin.tap("Rename")
    await lin.write("Supply contract 2027")
    assert sum(1 for message in lin.cards.values() if message.rows and "Draft, nobody" in message.text) == 1


async def test_a_restart_goes_on_at_the_same_question(tmp_path: Path, clock: ManualClock) -> None:
    """The process ends after every single update; nothing lives in memory between two of them."""
    data = Settings(data=tmp_path / "data")
    messenger = ScriptMessenger()
    numbers, cards, lines, seen = None, {}, [], 0

    async def alone(act: str, *args: str) -> Person:
        nonlocal numbers, seen
        with open_app(
            data, lambda _: messenger, clock, open_store=migrated, open_children=remembering
        ) as app:
            stage = Stage(app, messenger)
            stage.numbers = numbers or stage.numbers
            stage.seen, numbers = seen, stage.numbers
            person = stage.person("lin", "林海清", "+8613800134417")
            person.language, person.cards, person.lines = "en", cards, lines
            await getattr(person, act)(*args)
            clock.advance(seconds=1)
            seen = stage.seen
            if act == "tap" and args == ("Start and seal",):
                codes.append(person.code())
            return person

    codes: list[str] = []
    await alone("write", "/start")
    await alone("tap", "share my number")
    await alone("write", f"林海清, {LIN_ID}")
    await alone("write", "/company")
    await alone("write", "海港茶业有限公司, 91310105MA1K3X2T52")
    await alone("tap", "Make the contract seal")
    await alone("send", contract_pdf(), "Supply.pdf", "application/pdf")  # type: ignore[arg-type]
    await alone("write", "蓝窑陶瓷有限公司 91360202MA35H8QK2R, 苏青窑 13900138820")
    await alone("tap", "Start and seal")
    person = await alone("write", codes[0])
    assert "has started" in person.last.text


async def test_code_that_changed_under_a_talk_begins_that_part_again(lin: Person, stage: Stage) -> None:
    await draft_for_kiln(lin)
    stage.app.store.write(lambda tx: tx.run("garble_journal", was="Drafts.view", now="Drafts.look"))
    await lin.tap("Deadline")
    assert any("updated in the middle" in line.said for line in lin.lines)
    assert lin.button("Start and seal")


async def test_a_fault_of_ours_is_said_and_the_question_stands(
    lin: Person, stage: Stage, monkeypatch: pytest.MonkeyPatch
) -> None:
    await lin.write("/start")

    def broken(*_: object) -> None:
        raise ZeroDivisionError

    with monkeypatch.context() as broke:
        broke.setattr("signing.persons.Persons.register", broken)
        await lin.tap("share my number")
    assert "the fault is mine" in lin.last.text
    await lin.tap("share my number")
    assert "your full name" in lin.last.text


async def test_the_provider_being_down_is_never_a_pass(lin: Person, stage: Stage, clock: ManualClock) -> None:
    zhao = stage.person("zhao", "赵可心", "+8613500135523")
    zhao.language = "en"
    await register(zhao, "赵可心", "330106199308145523")
    for _ in range(6):
        clock.advance(minutes=1)
        await stage.settle()
    assert "does not answer" in zhao.last.text
    assert "It is you" not in "".join(line.said for line in zhao.lines)


async def test_everything_sent_twice_has_effect_once(lin: Person, su: Person, stage: Stage) -> None:
    """A messenger may deliver an update again; the inbox knows it."""
    receive = stage.app.assistant.inbox.receive

    async def twice(*args: str) -> bool:
        first = await receive(*args)
        assert not await receive(*args)
        return first

    object.__setattr__(stage.app.assistant.inbox, "receive", twice)
    await start_and_seal(lin)
    await open_invitation(su)
    happened = [row["step"] for row in stage.app.store.read(lambda tx: tx.find("happened"))]
    assert happened.count("registered") == 2 and happened.count("initiated") == happened.count("signed") == 1
    assert stage.app.store.read(lambda tx: tx.find("last_contract"))[0]["revision"] == 2

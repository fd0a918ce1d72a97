"""The status board of a group: what it says, who may put it there, and that the rest of a group stays unheard."""

from __future__ import annotations

import sqlite3
from collections.abc import AsyncIterator
from datetime import timedelta
from itertools import pairwise
from pathlib import Path

import pytest

from bot.demo.people import Person
from signing.audit import note
from signing.store.port import Row, Tx
from tests import people
from tests.clock import ManualClock
from tests.conformance.conftest import TickingClock
from tests.story.acts import LIN_ID, SU_ID, register, sign, start_and_seal
from tests.telegram.fake_state import Sent
from tests.telegram.stage import FRAMEWORKS, TelegramStage, staged

GROUP = -1001234
SECRETS = ("Supply", "林海清", "苏青窑", "茶业", "蓝窑", "4417", "8820", LIN_ID, SU_ID)


@pytest.fixture
def clock() -> TickingClock:
    return TickingClock()


@pytest.fixture(params=FRAMEWORKS)
async def stage(
    request: pytest.FixtureRequest, tmp_path: Path, clock: ManualClock
) -> AsyncIterator[TelegramStage]:
    async with staged(request.param, tmp_path / "data", clock) as made:
        yield made


@pytest.fixture
def lin(stage: TelegramStage) -> Person:
    return people.lin(stage)


@pytest.fixture
def su(stage: TelegramStage) -> Person:
    return people.su(stage)


def shown(stage: TelegramStage) -> list[Sent]:
    """The bot's messages in the group."""
    return stage.api.chat(GROUP)


async def board_put(stage: TelegramStage, lin: Person) -> None:
    """A started contract, sealed by its sender, on the group's board."""
    await start_and_seal(lin)
    stage.humans["lin"].language = "en"
    stage.humans["lin"].takes_bot_into(GROUP)
    stage.humans["lin"].says_in(GROUP, "/board@sealbot_bot")
    await stage.settle()
    await lin.tap("Supply-2027")


async def passes(stage: TelegramStage, clock: ManualClock, seconds: float) -> None:
    clock.advance(seconds=seconds)
    await stage.settle()


async def test_the_board_says_number_state_and_turn_and_nothing_else(
    stage: TelegramStage, lin: Person, su: Person
) -> None:
    await board_put(stage, lin)
    board = shown(stage)[-1]
    assert "1 of 2 signed" in board.text
    assert "Next: the other party." in board.text
    assert not any(secret in board.text for secret in SECRETS)
    assert [button["text"] for button in board.buttons] == ["Open"]
    assert board.buttons[0]["url"].startswith("https://t.me/sealbot_bot?start=open_")


async def test_the_board_is_pinned_silently_where_the_bot_may(stage: TelegramStage, lin: Person) -> None:
    await board_put(stage, lin)
    assert stage.api.pinned == [(GROUP, shown(stage)[-1].number)]


async def test_a_bot_that_may_not_pin_shows_the_board_all_the_same_and_stays(
    stage: TelegramStage, lin: Person, su: Person, clock: ManualClock
) -> None:
    stage.api.may_pin = False
    await board_put(stage, lin)
    assert stage.api.pinned == []
    board = shown(stage)[-1]
    await sign(su)
    await passes(stage, clock, 5)
    assert "1 of 2 signed" not in board.text and board.edits == 1


async def test_as_people_sign_the_one_card_is_edited_at_most_every_five_seconds(
    stage: TelegramStage, lin: Person, su: Person, clock: ManualClock
) -> None:
    await board_put(stage, lin)
    board, before = shown(stage)[-1], len(shown(stage))
    await sign(su)
    assert board.edits == 0
    await passes(stage, clock, 5)
    assert (len(shown(stage)), board.edits) == (before, 1)
    await passes(stage, clock, 5)
    assert "everyone has signed" in board.text
    assert board.edits <= 2


async def test_however_much_happens_five_seconds_pass_between_two_edits(
    stage: TelegramStage, lin: Person, clock: ManualClock
) -> None:
    await board_put(stage, lin)
    put = clock()
    woken = []
    for _ in range(10):
        stage.app.store.write(something_happens)
        await passes(stage, clock, 1.5)
        if timer_of_board(stage)["state"] == "fired" and clock() - put >= timedelta(seconds=5):
            woken.append(timer_of_board(stage)["due"])
    moments = sorted(set(woken))
    assert len(moments) >= 2
    assert all(later - earlier >= 5000 for earlier, later in pairwise(moments))


def something_happens(tx: Tx) -> None:
    contract = tx.find("last_contract")[0]["id"]
    tx.hold("contracts", contract)
    note(tx, contract, "reminded", None)


def timer_of_board(stage: TelegramStage) -> Row:
    with sqlite3.connect(stage.app.settings.data / "sealbot.db") as db:
        state, due = db.execute("SELECT state, due FROM timers WHERE kind = 'board'").fetchone()
    return {"state": state, "due": due}


async def test_open_leads_each_to_what_is_theirs_and_strangers_to_nothing(
    stage: TelegramStage, lin: Person, su: Person
) -> None:
    await board_put(stage, lin)
    start = shown(stage)[-1].buttons[0]["url"].partition("?start=")[2]
    await register(su, "苏青窑", SU_ID)
    await su.write(f"/start {start}")
    assert "Supply-2027" in su.last.text
    await lin.write(f"/start {start}")
    assert "Supply-2027" in lin.last.text
    wang = stage.person("wang", "王一帆", "+8613600131007")
    await register(wang, "王一帆", "440304199511231017")
    await wang.write(f"/start {start}")
    assert not any("Supply" in line.said for line in wang.lines)


async def test_the_button_in_the_group_asks_in_private(stage: TelegramStage, lin: Person) -> None:
    await start_and_seal(lin)
    stage.humans["lin"].language = "en"
    stage.humans["lin"].takes_bot_into(GROUP)
    await stage.settle()
    hello = shown(stage)[-1]
    tap = stage.humans["lin"].taps_in(GROUP, hello.number, hello.buttons[0]["callback_data"])
    await stage.settle()
    await stage.reception.close()
    assert "Which contract shall the group see" in lin.last.text
    assert stage.api.answered[tap["callback_query"]["id"]] == "Please look at our private chat."


async def test_who_has_no_private_chat_is_shown_the_way_to_it(stage: TelegramStage, lin: Person) -> None:
    human = stage.humans["lin"]
    human.language = "en"
    human.takes_bot_into(GROUP)
    human.says_in(GROUP, "/board")
    await stage.settle()
    assert shown(stage)[-1].buttons[0]["url"] == "https://t.me/sealbot_bot?start=home"
    assert lin.lines == []


async def test_whoever_is_no_party_has_nothing_to_choose(stage: TelegramStage, lin: Person) -> None:
    await start_and_seal(lin)
    wang = people.wang(stage)
    await register(wang, "王一帆", "440304199511231017")
    stage.humans["wang"].takes_bot_into(GROUP)
    stage.humans["wang"].says_in(GROUP, "/board")
    await stage.settle()
    assert "Nothing of yours" in wang.last.text


async def test_a_command_in_private_names_no_group(stage: TelegramStage, lin: Person) -> None:
    await start_and_seal(lin)
    stage.humans["lin"].takes_bot_into(GROUP)
    await lin.write(f"/board {GROUP}")
    assert "Take me into the group" in lin.last.text
    assert lin.last.buttons[0].url == "https://t.me/sealbot_bot?startgroup=board"


@pytest.mark.parametrize(
    "more",
    [
        {"sender_chat": {"id": GROUP, "type": "supergroup"}},
        {"from": {"id": 1087968824, "is_bot": True, "first_name": "Group"}},
    ],
)
async def test_anonymous_administrators_and_channels_have_no_right(
    stage: TelegramStage, lin: Person, more: dict[str, object]
) -> None:
    await start_and_seal(lin)
    stage.humans["lin"].takes_bot_into(GROUP)
    await stage.settle()
    before = (len(shown(stage)), len(lin.lines))
    stage.humans["lin"].says_in(GROUP, "/board", **more)
    await stage.settle()
    assert (len(shown(stage)), len(lin.lines)) == before


@pytest.mark.parametrize("text", ["110101198503120025", "/board@another_bot", "/home", "yes", "/start x"])
async def test_whatever_else_is_said_in_a_group_never_reaches_the_database(
    stage: TelegramStage, lin: Person, text: str
) -> None:
    stage.humans["lin"].says_in(GROUP, text)
    await stage.settle()
    assert stage.app.store.read(lambda tx: tx.find("all_inbox")) == []


async def test_taken_out_of_the_group_the_board_is_written_no_more(
    stage: TelegramStage, lin: Person, su: Person, clock: ManualClock
) -> None:
    await board_put(stage, lin)
    stage.humans["lin"].takes_bot_into(GROUP, "member", "kicked")
    await stage.settle()
    calls = len([call for call in stage.api.calls if call.chat == GROUP])
    await sign(su)
    await passes(stage, clock, 10)
    assert len([call for call in stage.api.calls if call.chat == GROUP]) == calls


async def test_a_group_that_moves_keeps_its_board(
    stage: TelegramStage, lin: Person, su: Person, clock: ManualClock
) -> None:
    await board_put(stage, lin)
    stage.api.meet(-1009)
    stage.humans["lin"].says_in(GROUP, "", migrate_to_chat_id=-1009)
    await stage.settle()
    await sign(su)
    await passes(stage, clock, 10)
    assert "everyone has signed" in stage.api.chat(-1009)[-1].text

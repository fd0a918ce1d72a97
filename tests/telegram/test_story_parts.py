"""What only Telegram does in the middle of a talk: files too large for it, messages that it does not delete."""

from __future__ import annotations

from collections.abc import AsyncIterator
from pathlib import Path

import pytest

from bot.demo.people import Person
from tests import people
from tests.conformance.conftest import TickingClock
from tests.story.acts import LIN_ID, SU_ID, register, start_and_seal
from tests.telegram.stage import FRAMEWORKS, TelegramStage, staged


@pytest.fixture(params=FRAMEWORKS)
async def stage(request: pytest.FixtureRequest, tmp_path: Path) -> AsyncIterator[TelegramStage]:
    async with staged(
        request.param, tmp_path / "data", TickingClock(), base_url="https://bot.example"
    ) as made:
        yield made


@pytest.fixture
def lin(stage: TelegramStage) -> Person:
    return people.lin(stage)


async def test_a_file_too_large_for_telegram_comes_by_the_private_page(
    stage: TelegramStage, lin: Person
) -> None:
    await lin.write("/start")
    stage.api.file_limit = 4
    await lin.send(b"%PDF-1.7", "Supply.pdf", "application/pdf")
    assert "too large" in lin.last.text
    (button,) = stage.humans["lin"].sees()[-1].buttons
    assert button["web_app"] == {"url": "https://bot.example/pages/private"}
    await lin.write("138 0013 4417")
    assert "8-digit code" in lin.last.text, "the open question stands"


async def test_the_private_page_can_be_asked_for(stage: TelegramStage, lin: Person) -> None:
    await lin.write("/private")
    (button,) = stage.humans["lin"].sees()[-1].buttons
    assert button["web_app"] == {"url": "https://bot.example/pages/private"}


async def test_the_person_is_asked_to_delete_what_telegram_does_not(
    stage: TelegramStage, lin: Person
) -> None:
    await lin.write("/start")
    await lin.tap("share my number")
    stage.api.too_old = set(range(1000))
    await lin.write(f"林海清, {LIN_ID}")
    assert sum("Please delete it yourself" in line.said for line in lin.lines) == 1
    assert not stage.api.deleted


async def test_a_signer_who_blocked_the_bot_unnoticed_is_found_out_when_they_are_written_to(
    stage: TelegramStage, lin: Person
) -> None:
    su = stage.person("su", "苏青窑", "+8613900138820")
    await register(su, "苏青窑", SU_ID)
    stage.api.refuse_chat(stage.humans["su"].number, "Forbidden: user is deactivated")
    await start_and_seal(lin)
    assert sum("can't write to 苏青窑" in line.said for line in lin.lines) == 1
    tried = [call for call in stage.api.calls if call.outcome == "Forbidden: user is deactivated"]
    assert {call.method for call in tried} <= {
        "sendMessage",
        "sendMediaGroup",
        "sendDocument",
        "sendChatAction",
    }
    await lin.tap("Text it")
    assert su.link()
    assert len([call for call in stage.api.calls if call.outcome == tried[-1].outcome]) == len(tried)

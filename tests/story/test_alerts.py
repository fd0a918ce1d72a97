"""Operators hear when the register or the disk fails, and when it is well again."""

from __future__ import annotations

import shutil
from collections.abc import Iterator
from pathlib import Path
from typing import NamedTuple

import pytest

from bot.app import App, open_app
from bot.demo.people import Person, Stage
from bot.messengers.script import ScriptMessenger
from bot.settings import Settings
from tests.clock import ManualClock
from tests.remembered import migrated, remembering
from tests.story.acts import LIN_ID, register
from tests.story.review.acts import operator


class Usage(NamedTuple):
    total: int
    used: int
    free: int


@pytest.fixture
def app(tmp_path: Path, clock: ManualClock) -> Iterator[App]:
    settings = Settings(data=tmp_path / "data", operators="script:ops", disk_free=1)
    with open_app(
        settings, lambda _: ScriptMessenger(), clock, open_store=migrated, open_children=remembering
    ) as opened:
        yield opened


@pytest.fixture
async def ops(stage: Stage) -> Person:
    return await operator(stage, "ops")


async def test_a_register_that_is_down_is_told_to_operators_and_so_is_its_return(
    lin: Person, ops: Person, stage: Stage
) -> None:
    zhao = stage.person("zhao", "赵可心", "+8613500135523")
    zhao.language = "en"
    await register(zhao, "赵可心", "330106199308145523")
    await stage.settle()
    assert "The real-name register does not answer, since" in ops.last.text
    assert "330106199308145523" not in ops.last.text and "赵可心" not in ops.last.text
    await register(lin, "林海清", LIN_ID)
    await stage.settle()
    assert "Well again" in ops.last.text


async def test_a_disk_that_fills_up_is_told_while_there_is_still_room(
    ops: Person, stage: Stage, clock: ManualClock, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(shutil, "disk_usage", lambda path: Usage(10_000_000, 9_000_000, 0))
    clock.advance(minutes=6)
    await stage.settle()
    assert "The disk is nearly full" in ops.last.text
    monkeypatch.undo()
    clock.advance(minutes=6)
    await stage.settle()
    assert "Well again" in ops.last.text

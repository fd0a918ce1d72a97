"""An installation with two operators, and somebody at Blue Kiln who is not its legal representative."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest

from bot.app import App, open_app
from bot.demo.people import Person, Stage
from bot.messengers.script import ScriptMessenger
from bot.settings import Settings
from tests import people
from tests.clock import ManualClock
from tests.remembered import migrated, remembering
from tests.story.review.acts import operator


@pytest.fixture
def settings(tmp_path: Path) -> Settings:
    return Settings(data=tmp_path / "data", operators="script:ops, script:ben")


@pytest.fixture
def app(settings: Settings, clock: ManualClock) -> Iterator[App]:
    with open_app(
        settings, lambda _: ScriptMessenger(), clock, open_store=migrated, open_children=remembering
    ) as opened:
        yield opened


@pytest.fixture
def wei(stage: Stage) -> Person:
    """Has a passport and no resident ID."""
    return people.wei(stage)


@pytest.fixture
async def ops(stage: Stage) -> Person:
    return await operator(stage, "ops")


@pytest.fixture
async def ben(stage: Stage) -> Person:
    return await operator(stage, "ben")

"""An installation with two operators, and somebody at Blue Kiln who is not its legal representative."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest

from bot.app import App, open_app
from bot.demo.people import Person, Stage
from bot.messengers.script import ScriptMessenger
from bot.settings import Settings
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
def chen(stage: Stage) -> Person:
    """Works at Blue Kiln Ceramics; 苏青窑 is its legal representative."""
    person = stage.person("chen", "陈晓舟", "+8613700132356")
    person.language = "en"
    return person


@pytest.fixture
def wei(stage: Stage) -> Person:
    """Has a passport and no resident ID."""
    person = stage.person("wei", "Wei Chen", "+85261234567")
    person.language = "en"
    return person


@pytest.fixture
async def ops(stage: Stage) -> Person:
    return await operator(stage, "ops")


@pytest.fixture
async def ben(stage: Stage) -> Person:
    return await operator(stage, "ben")

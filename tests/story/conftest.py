"""The assistant put together as it is served, with people who play and a clock that is moved by hand."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import datetime
from pathlib import Path

import pytest

from bot.app import App, open_app
from bot.demo.people import Person, Stage
from bot.messengers.script import ScriptMessenger
from bot.settings import Settings
from tests import people
from tests.clock import ManualClock
from tests.remembered import migrated, remembering
from tests.story.acts import register_with_company


class TickingClock(ManualClock):
    """A millisecond passes with every look at it, so that what comes later is later."""

    def __call__(self) -> datetime:
        self.advance(milliseconds=1)
        return self.moment


@pytest.fixture
def clock() -> TickingClock:
    return TickingClock()


@pytest.fixture
def app(tmp_path: Path, clock: ManualClock) -> Iterator[App]:
    with open_app(
        Settings(data=tmp_path / "data"),
        lambda _: ScriptMessenger(),
        clock,
        open_store=migrated,
        open_children=remembering,
    ) as opened:
        yield opened


@pytest.fixture
def stage(app: App) -> Stage:
    messenger = app.messengers["script"]
    assert isinstance(messenger, ScriptMessenger)
    return Stage(app, messenger)


@pytest.fixture
def lin(stage: Stage) -> Person:
    """The legal representative of Harbor Tea, who speaks English here."""
    return people.lin(stage)


@pytest.fixture
def su(stage: Stage) -> Person:
    """The legal representative of Blue Kiln Ceramics, who speaks Chinese."""
    return people.su(stage)


@pytest.fixture
def chen(stage: Stage) -> Person:
    """Works for one of the two, and represents neither."""
    return people.chen(stage)


@pytest.fixture
def wang(stage: Stage) -> Person:
    """The legal representative of Lantern Paper."""
    return people.wang(stage)


@pytest.fixture
async def boss(lin: Person) -> Person:
    """Harbor Tea's admin, with its contract seal."""
    await register_with_company(lin)
    return lin

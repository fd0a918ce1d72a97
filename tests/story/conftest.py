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
from tests.clock import ManualClock
from tests.remembered import migrated, remembering


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
    person = stage.person("lin", "林海清", "+8613800134417")
    person.language = "en"
    return person


@pytest.fixture
def su(stage: Stage) -> Person:
    """The legal representative of Blue Kiln Ceramics, who speaks Chinese."""
    return stage.person("su", "苏青窑", "+8613900138820")

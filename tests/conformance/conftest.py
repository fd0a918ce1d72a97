"""Each messenger with the whole program behind it."""

from __future__ import annotations

from collections.abc import AsyncIterator
from datetime import datetime
from pathlib import Path

import pytest

from bot.demo.people import Person, Stage
from tests import people
from tests.clock import ManualClock
from tests.conformance.web_stage import WebStage, web_staged
from tests.telegram.stage import FRAMEWORKS, TelegramStage, staged

MESSENGERS = ("web", *FRAMEWORKS)


class TickingClock(ManualClock):
    """A millisecond passes with every look at it, so that what comes later is later."""

    def __call__(self) -> datetime:
        self.advance(milliseconds=1)
        return self.moment


@pytest.fixture(params=MESSENGERS)
async def stage(request: pytest.FixtureRequest, tmp_path: Path) -> AsyncIterator[Stage]:
    clock = TickingClock()
    if request.param == "web":
        with web_staged(tmp_path / "data", clock) as web:
            yield web
    else:
        async with staged(request.param, tmp_path / "data", clock) as made:
            yield made


@pytest.fixture
def lin(stage: Stage) -> Person:
    """The legal representative of Harbor Tea, who speaks English here."""
    return people.lin(stage)


def disappeared(stage: Stage) -> int:
    """How many of the person's own messages are gone from their screen."""
    if isinstance(stage, WebStage):
        return len(stage.gone)
    assert isinstance(stage, TelegramStage)
    return len(stage.api.deleted)

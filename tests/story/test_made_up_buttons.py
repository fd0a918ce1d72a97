"""A button that nobody made: its argument names nothing, and that is said in words."""

from __future__ import annotations

import pytest

from bot.demo.people import Person, Stage
from handlers.chat import dialogue
from tests.story.acts import register_with_company

NAMES = sorted(name for name, each in dialogue.by_name.items() if each.argument)


@pytest.mark.parametrize("argument", ["", "x", "t0", "e1m83h32v8d3335m93", "💥'"])
async def test_an_argument_that_names_nothing_is_refused_in_words(
    argument: str, lin: Person, stage: Stage, caplog: pytest.LogCaptureFixture
) -> None:
    await register_with_company(lin)
    for name in NAMES:
        await stage.receive(lin.address, "en", {"tap": f">{name}:{argument}", "message": ""})
        assert "the fault is mine" not in lin.last.text, name
    assert [record.message for record in caplog.records if record.name.startswith("bot.")] == []

"""The demo's story reads the same through Telegram, by either framework, as it does without any wire."""

from __future__ import annotations

import asyncio
import html
import re
from pathlib import Path

import pytest

from bot.app import open_app
from bot.demo.clock import StoryClock
from bot.demo.colleagues import lend_once
from bot.demo.people import Stage
from bot.demo.story import tell
from bot.messengers.script import ScriptMessenger
from bot.messengers.telegram_render import is_framed
from bot.settings import Settings
from tests.remembered import migrated, remembering
from tests.telegram.stage import FRAMEWORKS, staged

INVITATIONS = re.compile(r"https?://\S+(?:/i/|\?start=)[\w-]+")
TIMES = re.compile(r"\d{1,2}:\d{2}|\d{8}")
TAGS = re.compile(r"<[^>]+>")

pytestmark = pytest.mark.slow


def transcript(stage: Stage) -> dict[str, list[str]]:
    """What each person said and saw, without markup, times, codes and where an invitation is opened;
    pictures stand where they were sent."""
    told = {}
    for name, person in stage.people.items():
        lines = []
        for line in person.lines:
            pictures = line.message and not line.edited and not is_framed(line.message)
            shown = line.message.attachments if line.message and pictures else ()
            lines += [f"{{{each.caption or each.name}}}" for each in shown]
            said = html.unescape(TAGS.sub("", line.said))
            lines.append(TIMES.sub("#", INVITATIONS.sub("#", said)))
            rows = line.message.rows if line.message else ()
            lines += [" | ".join(button.label for button in row) for row in rows]
        told[name] = lines
    return told


@pytest.fixture(scope="module")
def without_a_wire(tmp_path_factory: pytest.TempPathFactory) -> dict[str, list[str]]:
    messenger = ScriptMessenger()
    settings = Settings(data=tmp_path_factory.mktemp("script"), key=None, key_file=None)
    clock = StoryClock()
    with open_app(
        settings, lambda _: messenger, clock, open_store=migrated, open_children=remembering
    ) as app:
        stage = Stage(app, messenger)
        asyncio.run(told(stage, clock))
        return transcript(stage)


async def told(stage: Stage, clock: StoryClock) -> None:
    await lend_once(stage, await tell(stage), clock)


@pytest.mark.parametrize("framework", FRAMEWORKS)
async def test_the_story_reads_the_same(
    tmp_path: Path, without_a_wire: dict[str, list[str]], framework: str
) -> None:
    clock = StoryClock()
    async with staged(framework, tmp_path, clock) as stage:
        await told(stage, clock)
        assert transcript(stage) == without_a_wire

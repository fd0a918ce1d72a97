"""The demo: a whole story, played by nobody, through the real parts."""

from __future__ import annotations

import html
import re
import shutil
import tempfile
from pathlib import Path
from typing import Any

from bot.app import open_app
from bot.demo.afterwards import afterwards
from bot.demo.clock import StoryClock
from bot.demo.colleagues import lend_once
from bot.demo.forms import from_word_files
from bot.demo.leaving import leave, signed_file
from bot.demo.people import Line, Stage
from bot.demo.story import tell
from bot.messengers.script import ScriptMessenger
from bot.settings import Settings

TAGS = re.compile(r"<[^>]+>")


async def play(folder: Path, *, quiet: bool = False) -> dict[str, Any]:
    """Play the story on a fresh installation, print the talk, leave the results; the report."""
    messenger = ScriptMessenger()
    clock = StoryClock()
    data = Path(tempfile.mkdtemp(prefix="sealbot-demo-"))
    try:
        with open_app(Settings(data=data, key=None, key_file=None), lambda _: messenger, clock) as app:
            stage = Stage(app, messenger, (lambda *_: None) if quiet else show)
            return await perform(stage, clock, folder)
    finally:
        shutil.rmtree(data, ignore_errors=True)


async def perform(stage: Stage, clock: StoryClock, folder: Path) -> dict[str, Any]:
    """The whole story on a stage, whatever messenger it stands for, and its results in the folder; the report."""
    told = await tell(stage)
    signed = signed_file(told)
    await afterwards(stage, told, clock)
    await from_word_files(stage, told, clock)
    told.colleagues.append(await lend_once(stage, told, clock))
    return leave(stage.app, told, signed, folder)


def show(address: str, line: Line) -> None:
    """One line of the talk on the terminal."""
    if line.message is None:
        print(f"\n{address} > {line.said}")
        return
    for each in line.message.attachments:
        print(f"    {{{each.caption or each.name}}}")
    words = html.unescape(TAGS.sub("", line.message.text))
    print("\n".join(f"    {part}" for part in words.splitlines()))
    for row in line.message.rows:
        print("    " + " | ".join(f"[{button.label}]" for button in row))

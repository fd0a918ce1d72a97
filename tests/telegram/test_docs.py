"""The worked examples in docs/telegram.md run as they stand there, against the fake Bot API."""

from __future__ import annotations

import asyncio
import re
from collections.abc import Callable
from contextlib import suppress
from pathlib import Path
from typing import Any

import pytest

from bot.serving_telegram import connection
from bot.settings import described
from tests.telegram.fake_api import TOKEN, FakeBotApi
from tests.telegram.fake_people import Human
from tests.telegram.stage import FRAMEWORKS

PAGE = Path(__file__).parents[2] / "docs" / "telegram.md"
AIOGRAM, PTB = re.findall(r"```python\n(.*?)```", PAGE.read_text("utf-8"), re.DOTALL)


async def until(condition: Callable[[], object]) -> None:
    async with asyncio.timeout(15):
        while not condition():  # noqa: ASYNC110 (a server is waited for)
            await asyncio.sleep(0.02)


@pytest.mark.parametrize("framework", FRAMEWORKS)
async def test_an_echo_bot_with_sealbot_mounted(
    api: FakeBotApi, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, framework: str
) -> None:
    monkeypatch.setenv("SEALBOT_DATA", str(tmp_path / "data"))
    example: dict[str, Any] = {}
    exec(AIOGRAM if framework == "aiogram" else PTB, example)
    bot = connection(framework)(TOKEN, api.url).bot  # type: ignore[attr-defined]
    lin = Human(api, 700_001)
    running = asyncio.create_task(example["main"](bot))
    lin.writes("hello")
    await until(lin.sees)
    lin.writes("/home")
    await until(lambda: len(lin.sees()) == 2)
    running.cancel()
    with suppress(asyncio.CancelledError):
        await running
    echo, card = lin.sees()
    assert (echo.text, any("request_contact" in button for button in card.buttons)) == ("hello", True)


def test_every_setting_that_the_page_names_is_one() -> None:
    named = set(re.findall(r"SEALBOT_[A-Z_]+", PAGE.read_text("utf-8")))
    assert named <= {variable for variable, _, _ in described()}

"""A fake Bot API, a transport of each framework to it, and the messenger over a store of its own."""

from __future__ import annotations

from collections.abc import AsyncIterator
from pathlib import Path

import pytest

from bot.messengers.pace import unhurried
from bot.messengers.stored import StoredFiles
from bot.messengers.telegram import TelegramMessenger
from bot.messengers.telegram_api import Transport
from signing.store.blobs import Blobs
from signing.store.sqlite import SqliteStore
from tests.telegram.fake_api import FakeBotApi, serving
from tests.telegram.fake_people import Human
from tests.telegram.fake_state import USERNAME
from tests.telegram.stage import FRAMEWORKS, TelegramStage, connected, staged


@pytest.fixture
async def api() -> AsyncIterator[FakeBotApi]:
    async with serving(FakeBotApi()) as server:
        yield server


@pytest.fixture(params=FRAMEWORKS)
async def transport(request: pytest.FixtureRequest, api: FakeBotApi) -> AsyncIterator[Transport]:
    opened = await connected(request.param, api)
    yield opened
    await opened.close()


@pytest.fixture
def messenger(transport: Transport, store: SqliteStore, blobs: Blobs) -> TelegramMessenger:
    return TelegramMessenger(transport, StoredFiles(store, blobs), USERNAME, unhurried())


@pytest.fixture
def lin(api: FakeBotApi) -> Human:
    """Somebody who has started the bot."""
    human = Human(api, 700_001)
    api.meet(human.number)
    return human


@pytest.fixture(params=FRAMEWORKS)
async def stage(request: pytest.FixtureRequest, tmp_path: Path) -> AsyncIterator[TelegramStage]:
    """The whole program on Telegram."""
    async with staged(request.param, tmp_path / "data") as made:
        yield made

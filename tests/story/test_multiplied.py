"""What `make load` and `make restore` multiply out of one life is an installation as sound as that life's."""

from __future__ import annotations

import shutil
from pathlib import Path

import pytest

from bot.app import App, open_app
from bot.demo.people import Person
from bot.installation import open_reverifying, utc_now
from bot.messengers.script import ScriptMessenger
from bot.settings import Settings
from tests.clock import ManualClock
from tests.load.growing import grow, read_seed
from tests.load.restoring import print_anew
from tests.remembered import migrated, remembering
from tests.story.acts import sign, start_and_seal

MANY = 10


@pytest.fixture
async def multiplied(app: App, lin: Person, su: Person, tmp_path: Path) -> Settings:
    """Two companies' one contract, ten times more."""
    await start_and_seal(lin)
    await sign(su)
    app.resources.close()
    large = Settings(data=tmp_path / "large")
    shutil.copytree(app.settings.data, large.data)
    grow(large.data / "sealbot.db", read_seed(large.data / "sealbot.db"), MANY)
    return large


async def test_each_contract_is_found_by_its_own_people(multiplied: Settings, clock: ManualClock) -> None:
    with open_app(
        multiplied, lambda _: ScriptMessenger(), clock, open_store=migrated, open_children=remembering
    ) as app:
        senders = app.store.read(lambda tx: tx.find("chat_of_address", messenger="script", address="lin~1"))
        contracts = app.store.read(lambda tx: tx.find("count_completed"))[0]["number"]
    assert len(senders) == 1 and contracts == 1 + MANY


async def test_each_contract_has_a_file_of_its_own_that_verifies(
    multiplied: Settings, clock: ManualClock
) -> None:
    with open_app(
        multiplied, lambda _: ScriptMessenger(), clock, open_store=migrated, open_children=remembering
    ) as app:
        assert print_anew(app) == 1 + MANY
        digests = {
            row["current"]
            for row in app.store.read(lambda tx: tx.find("completed_after", after="", limit=99))
        }
    with open_reverifying(multiplied) as reverifying:
        assert reverifying.run(utc_now()) == []
    assert len(digests) == 1 + MANY

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest

from signing.store.sqlite import SqliteStore
from tests.clock import ManualClock
from tests.signing.store.tables import MIGRATIONS


@pytest.fixture
def store(tmp_path: Path, clock: ManualClock) -> Iterator[SqliteStore]:
    opened = SqliteStore(tmp_path / "store.db", clock, MIGRATIONS)
    yield opened
    opened.close()

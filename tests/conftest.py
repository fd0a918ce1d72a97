"""What most tests stand on: a clock, a store, a vault and blobs, all made-up and in a temporary folder."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest
from hypothesis import HealthCheck, settings

from signing.store.blobs import Blobs
from signing.store.sqlite import SqliteStore
from signing.store.vault import KeyEncryptionKey, Vault
from tests.clock import ManualClock
from tests.remembered import migrated

settings.register_profile("patient", deadline=None, suppress_health_check=[HealthCheck.too_slow])
settings.load_profile("patient")
"""A busy machine is no finding."""


@pytest.fixture
def clock() -> ManualClock:
    return ManualClock()


@pytest.fixture
def store(tmp_path: Path, clock: ManualClock) -> Iterator[SqliteStore]:
    opened = migrated(tmp_path / "store.db", clock)
    yield opened
    opened.close()


@pytest.fixture
def vault() -> Vault:
    return Vault(KeyEncryptionKey.generate())


@pytest.fixture
def blobs(tmp_path: Path, vault: Vault) -> Blobs:
    return Blobs(tmp_path / "blobs", vault)

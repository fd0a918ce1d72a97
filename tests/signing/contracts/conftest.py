"""A world for contracts in a temporary folder."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.signing.contracts.world import Someone, World


@pytest.fixture
def world(tmp_path: Path) -> Iterator[World]:
    made = World(tmp_path)
    yield made
    made.close()


@pytest.fixture
def lin(world: World) -> Someone:
    return world.someone(0)


@pytest.fixture
def su(world: World) -> Someone:
    return world.someone(1)


@pytest.fixture
def chen(world: World) -> Someone:
    return world.someone(2)

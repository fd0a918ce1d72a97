"""A short run of `make crash`: sending and signing a contract, with deaths at points that a seed chose."""

from __future__ import annotations

import random
import shutil
from pathlib import Path

import pytest

from tests.crash.harness import Record, chosen, record, suffer
from tests.crash.judging import differences, judged
from tests.crash.life import LIFE, Act
from tests.crash.living import UNHARMED, live

START = LIFE.index(Act("lin", "tap", "Start and seal"))
LAST = START + 2


@pytest.fixture(scope="module")
def kept(tmp_path_factory: pytest.TempPathFactory) -> Record:
    """The life up to where the sender's code has started the contract; harm comes in its last two acts."""
    return record(tmp_path_factory.mktemp("crash") / "record", first=START, last=LAST)


def test_twenty_points_of_starting_a_contract_are_known_by_name(kept: Record) -> None:
    assert len(kept.names) > 20


@pytest.mark.parametrize("number", range(6))
def test_a_death_at_a_point_leaves_no_trace(kept: Record, tmp_path: Path, number: int) -> None:
    harm = chosen(kept, 6, random.Random(26), quietly=1 / 6)[number]
    outcome = suffer(kept, harm, tmp_path)
    assert (outcome.struck or harm.after) and not outcome.wrong, str(harm)


def test_an_act_that_counted_twice_would_be_noticed(kept: Record, tmp_path: Path) -> None:
    world = tmp_path / "world"
    shutil.copytree(kept.before(START), world)
    assert live(world / "data", START) == UNHARMED
    (world / f"{START}.update").rename(world / f"{START + 90}.update")
    wrong = differences(kept.golden[START], judged(world / "data"))
    assert any(each.startswith("challenges") for each in wrong)

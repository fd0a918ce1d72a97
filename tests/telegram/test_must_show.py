"""Short, seeded runs of what the long ones show by command (`redelivery`, `faults`)."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.telegram import faults, redelivery
from tests.telegram.stage import FRAMEWORKS


@pytest.mark.slow
async def test_redelivered_updates_and_kills_leave_each_effect_once(tmp_path: Path) -> None:
    result = await redelivery.run(tmp_path, chats=6, updates=8, kills=3, framework="aiogram", seed=1)
    assert result.good, result
    assert result.deliveries > result.updates == 48


@pytest.mark.slow
@pytest.mark.parametrize("framework", FRAMEWORKS)
async def test_refusals_failures_and_silence_lose_nothing_and_break_no_limit(
    tmp_path: Path, framework: str
) -> None:
    result = await faults.run(tmp_path, chats=20, messages=2, framework=framework, seed=3)
    assert result.good, result
    assert result.refused and result.broken and result.ambiguous

"""Completed contracts have a PDF that verifies, whatever happened; looked at in a process of its own."""

from __future__ import annotations

import sqlite3
from contextlib import closing
from pathlib import Path

from bot.installation import open_reverifying
from bot.settings import Settings
from tests.clock import ManualClock
from tests.crash.living import in_a_child

COMPLETED = "SELECT count(*) FROM contracts WHERE state = 'completed'"


def completed(data: Path) -> int:
    """How many contracts call themselves completed."""
    with closing(sqlite3.connect(data / "sealbot.db")) as db:
        return int(db.execute(COMPLETED).fetchone()[0])


def not_valid(data: Path) -> list[str]:
    """What is wrong with the files of completed contracts, in words."""
    if not completed(data):
        return []
    report = data.parent / "invalid"
    status = in_a_child(lambda: _verify(data, report))
    return report.read_text().splitlines() if status == 0 else [f"verifying ended with {status}"]


def _verify(data: Path, report: Path) -> None:
    with open_reverifying(Settings(data=data)) as reverifying:
        faults = reverifying.run(ManualClock().moment.replace(year=2027))
    report.write_text("".join(f"{contract}: {reason}\n" for contract, reason in faults))

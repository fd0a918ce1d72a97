"""Several processes on one file, and processes that die."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path

import pytest

from signing.store.port import Store
from signing.store.sqlite import SqliteStore
from tests.clock import ManualClock
from tests.signing.store.process import add
from tests.signing.store.tables import MIGRATIONS

ROOT = Path(__file__).parents[3]
KILLS = 5


def start(what: str, path: Path, name: str, number: int) -> subprocess.Popen[str]:
    command = [sys.executable, "-m", "tests.signing.store.process", what, str(path), name, str(number)]
    return subprocess.Popen(command, cwd=ROOT, text=True, stdout=subprocess.PIPE, stderr=subprocess.PIPE)


def kill_after(process: subprocess.Popen[str], lines: int) -> list[str]:
    """What the process had said was durable when it was killed (SIGKILL) in the middle of its writes."""
    assert process.stdout
    said = [process.stdout.readline() for _ in range(lines)]
    process.kill()
    said += process.stdout.readlines()  # not communicate(), which forgets what readline had buffered
    process.communicate(timeout=10)
    return [line.strip() for line in said if line.endswith("\n")]


def reopened(path: Path) -> SqliteStore:
    return SqliteStore(path, ManualClock(), MIGRATIONS)


def sent(store: Store, chat: str) -> int:
    return len(store.read(lambda tx: tx.find("outbox_of_chat", chat=chat)))


def test_processes_that_start_at_once_on_one_file_lose_none_of_their_writes(tmp_path: Path) -> None:
    path = tmp_path / "shared.db"
    processes = [start("count", path, name, 300) for name in ("one", "two", "three")]
    ends = [process.communicate(timeout=60) for process in processes]
    assert [(out.strip(), error) for out, error in ends] == [("one", ""), ("two", ""), ("three", "")]
    store = reopened(path)
    total = store.read(lambda tx: tx.get("notes", "total"))
    store.close()
    assert total and total["count"] == 900


@pytest.mark.slow
def test_a_process_that_is_killed_in_the_middle_loses_nothing_that_was_told(tmp_path: Path) -> None:
    path = tmp_path / "killed.db"
    for kill in range(KILLS):
        told = kill_after(start("insert", path, f"run{kill}", 100_000), lines=50 + 37 * kill)
        store = reopened(path)
        missing = [key for key in told if store.read(lambda tx, key=key: tx.get("notes", key)) is None]
        doubled = [key for key in told if sent(store, key) != 1]
        store.write(add, f"after{kill}")
        store.close()
        assert (missing, doubled) == ([], [])
        assert len(told) >= 50


def test_a_process_that_is_killed_does_not_stop_the_other(tmp_path: Path) -> None:
    path = tmp_path / "shared.db"
    survivor = start("count", path, "survivor", 200)
    kill_after(start("insert", path, "victim", 100_000), lines=30)
    out, error = survivor.communicate(timeout=60)
    assert (out.strip(), error) == ("survivor", "")


def test_a_write_waits_for_the_one_of_another_process(store: SqliteStore, tmp_path: Path) -> None:
    other = reopened(tmp_path / "store.db")
    holding = other._writer._connection
    holding.execute("BEGIN IMMEDIATE")
    waiting = store.submit(lambda tx: tx.insert("notes", {"id": "n1"}))
    assert not waiting.done()
    holding.execute("COMMIT")
    assert waiting.result(10) is True
    other.close()

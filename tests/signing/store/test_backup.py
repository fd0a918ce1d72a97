"""A copy of the database, made while it is in use."""

from __future__ import annotations

import threading
from pathlib import Path

import pytest

from signing.store.port import StoreError, Tx
from signing.store.sqlite import SqliteStore
from tests.clock import ManualClock
from tests.signing.store.tables import MIGRATIONS


def pair(tx: Tx, number: int) -> None:
    """Two rows that are never without each other."""
    tx.insert("notes", {"id": f"left{number}"})
    tx.insert("notes", {"id": f"right{number}"})


def test_a_backup_made_while_others_write_is_whole(
    store: SqliteStore, tmp_path: Path, clock: ManualClock
) -> None:
    store.write(pair, 0)
    writing = threading.Thread(target=lambda: [store.write(pair, number) for number in range(1, 200)])
    writing.start()
    store.backup(tmp_path / "copy.db")
    writing.join()
    copy = SqliteStore(tmp_path / "copy.db", clock, MIGRATIONS)
    left, right = (
        [
            copy.read(lambda tx, key=f"{side}{number}": tx.get("notes", key)) is not None
            for number in range(200)
        ]
        for side in ("left", "right")
    )
    copy.close()
    assert left == right
    assert left[0] and left == sorted(left, reverse=True), "what came first is in it if anything later is"


def test_a_backup_is_one_file_for_its_owner_alone(store: SqliteStore, tmp_path: Path) -> None:
    store.backup(tmp_path / "copy.db")
    assert [(file.name, file.stat().st_mode & 0o777) for file in tmp_path.glob("copy*")] == [
        ("copy.db", 0o600)
    ]


def test_a_backup_never_replaces_a_file(store: SqliteStore, tmp_path: Path) -> None:
    (tmp_path / "copy.db").write_text("mine")
    with pytest.raises(StoreError, match="exists"):
        store.backup(tmp_path / "copy.db")
    assert (tmp_path / "copy.db").read_text() == "mine"

"""Migrations are applied once, in order, whole or not at all."""

from __future__ import annotations

from pathlib import Path

import pytest
from sqlite_utils import Database

from signing.store.connection import connect_writer
from signing.store.migrations import MIGRATIONS, applied, migrate
from signing.store.port import StoreError
from signing.store.schema.engine import m0001_engine
from signing.store.sqlite import SqliteStore
from tests.clock import ManualClock
from tests.signing.store.tables import m0002_tables


@pytest.fixture
def db(tmp_path: Path) -> Database:
    return Database(connect_writer(tmp_path / "plain.db"), execute_plugins=False)


def test_migrating_twice_is_migrating_once(db: Database) -> None:
    migrate(db, 1)
    schema = db.schema
    migrate(db, 2)
    assert db.schema == schema
    assert {row["applied"] for row in db.query("SELECT applied FROM migrations")} == {1}


def test_later_migrations_are_added_to_what_is_there(db: Database) -> None:
    migrate(db, 1, [m0001_engine])
    db.execute("INSERT INTO texts VALUES ('t', '+86', 'hello', 1)")
    migrate(db, 2, [m0001_engine, m0002_tables])
    assert applied(db) == ["m0001_engine", "m0002_tables"]
    assert db.table("texts").count == 1
    assert "notes" in db.table_names()


def test_a_migration_that_fails_leaves_nothing_of_itself(db: Database) -> None:
    def m0002_broken(db: Database) -> None:
        db.execute("CREATE TABLE half (id TEXT) STRICT")
        raise LookupError

    with pytest.raises(LookupError):
        migrate(db, 1, [m0001_engine, m0002_broken])
    assert applied(db) == ["m0001_engine"]
    assert "half" not in db.table_names()


def test_a_database_of_newer_code_is_not_opened(tmp_path: Path, clock: ManualClock) -> None:
    SqliteStore(tmp_path / "newer.db", clock, [m0001_engine, m0002_tables]).close()
    with pytest.raises(StoreError, match="m0002_tables"):
        SqliteStore(tmp_path / "newer.db", clock, [m0001_engine])


def test_a_database_of_other_code_is_not_opened(db: Database) -> None:
    def m0002_other(db: Database) -> None:
        db.execute("CREATE TABLE other (id TEXT) STRICT")

    migrate(db, 1, [m0001_engine, m0002_tables])
    with pytest.raises(StoreError):
        migrate(db, 1, [m0001_engine, m0002_other])


def test_migrations_stand_in_the_order_of_their_numbers(db: Database) -> None:
    with pytest.raises(StoreError, match="migration 1 is called m0002_tables"):
        migrate(db, 1, [m0002_tables])


def test_every_table_is_strict(db: Database) -> None:
    migrate(db, 1, MIGRATIONS)
    assert [table.name for table in db.tables if not table.strict] == ["sqlite_sequence"]


def test_a_file_that_is_no_database_is_not_opened(tmp_path: Path, clock: ManualClock) -> None:
    (tmp_path / "letter.db").write_bytes(b"Dear Sir or Madam, " * 100)
    with pytest.raises(StoreError, match="not a database"):
        SqliteStore(tmp_path / "letter.db", clock)

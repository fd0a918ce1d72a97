"""Small stand-ins for the domain's tables, so that the store is tested without the domain."""

from __future__ import annotations

from sqlite_utils import Database

from signing.store.migrations import Migration
from signing.store.schema.engine import m0001_engine

TABLES = """
CREATE TABLE contracts (id TEXT PRIMARY KEY NOT NULL, title TEXT NOT NULL, revision INTEGER NOT NULL DEFAULT 0) STRICT;
CREATE TABLE parties (id TEXT PRIMARY KEY NOT NULL, contract TEXT NOT NULL REFERENCES contracts, name TEXT) STRICT;
CREATE TABLE notes (
    id TEXT PRIMARY KEY NOT NULL,
    chat TEXT REFERENCES chats DEFERRABLE INITIALLY DEFERRED,
    word TEXT UNIQUE,
    count INTEGER NOT NULL DEFAULT 0
) STRICT;
CREATE TRIGGER lost AFTER INSERT ON notes WHEN NEW.word = 'lost' BEGIN SELECT RAISE (ROLLBACK, 'lost'); END;
"""


def m0002_tables(db: Database) -> None:
    db.executescript(TABLES)


MIGRATIONS: tuple[Migration, ...] = (m0001_engine, m0002_tables)

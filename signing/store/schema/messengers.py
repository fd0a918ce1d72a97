"""Migration 12: status boards in groups, and what a messenger calls the files that it has from us."""

from __future__ import annotations

from sqlite_utils import Database

TABLES = """
CREATE TABLE status_boards (
    id TEXT PRIMARY KEY NOT NULL,
    contract TEXT NOT NULL REFERENCES contracts,
    chat TEXT NOT NULL REFERENCES chats ON DELETE CASCADE,
    message TEXT NOT NULL,
    created INTEGER NOT NULL,
    UNIQUE (contract, chat)
) STRICT;

CREATE TABLE sent_files (
    id TEXT PRIMARY KEY NOT NULL,
    file TEXT NOT NULL,
    created INTEGER NOT NULL
) STRICT;
CREATE INDEX sent_files_created ON sent_files (created);
"""


def m0012_messengers(db: Database) -> None:
    """Status boards in groups, and what a messenger calls the files that it has from us."""
    db.executescript(TABLES)

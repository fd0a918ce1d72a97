"""Migration 10: how a document's pages lie, and each person's address book."""

from __future__ import annotations

from sqlite_utils import Database

TABLES = """
CREATE TABLE documents (
    id TEXT PRIMARY KEY NOT NULL,
    views TEXT NOT NULL
) STRICT;

CREATE TABLE page_pictures (
    id TEXT PRIMARY KEY NOT NULL,
    picture TEXT NOT NULL,
    mime TEXT NOT NULL
) STRICT;

CREATE TABLE address_book (
    id TEXT PRIMARY KEY NOT NULL,
    owner TEXT NOT NULL REFERENCES persons,
    sealed BLOB NOT NULL,
    used INTEGER NOT NULL,
    created INTEGER NOT NULL
) STRICT;
CREATE INDEX address_book_of_owner ON address_book (owner, used);
"""


def m0010_drafting(db: Database) -> None:
    """What drafts know beyond document and parties."""
    db.executescript(TABLES)

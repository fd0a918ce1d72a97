"""Migration 11: letters to signers, their questions, voidings, and the words of contracts that are searched."""

from __future__ import annotations

from sqlite_utils import Database

TABLES = """
CREATE TABLE letters (
    id TEXT PRIMARY KEY NOT NULL,
    party TEXT NOT NULL,
    kind TEXT NOT NULL CHECK (kind IN ('invitation', 'request', 'ended')),
    channel TEXT NOT NULL CHECK (channel IN ('chat', 'sms', 'email')),
    state TEXT NOT NULL CHECK (state IN ('waiting', 'sent', 'failed', 'void')),
    tries INTEGER NOT NULL DEFAULT 0,
    created INTEGER NOT NULL,
    settled INTEGER
) STRICT;
CREATE INDEX letters_of_party ON letters (party, created);
"""


def m0011_afterwards(db: Database) -> None:
    """What happens around and after signing."""
    db.executescript(TABLES)

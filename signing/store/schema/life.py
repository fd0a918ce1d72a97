"""Migration 3: reminders that were sent, and the evidence of completed contracts."""

from __future__ import annotations

from sqlite_utils import Database

TABLES = """
CREATE TABLE reminders (
    id TEXT PRIMARY KEY NOT NULL,
    contract TEXT NOT NULL REFERENCES contracts,
    party TEXT NOT NULL,
    phone TEXT NOT NULL,
    how TEXT NOT NULL CHECK (how IN ('sender', 'clock')),
    at INTEGER NOT NULL
) STRICT;
CREATE INDEX reminders_of_phone ON reminders (phone, how, at);
CREATE INDEX reminders_of_party ON reminders (party, how, at);

CREATE TABLE contract_proofs (
    id TEXT PRIMARY KEY NOT NULL REFERENCES contracts,
    number TEXT NOT NULL UNIQUE,
    report TEXT NOT NULL,
    bundle TEXT NOT NULL,
    created INTEGER NOT NULL
) STRICT;
"""


def m0003_life(db: Database) -> None:
    """Reminders and evidence."""
    db.executescript(TABLES)

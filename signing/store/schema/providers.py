"""What is asked of providers, what is tried again later, the operators' boards, and what is out of order."""

from __future__ import annotations

from sqlite_utils import Database

TABLES = """
CREATE TABLE askings (
    id TEXT PRIMARY KEY NOT NULL,
    check_id TEXT NOT NULL REFERENCES checks,
    person TEXT NOT NULL REFERENCES persons,
    verdict TEXT,
    differs TEXT,
    reference TEXT,
    created INTEGER NOT NULL
) STRICT;
CREATE INDEX askings_of_check ON askings (check_id, created);
CREATE INDEX askings_of_person ON askings (person, created);

CREATE TABLE waiting_checks (
    id TEXT PRIMARY KEY NOT NULL REFERENCES checks,
    attempt INTEGER NOT NULL,
    since INTEGER NOT NULL,
    due INTEGER NOT NULL
) STRICT;

CREATE TABLE boards (
    id TEXT PRIMARY KEY NOT NULL,
    message TEXT NOT NULL,
    waiting INTEGER NOT NULL,
    oldest INTEGER NOT NULL,
    median INTEGER
) STRICT;

CREATE TABLE faults (
    id TEXT PRIMARY KEY NOT NULL,
    since INTEGER NOT NULL,
    said INTEGER NOT NULL,
    times INTEGER NOT NULL,
    detail TEXT NOT NULL
) STRICT;
"""


def m0007_providers(db: Database) -> None:
    """Each question put to a provider, the checks whose provider did not answer, boards, faults."""
    db.executescript(TABLES)

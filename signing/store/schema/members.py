"""Migration 6: how colleagues join an enterprise and leave it, what happened in it, and codes that link chats."""

from __future__ import annotations

from sqlite_utils import Database

TABLES = """
CREATE TABLE passes (
    id TEXT PRIMARY KEY NOT NULL,
    kind TEXT NOT NULL CHECK (kind IN ('member', 'chat')),
    token TEXT NOT NULL UNIQUE,
    enterprise TEXT REFERENCES enterprises,
    name TEXT,
    phone TEXT,
    person TEXT NOT NULL REFERENCES persons,
    chat TEXT,
    state TEXT NOT NULL CHECK (state IN ('open', 'used', 'void')),
    expires INTEGER NOT NULL,
    created INTEGER NOT NULL
) STRICT;
CREATE INDEX passes_of_enterprise ON passes (enterprise, state);
CREATE INDEX passes_of_person ON passes (person, kind, state);

CREATE TABLE pass_tries (
    id TEXT PRIMARY KEY NOT NULL,
    chat TEXT NOT NULL,
    created INTEGER NOT NULL
) STRICT;
CREATE INDEX pass_tries_of_chat ON pass_tries (chat, created);
CREATE INDEX pass_tries_in_all ON pass_tries (created);

CREATE TABLE join_requests (
    id TEXT PRIMARY KEY NOT NULL,
    enterprise TEXT NOT NULL REFERENCES enterprises,
    person TEXT NOT NULL REFERENCES persons,
    state TEXT NOT NULL CHECK (state IN ('open', 'admitted', 'declined')),
    created INTEGER NOT NULL,
    decided INTEGER
) STRICT;
CREATE INDEX join_requests_of_enterprise ON join_requests (enterprise, person, created);

CREATE TABLE enterprise_events (
    id TEXT PRIMARY KEY NOT NULL,
    enterprise TEXT NOT NULL REFERENCES enterprises,
    kind TEXT NOT NULL,
    actor TEXT NOT NULL,
    person TEXT,
    about TEXT NOT NULL,
    at INTEGER NOT NULL
) STRICT;
CREATE INDEX events_of_enterprise ON enterprise_events (enterprise, at);
"""


def m0006_members(db: Database) -> None:
    """How colleagues join, act and leave."""
    db.executescript(TABLES)

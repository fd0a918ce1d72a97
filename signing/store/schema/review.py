"""Migration 4: proofs of checks, the cases that operators decide, operators, consents."""

from __future__ import annotations

from sqlite_utils import Database

TABLES = """
CREATE TABLE proofs (
    id TEXT PRIMARY KEY NOT NULL,
    check_id TEXT NOT NULL REFERENCES checks,
    part TEXT NOT NULL CHECK (part IN ('licence', 'letter', 'document')),
    digest TEXT NOT NULL,
    sharpness INTEGER NOT NULL,
    state TEXT NOT NULL CHECK (state IN ('current', 'replaced', 'forgotten')),
    created INTEGER NOT NULL
) STRICT;
CREATE INDEX proofs_of_check ON proofs (check_id, state);
CREATE INDEX proofs_of_digest ON proofs (digest);

CREATE TABLE cases (
    id TEXT PRIMARY KEY NOT NULL,
    number INTEGER NOT NULL UNIQUE,
    check_id TEXT NOT NULL UNIQUE REFERENCES checks,
    state TEXT NOT NULL CHECK (state IN ('waiting', 'taken', 'decided', 'returned', 'closed')),
    operator TEXT,
    leased_until INTEGER NOT NULL DEFAULT 0,
    seconded TEXT,
    shown TEXT,
    verdict TEXT CHECK (verdict IN ('approve', 'reject', 'again')),
    reason TEXT,
    part TEXT,
    decision TEXT,
    principal TEXT,
    opened INTEGER NOT NULL,
    decided INTEGER,
    created INTEGER NOT NULL
) STRICT;
CREATE INDEX cases_open ON cases (opened, number) WHERE state IN ('waiting', 'taken');
CREATE INDEX cases_decided ON cases (decided) WHERE decided IS NOT NULL;

CREATE TABLE case_events (
    id TEXT PRIMARY KEY NOT NULL,
    case_id TEXT NOT NULL REFERENCES cases,
    kind TEXT NOT NULL,
    operator TEXT,
    reason TEXT,
    part TEXT,
    shown TEXT,
    at INTEGER NOT NULL
) STRICT;
CREATE INDEX events_of_case ON case_events (case_id, at);

CREATE TABLE case_cards (
    id TEXT PRIMARY KEY NOT NULL,
    case_id TEXT NOT NULL REFERENCES cases,
    chat TEXT NOT NULL,
    message TEXT NOT NULL,
    UNIQUE (case_id, chat)
) STRICT;

CREATE TABLE operators (
    id TEXT PRIMARY KEY NOT NULL,
    name TEXT NOT NULL,
    created INTEGER NOT NULL
) STRICT;

CREATE TABLE consents (
    id TEXT PRIMARY KEY NOT NULL,
    person TEXT NOT NULL,
    purpose TEXT NOT NULL,
    wording TEXT NOT NULL,
    created INTEGER NOT NULL,
    UNIQUE (person, purpose, wording)
) STRICT;
"""


def m0004_review(db: Database) -> None:
    """Who looks at what no register can answer."""
    db.executescript(TABLES)

"""Migration 11: letters to signers, their questions, voidings, and the words of contracts that are searched."""

from __future__ import annotations

from sqlite_utils import Database

TABLES = """
CREATE TABLE letters (
    id TEXT PRIMARY KEY NOT NULL,
    party TEXT NOT NULL,
    kind TEXT NOT NULL CHECK (kind IN ('invitation', 'request', 'copy', 'ended')),
    channel TEXT NOT NULL CHECK (channel IN ('chat', 'sms', 'email')),
    state TEXT NOT NULL CHECK (state IN ('waiting', 'sent', 'failed', 'void')),
    tries INTEGER NOT NULL DEFAULT 0,
    created INTEGER NOT NULL,
    settled INTEGER
) STRICT;
CREATE INDEX letters_of_party ON letters (party, created);

CREATE TABLE questions (
    id TEXT PRIMARY KEY NOT NULL,
    contract TEXT NOT NULL REFERENCES contracts,
    party TEXT NOT NULL,
    kind TEXT NOT NULL CHECK (kind IN ('question', 'time')),
    asker TEXT NOT NULL,
    asked BLOB NOT NULL,
    answerer TEXT,
    answer BLOB,
    created INTEGER NOT NULL,
    answered INTEGER
) STRICT;
CREATE INDEX questions_of_contract ON questions (contract, created);
CREATE INDEX questions_of_asker ON questions (asker, created);
CREATE INDEX questions_of_party ON questions (party, created);
CREATE INDEX questions_of_answerer ON questions (answerer, answered) WHERE answerer IS NOT NULL;

CREATE TABLE voidings (
    id TEXT PRIMARY KEY NOT NULL REFERENCES contracts,
    voids TEXT NOT NULL REFERENCES contracts,
    reason TEXT NOT NULL,
    created INTEGER NOT NULL,
    settled INTEGER
) STRICT;
CREATE INDEX voidings_of_contract ON voidings (voids);

CREATE TABLE contract_words (
    id TEXT PRIMARY KEY NOT NULL REFERENCES contracts,
    words TEXT NOT NULL
) STRICT;
"""


def m0011_afterwards(db: Database) -> None:
    """What happens around and after signing."""
    db.executescript(TABLES)

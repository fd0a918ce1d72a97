"""Migration 9: forms (Word files with fields), what is filled into them, and what signers fill in."""

from __future__ import annotations

from sqlite_utils import Database

TABLES = """
CREATE TABLE forms (
    id TEXT PRIMARY KEY NOT NULL,
    owner TEXT NOT NULL,
    name TEXT NOT NULL,
    state TEXT NOT NULL CHECK (state IN ('kept', 'retired')),
    version INTEGER NOT NULL,
    author TEXT NOT NULL,
    created INTEGER NOT NULL,
    changed INTEGER NOT NULL
) STRICT;
CREATE INDEX forms_of_owner ON forms (owner, state, name);

CREATE TABLE form_versions (
    id TEXT PRIMARY KEY NOT NULL,
    form TEXT NOT NULL REFERENCES forms,
    number INTEGER NOT NULL,
    digest TEXT NOT NULL,
    fields TEXT NOT NULL,
    roles TEXT NOT NULL,
    author TEXT NOT NULL,
    created INTEGER NOT NULL,
    UNIQUE (form, number)
) STRICT;

CREATE TABLE rosters (
    id TEXT PRIMARY KEY NOT NULL,
    person TEXT NOT NULL,
    form TEXT NOT NULL REFERENCES forms,
    version INTEGER NOT NULL,
    rows INTEGER NOT NULL,
    created INTEGER NOT NULL
) STRICT;

CREATE TABLE fillings (
    id TEXT PRIMARY KEY NOT NULL,
    form TEXT NOT NULL REFERENCES forms,
    version INTEGER NOT NULL,
    person TEXT NOT NULL,
    roster TEXT REFERENCES rosters,
    line INTEGER NOT NULL,
    sealed BLOB NOT NULL,
    contract TEXT,
    changed INTEGER NOT NULL
) STRICT;
CREATE INDEX fillings_of_form ON fillings (form, person, changed);
CREATE INDEX fillings_of_roster ON fillings (roster, line);

CREATE TABLE entries (
    id TEXT PRIMARY KEY NOT NULL,
    contract TEXT NOT NULL REFERENCES contracts,
    party TEXT NOT NULL,
    person TEXT NOT NULL,
    sealed BLOB NOT NULL,
    changed INTEGER NOT NULL
) STRICT;
CREATE INDEX entries_of_party ON entries (party);
"""


def m0009_forms(db: Database) -> None:
    """Forms, fillings, and the entries of signers."""
    db.executescript(TABLES)

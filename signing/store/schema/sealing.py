"""Migration 5: who may use which seal, who asked to, and the signed record of each seal."""

from __future__ import annotations

from sqlite_utils import Database

TABLES = """
CREATE TABLE grants (
    id TEXT PRIMARY KEY NOT NULL,
    enterprise TEXT NOT NULL REFERENCES enterprises,
    seal TEXT NOT NULL REFERENCES seals,
    person TEXT NOT NULL REFERENCES persons,
    contract TEXT,
    until INTEGER NOT NULL,
    uses INTEGER,
    state TEXT NOT NULL CHECK (state IN ('asked', 'given', 'refused', 'revoked', 'used')),
    created INTEGER NOT NULL
) STRICT;
CREATE INDEX grants_of_seal ON grants (seal, person, state);
CREATE INDEX grants_of_enterprise ON grants (enterprise, state);

CREATE TABLE seal_records (
    id TEXT PRIMARY KEY NOT NULL REFERENCES seals,
    record BLOB NOT NULL,
    created INTEGER NOT NULL
) STRICT;
"""


def m0005_sealing(db: Database) -> None:
    """Grants and records."""
    db.executescript(TABLES)

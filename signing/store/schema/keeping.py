"""How seals are watched over: those that are not drawn by us may have to wait for an operator."""

from __future__ import annotations

from sqlite_utils import Database

TABLES = """
CREATE TABLE seal_reviews (
    id TEXT PRIMARY KEY NOT NULL REFERENCES seals,
    photo TEXT NOT NULL,
    state TEXT NOT NULL CHECK (state IN ('waiting', 'approved', 'refused')),
    operator TEXT,
    leased_until INTEGER,
    reason TEXT NOT NULL DEFAULT '',
    created INTEGER NOT NULL,
    decided INTEGER
) STRICT;
CREATE INDEX seal_reviews_waiting ON seal_reviews (created) WHERE state = 'waiting';
CREATE INDEX seal_reviews_decided ON seal_reviews (decided) WHERE decided IS NOT NULL;

CREATE TABLE seal_review_cards (
    id TEXT PRIMARY KEY NOT NULL,
    seal TEXT NOT NULL REFERENCES seals,
    chat TEXT NOT NULL,
    message TEXT NOT NULL,
    UNIQUE (seal, chat)
) STRICT;
"""


def m0008_keeping(db: Database) -> None:
    """Reviews of seals, and the card of each in each operator's chat."""
    db.executescript(TABLES)

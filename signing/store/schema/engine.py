"""Migration 1: the tables of the conversation engine, its queues, the vault and the blobs."""

from __future__ import annotations

from sqlite_utils import Database

TABLES = """
CREATE TABLE chats (
    id TEXT PRIMARY KEY NOT NULL,
    messenger TEXT NOT NULL,
    address TEXT NOT NULL,
    person TEXT,
    language TEXT NOT NULL,
    state TEXT NOT NULL,
    profile TEXT,
    created INTEGER NOT NULL,
    UNIQUE (messenger, address)
) STRICT;
CREATE INDEX chats_of_person ON chats (person) WHERE person IS NOT NULL;

CREATE TABLE inbox (
    number INTEGER PRIMARY KEY AUTOINCREMENT,
    messenger TEXT NOT NULL,
    update_id TEXT NOT NULL,
    chat TEXT NOT NULL,
    payload TEXT NOT NULL,
    state INTEGER NOT NULL DEFAULT 0 CHECK (state IN (0, 1, 2)),
    attempt INTEGER NOT NULL DEFAULT 0,
    received INTEGER NOT NULL,
    UNIQUE (messenger, update_id)
) STRICT;
CREATE INDEX inbox_open ON inbox (chat, number) WHERE state = 0;
CREATE INDEX inbox_of_chat ON inbox (chat, number);
CREATE INDEX inbox_received ON inbox (received);
CREATE INDEX inbox_failed ON inbox (number) WHERE state = 2;

CREATE TABLE outbox (
    number INTEGER PRIMARY KEY AUTOINCREMENT,
    chat TEXT NOT NULL,
    op TEXT NOT NULL,
    message TEXT,
    payload TEXT NOT NULL,
    state TEXT NOT NULL DEFAULT 'ready' CHECK (state IN ('ready', 'sent', 'dead')),
    due INTEGER NOT NULL,
    attempt INTEGER NOT NULL DEFAULT 0,
    leased_until INTEGER NOT NULL DEFAULT 0
) STRICT;
CREATE INDEX outbox_ready ON outbox (chat, number) WHERE state = 'ready';
CREATE INDEX outbox_dead ON outbox (number) WHERE state = 'dead';

CREATE TABLE conversations (
    id TEXT PRIMARY KEY NOT NULL,
    chat TEXT NOT NULL REFERENCES chats ON DELETE CASCADE,
    dialogue TEXT NOT NULL,
    args TEXT NOT NULL,
    state TEXT NOT NULL CHECK (state IN ('running', 'waiting', 'parked', 'ended')),
    question TEXT,
    album TEXT,
    card TEXT,
    release TEXT NOT NULL,
    created INTEGER NOT NULL,
    changed INTEGER NOT NULL
) STRICT;
CREATE INDEX conversations_of_chat ON conversations (chat, state, changed);

CREATE TABLE messages (
    id TEXT PRIMARY KEY NOT NULL,
    chat TEXT NOT NULL REFERENCES chats ON DELETE CASCADE,
    conversation TEXT REFERENCES conversations ON DELETE SET NULL,
    payload TEXT NOT NULL,
    ref TEXT,
    parts TEXT,
    buttons INTEGER NOT NULL CHECK (buttons IN (0, 1)),
    created INTEGER NOT NULL,
    changed INTEGER NOT NULL
) STRICT;
CREATE INDEX messages_of_chat ON messages (chat, created, id);
CREATE INDEX messages_by_reference ON messages (chat, ref) WHERE ref IS NOT NULL;
CREATE INDEX messages_of_conversation ON messages (conversation) WHERE conversation IS NOT NULL;

CREATE TABLE journal (
    conversation TEXT NOT NULL REFERENCES conversations ON DELETE CASCADE,
    position INTEGER NOT NULL,
    key TEXT NOT NULL,
    value TEXT NOT NULL,
    PRIMARY KEY (conversation, position),
    UNIQUE (conversation, key)
) STRICT, WITHOUT ROWID;

CREATE TABLE calls (
    id TEXT PRIMARY KEY NOT NULL,
    conversation TEXT REFERENCES conversations ON DELETE CASCADE,
    key TEXT NOT NULL,
    work TEXT NOT NULL,
    args TEXT NOT NULL,
    state TEXT NOT NULL DEFAULT 'ready' CHECK (state IN ('ready', 'done', 'failed')),
    attempt INTEGER NOT NULL DEFAULT 0,
    leased_until INTEGER NOT NULL DEFAULT 0,
    due INTEGER NOT NULL,
    result TEXT,
    UNIQUE (conversation, key)
) STRICT;
CREATE INDEX calls_ready ON calls (due) WHERE state = 'ready';

CREATE TABLE timers (
    id TEXT PRIMARY KEY NOT NULL,
    due INTEGER NOT NULL,
    kind TEXT NOT NULL,
    subject TEXT NOT NULL,
    data TEXT NOT NULL,
    state TEXT NOT NULL DEFAULT 'set' CHECK (state IN ('set', 'fired', 'off'))
) STRICT;
CREATE INDEX timers_set ON timers (due, id) WHERE state = 'set';
CREATE INDEX timers_of_subject ON timers (subject, kind);

CREATE TABLE secrets (
    id TEXT PRIMARY KEY NOT NULL,
    subject TEXT NOT NULL,
    sealed BLOB NOT NULL,
    created INTEGER NOT NULL
) STRICT;
CREATE INDEX secrets_of_subject ON secrets (subject);

CREATE TABLE subject_keys (
    id TEXT PRIMARY KEY NOT NULL,
    wrapped BLOB NOT NULL,
    created INTEGER NOT NULL
) STRICT;

CREATE TABLE blobs (
    id TEXT PRIMARY KEY NOT NULL CHECK (length(id) = 64),
    size INTEGER NOT NULL,
    mime TEXT NOT NULL,
    subject TEXT,
    created INTEGER NOT NULL
) STRICT;
CREATE INDEX blobs_of_subject ON blobs (subject) WHERE subject IS NOT NULL;

CREATE TABLE texts (
    id TEXT PRIMARY KEY NOT NULL,
    phone TEXT NOT NULL,
    body TEXT NOT NULL,
    created INTEGER NOT NULL
) STRICT;
CREATE INDEX texts_of_phone ON texts (phone, created, id);
"""


def m0001_engine(db: Database) -> None:
    """Chats, inbox, outbox, conversations with their journal and calls, timers, secrets, blobs, test texts."""
    db.executescript(TABLES)

"""Migration 2: persons, enterprises, checks, certificates, seals, contracts and their trail."""

from __future__ import annotations

from sqlite_utils import Database

TABLES = """
CREATE TABLE persons (
    id TEXT PRIMARY KEY NOT NULL,
    phone TEXT UNIQUE,
    name TEXT,
    identity TEXT UNIQUE,
    identity_tail TEXT,
    mailbox BLOB,
    acting TEXT,
    created INTEGER NOT NULL
) STRICT;

CREATE TABLE enterprises (
    id TEXT PRIMARY KEY NOT NULL,
    code TEXT NOT NULL UNIQUE,
    name TEXT NOT NULL,
    representative TEXT NOT NULL,
    state TEXT NOT NULL CHECK (state IN ('checked', 'suspended')),
    created INTEGER NOT NULL
) STRICT;

CREATE TABLE members (
    id TEXT PRIMARY KEY NOT NULL,
    enterprise TEXT NOT NULL REFERENCES enterprises,
    person TEXT NOT NULL REFERENCES persons,
    role TEXT NOT NULL CHECK (role IN ('admin', 'member')),
    created INTEGER NOT NULL,
    UNIQUE (enterprise, person)
) STRICT;
CREATE INDEX members_of_person ON members (person);

CREATE TABLE checks (
    id TEXT PRIMARY KEY NOT NULL,
    kind TEXT NOT NULL CHECK (kind IN ('person', 'enterprise')),
    person TEXT NOT NULL REFERENCES persons,
    state TEXT NOT NULL CHECK (state IN ('collecting', 'running', 'reviewing', 'passed', 'failed')),
    ground TEXT NOT NULL DEFAULT 'elements'
        CHECK (ground IN ('elements', 'representative', 'attorney', 'document')),
    elements BLOB,
    provider TEXT NOT NULL,
    verdict TEXT,
    reference TEXT,
    created INTEGER NOT NULL,
    decided INTEGER
) STRICT;
CREATE INDEX checks_of_person ON checks (person, created);

CREATE TABLE certificates (
    id TEXT PRIMARY KEY NOT NULL,
    principal TEXT NOT NULL,
    pem TEXT NOT NULL,
    key BLOB NOT NULL,
    fingerprint TEXT NOT NULL,
    not_before INTEGER NOT NULL,
    not_after INTEGER NOT NULL,
    state TEXT NOT NULL CHECK (state IN ('valid', 'revoked', 'replaced')),
    reason TEXT,
    revoked INTEGER
) STRICT;
CREATE INDEX certificates_of_principal ON certificates (principal, not_before);
CREATE INDEX certificates_valid ON certificates (not_after, id) WHERE state = 'valid';
CREATE INDEX certificates_revoked ON certificates (revoked, id) WHERE state = 'revoked';

CREATE TABLE authorities (
    id TEXT PRIMARY KEY NOT NULL,
    exported TEXT NOT NULL,
    created INTEGER NOT NULL
) STRICT;

CREATE TABLE seals (
    id TEXT PRIMARY KEY NOT NULL,
    owner TEXT NOT NULL,
    kind TEXT NOT NULL,
    text TEXT NOT NULL,
    picture TEXT NOT NULL,
    width_mm REAL NOT NULL,
    height_mm REAL NOT NULL,
    made TEXT NOT NULL CHECK (made IN ('online', 'photo', 'drawn')),
    state TEXT NOT NULL CHECK (state IN ('waiting', 'usable', 'suspended', 'retired')),
    name TEXT NOT NULL DEFAULT '',
    preferred INTEGER NOT NULL DEFAULT 0,
    retired INTEGER,
    retired_from TEXT,
    created INTEGER NOT NULL
) STRICT;
CREATE INDEX seals_of_owner ON seals (owner, created);
CREATE INDEX seals_of_picture ON seals (picture);

CREATE TABLE contracts (
    id TEXT PRIMARY KEY NOT NULL,
    title TEXT NOT NULL,
    sender TEXT NOT NULL REFERENCES persons,
    state TEXT NOT NULL
        CHECK (state IN ('draft', 'signing', 'completed', 'refused', 'withdrawn', 'expired', 'discarded')),
    document TEXT NOT NULL,
    pages INTEGER NOT NULL,
    deadline INTEGER NOT NULL,
    remind TEXT,
    number TEXT UNIQUE,
    plan INTEGER NOT NULL,
    prepared TEXT,
    revision INTEGER NOT NULL DEFAULT 0,
    current TEXT NOT NULL,
    proposals TEXT NOT NULL,
    reason TEXT,
    created INTEGER NOT NULL,
    changed INTEGER NOT NULL
) STRICT;
CREATE INDEX contracts_of_sender ON contracts (sender, state, deadline);
CREATE INDEX contracts_of_document ON contracts (document);

CREATE TABLE parties (
    id TEXT PRIMARY KEY NOT NULL,
    contract TEXT NOT NULL REFERENCES contracts,
    position INTEGER NOT NULL,
    kind TEXT NOT NULL CHECK (kind IN ('enterprise', 'person')),
    name TEXT NOT NULL,
    code TEXT,
    contact TEXT NOT NULL,
    phone TEXT NOT NULL,
    email TEXT,
    turn INTEGER NOT NULL DEFAULT 1,
    person TEXT,
    enterprise TEXT,
    state TEXT NOT NULL CHECK (state IN ('planned', 'invited', 'opened', 'signed', 'refused')),
    token TEXT UNIQUE,
    handed TEXT UNIQUE,
    seal TEXT,
    certificate TEXT,
    signed INTEGER,
    signs INTEGER NOT NULL DEFAULT 1,
    straddle INTEGER NOT NULL DEFAULT 1,
    removed INTEGER,
    UNIQUE (contract, position)
) STRICT;
CREATE INDEX parties_of_person ON parties (person, state);
CREATE INDEX parties_of_phone ON parties (phone, state);
CREATE INDEX parties_of_enterprise ON parties (enterprise) WHERE enterprise IS NOT NULL;
CREATE INDEX parties_of_code ON parties (code) WHERE code IS NOT NULL;
CREATE INDEX parties_of_seal ON parties (seal, signed) WHERE seal IS NOT NULL;
CREATE INDEX parties_of_certificate ON parties (certificate) WHERE certificate IS NOT NULL;

CREATE TABLE areas (
    id TEXT PRIMARY KEY NOT NULL,
    contract TEXT NOT NULL REFERENCES contracts,
    party TEXT NOT NULL REFERENCES parties,
    kind TEXT NOT NULL CHECK (kind IN ('seal', 'signature', 'straddle', 'date', 'text')),
    page INTEGER NOT NULL,
    x0 REAL NOT NULL,
    y0 REAL NOT NULL,
    x1 REAL NOT NULL,
    y1 REAL NOT NULL,
    anchor TEXT NOT NULL,
    field TEXT,
    removed INTEGER
) STRICT;
CREATE INDEX areas_of_contract ON areas (contract);

CREATE TABLE revisions (
    id TEXT PRIMARY KEY NOT NULL,
    contract TEXT NOT NULL REFERENCES contracts,
    number INTEGER NOT NULL,
    digest TEXT NOT NULL,
    party TEXT,
    created INTEGER NOT NULL,
    UNIQUE (contract, number)
) STRICT;
CREATE INDEX revisions_of_digest ON revisions (digest);

CREATE TABLE challenges (
    id TEXT PRIMARY KEY NOT NULL,
    person TEXT,
    chat TEXT NOT NULL,
    phone TEXT NOT NULL,
    purposes TEXT NOT NULL,
    binding TEXT NOT NULL,
    code TEXT NOT NULL,
    channel TEXT NOT NULL,
    state TEXT NOT NULL CHECK (state IN ('open', 'accepted', 'closed')),
    used TEXT NOT NULL,
    tries INTEGER NOT NULL,
    created INTEGER NOT NULL,
    expires INTEGER NOT NULL,
    accepted INTEGER
) STRICT;
CREATE INDEX challenges_of_phone ON challenges (phone, created);
CREATE INDEX challenges_of_chat ON challenges (chat, created);
CREATE INDEX challenges_of_person ON challenges (person) WHERE person IS NOT NULL;
CREATE INDEX challenges_created ON challenges (created);

CREATE TABLE audit (
    id TEXT PRIMARY KEY NOT NULL,
    contract TEXT NOT NULL REFERENCES contracts,
    number INTEGER NOT NULL,
    kind TEXT NOT NULL,
    actor TEXT,
    facts TEXT NOT NULL,
    at INTEGER NOT NULL,
    previous TEXT NOT NULL,
    digest TEXT NOT NULL,
    UNIQUE (contract, number)
) STRICT;
"""


def m0002_domain(db: Database) -> None:
    """Who may sign, with what, and what they sign."""
    db.executescript(TABLES)

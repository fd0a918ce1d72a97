"""What must be the same after a life with a crash in it as after one without."""

from __future__ import annotations

import json
import sqlite3
from contextlib import closing
from pathlib import Path
from typing import Any

from signing.audit import START, digest_of

SENT_AGAIN = ("texts", "outbox")
"""Tables of what leaves the house: a crash can repeat a notice."""

OPEN = """
SELECT 'update', state, count(*) FROM inbox WHERE state <> 1 GROUP BY 2
UNION ALL SELECT 'call', state, count(*) FROM calls WHERE state <> 'done' GROUP BY 2
UNION ALL SELECT 'message', state, count(*) FROM outbox WHERE state <> 'sent' GROUP BY 2
"""
FACTS = {
    "contracts": "SELECT title, state, revision FROM contracts ORDER BY id",
    "parties": "SELECT contracts.title, parties.name, parties.state FROM parties JOIN contracts ON contracts.id = contract ORDER BY 1, 2",
    "trail": "SELECT contracts.title, audit.kind FROM audit JOIN contracts ON contracts.id = audit.contract ORDER BY 1, audit.number",
    "challenges": "SELECT purposes, state, used FROM challenges ORDER BY id",
    "cases": "SELECT state FROM cases ORDER BY id",
    "checks": "SELECT kind, state FROM checks ORDER BY id",
    "timers": "SELECT kind, count(*) FROM timers WHERE state <> 'off' GROUP BY 1 ORDER BY 1",
    "questions": "SELECT address, dialogue, json_extract(question, '$.key') FROM conversations JOIN chats ON chats.id = chat WHERE conversations.state <> 'ended' ORDER BY 1, 2, 3",
}


def judged(data: Path) -> dict[str, Any]:
    """The state of an installation at rest, without what differs from one life to the next."""
    with closing(sqlite3.connect(data / "sealbot.db")) as db:
        facts = {name: db.execute(query).fetchall() for name, query in FACTS.items()}
        return {
            **facts,
            "rows": {table: _count(db, table) for table in _tables(db) if table not in SENT_AGAIN},
            "unfinished": db.execute(OPEN).fetchall(),
            "broken trails": _broken_trails(db),
            "files missing": [digest for digest in _named(db) if not _file(data, digest).exists()],
        }


def differences(golden: dict[str, Any], seen: dict[str, Any]) -> list[str]:
    """Each fact that is not as it should be, in words."""
    return [
        f"{name}: {golden[name]} became {seen[name]}"
        for name in golden
        if _plain(golden[name]) != _plain(seen[name])
    ]


def _plain(value: Any) -> Any:
    return json.loads(json.dumps(value, default=str))


def _tables(db: sqlite3.Connection) -> list[str]:
    found = db.execute(
        "SELECT name FROM sqlite_schema WHERE type = 'table' AND name NOT LIKE 'sqlite_%' ORDER BY name"
    )
    return [name for (name,) in found]


STRAY = " WHERE subject IS NULL OR id IN (SELECT digest FROM proofs)"
"""A paper that was sealed but not filed when the process died is sealed again; the retention job takes the first away."""


def _count(db: sqlite3.Connection, table: str) -> int:
    return int(db.execute(f"SELECT count(*) FROM [{table}]{STRAY if table == 'blobs' else ''}").fetchone()[0])


def _named(db: sqlite3.Connection) -> list[str]:
    return [digest for (digest,) in db.execute("SELECT id FROM blobs")]


def _file(data: Path, digest: str) -> Path:
    return data / "blobs" / digest[:2] / digest[2:4] / digest


def _broken_trails(db: sqlite3.Connection) -> list[str]:
    db.row_factory = sqlite3.Row
    broken, previous = [], {}
    for row in map(dict, db.execute("SELECT * FROM audit ORDER BY contract, number")):
        if row["previous"] != previous.get(row["contract"], START) or row["digest"] != digest_of(row):
            broken.append(row["contract"])
        previous[row["contract"]] = row["digest"]
    db.row_factory = None
    return broken

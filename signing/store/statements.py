"""The named statements of `queries/*.sql`."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path

from signing.store.port import StoreError

QUERIES = Path(__file__).parent / "queries"
NAME = re.compile(r"^-- name: (\w+)[ \t]*$", re.MULTILINE)
COMMENT = re.compile(r"--[^\n]*")
TARGET = re.compile(r"(?:insert\s+into|update|delete\s+from)\s+\"?(\w+)", re.IGNORECASE)


@dataclass(frozen=True, slots=True)
class Statement:
    """One statement. `target` is the table that it writes, None if it only reads."""

    name: str
    sql: str
    target: str | None


def load(folder: Path = QUERIES) -> Mapping[str, Statement]:
    """All statements of a folder's `*.sql`, each under a `-- name: the_name` line.

    Raises StoreError for a name that stands twice and for text before the first name.
    """
    found: dict[str, Statement] = {}
    for file in sorted(folder.glob("*.sql")):
        for statement in parse(file.read_text("utf-8"), file.name):
            if statement.name in found:
                raise StoreError(f"two statements are named {statement.name} (the second in {file.name})")
            found[statement.name] = statement
    return found


def parse(text: str, source: str) -> Iterator[Statement]:
    """The statements of one file."""
    preface, *parts = NAME.split(text)
    if COMMENT.sub("", preface).strip():
        raise StoreError(f"{source}: SQL before the first '-- name:' line")
    for name, body in zip(parts[::2], parts[1::2], strict=True):
        sql = COMMENT.sub("", body).strip().rstrip(";")
        if not sql:
            raise StoreError(f"{source}: {name} is empty")
        target = TARGET.match(sql)
        yield Statement(name, sql, target[1].lower() if target else None)

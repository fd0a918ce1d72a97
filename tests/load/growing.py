"""A large installation out of a small one: its people and contracts again and again, under names of their own."""

from __future__ import annotations

import sqlite3
from collections.abc import Iterator
from contextlib import closing
from dataclasses import dataclass
from pathlib import Path
from typing import Any

PASSING = {
    "authorities", "blobs", "calls", "case_cards", "case_events", "cases", "challenges", "conversations", "inbox",
    "journal", "messages", "migrations", "outbox", "proofs", "secrets", "subject_keys", "texts",
}  # fmt: skip
"""What is not multiplied: what is there once, and what the housekeeping takes away."""

MINUTE = 60_000
TIMES = {"created", "changed", "deadline", "due", "at", "signed"}
COPIES = 5
"""Of each of a small world's contracts."""


@dataclass(frozen=True, slots=True)
class Table:
    """The rows to multiply; `keys` are columns whose values name something, `of_contract`: once more for each contract."""

    name: str
    columns: list[str]
    rows: list[tuple[Any, ...]]
    of_contract: bool


@dataclass(frozen=True, slots=True)
class Seed:
    """A small installation, read. `world`: what names a person or thing of it, `contract`: what names a contract's."""

    tables: list[Table]
    world: frozenset[str]
    contract: frozenset[str]
    contracts: int


def read_seed(database: Path) -> Seed:
    with closing(sqlite3.connect(database)) as db:
        names = [name for name in _tables(db) if name not in PASSING and not name.startswith("sqlite_")]
        of_contract = _of_contracts(db, names)
        contracts = {key for (key,) in db.execute("SELECT id FROM contracts")}
        tables = [_table(db, name, name in of_contract) for name in names if name != "timers"]
        tables.append(_timers(db, contracts))
        keys = {table.name: _names_in(db, table) for table in tables}
    inner = frozenset().union(*(keys[table.name] for table in tables if table.of_contract))
    outer = frozenset().union(*(keys[table.name] for table in tables if not table.of_contract))
    return Seed(tables, outer, inner - outer, len(contracts))


def grow(database: Path, seed: Seed, contracts: int) -> None:
    """Fill up to about so many contracts; the database is written anew when that is done."""
    worlds = -(-contracts // (seed.contracts * COPIES))
    with closing(sqlite3.connect(database, isolation_level=None)) as db:
        db.execute("PRAGMA synchronous = OFF")
        db.execute("BEGIN")
        for table in seed.tables:
            marks = ", ".join("?" * len(table.columns))
            statement = f"INSERT INTO [{table.name}] ({', '.join(table.columns)}) VALUES ({marks})"
            db.executemany(statement, _multiplied(table, seed, worlds))
        db.execute("COMMIT")
        db.execute("ANALYZE")


def address(world: int, who: str) -> str:
    """The chat of one of the multiplied people."""
    return f"{who}~{world}"


def _multiplied(table: Table, seed: Seed, worlds: int) -> Iterator[list[Any]]:
    for world in range(worlds):
        for copy in range(COPIES if table.of_contract else 1):
            later = (world * COPIES + copy) * MINUTE
            for row in table.rows:
                yield [
                    _renamed(seed, name, value, world, copy, later)
                    for name, value in zip(table.columns, row, strict=True)
                ]


def _renamed(seed: Seed, column: str, value: Any, world: int, copy: int, later: int) -> Any:
    if isinstance(value, str):
        if value in seed.contract:
            return f"{value}~{world}~{copy}"
        return f"{value}~{world}" if value in seed.world else value
    if isinstance(value, int) and column in TIMES:
        return value + later
    return value


def _table(db: sqlite3.Connection, name: str, of_contract: bool) -> Table:
    cursor = db.execute(f"SELECT * FROM [{name}]")
    columns = [column[0] for column in cursor.description]
    return Table(name, columns, cursor.fetchall(), of_contract)


def _timers(db: sqlite3.Connection, contracts: set[str]) -> Table:
    table = _table(db, "timers", True)
    subject = table.columns.index("subject")
    return Table("timers", table.columns, [row for row in table.rows if row[subject] in contracts], True)


def _names_in(db: sqlite3.Connection, table: Table) -> set[str]:
    """The texts in columns that are unique, and phones."""
    unique = {"phone"} | {
        column
        for _, index, is_unique, *_ in db.execute(f"PRAGMA index_list([{table.name}])")
        if is_unique
        for columns in [[row[2] for row in db.execute(f"PRAGMA index_info([{index}])")]]
        if len(columns) == 1
        for column in columns
    }
    places = [at for at, column in enumerate(table.columns) if column in unique]
    if table.name == "chats":
        places.append(table.columns.index("address"))
    return {row[at] for row in table.rows for at in places if isinstance(row[at], str)}


def _of_contracts(db: sqlite3.Connection, names: list[str]) -> set[str]:
    """The tables whose rows belong to a contract, at whatever distance."""
    parents = {name: {row[2] for row in db.execute(f"PRAGMA foreign_key_list([{name}])")} for name in names}
    found = {"contracts"}
    while more := {name for name in names if parents[name] & found} - found:
        found |= more
    return found


def _tables(db: sqlite3.Connection) -> list[str]:
    return [name for (name,) in db.execute("SELECT name FROM sqlite_schema WHERE type = 'table'")]

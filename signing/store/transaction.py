"""One transaction on SQLite: the verbs of the Store port."""

from __future__ import annotations

import sqlite3
from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass
from typing import Any, Concatenate, ParamSpec, TypeVar

from signing.store.aggregates import AGGREGATES
from signing.store.connection import translated
from signing.store.port import Missing, NotHeld, Queue, Row, StoreError, Tx
from signing.store.statements import Statement

P = ParamSpec("P")
T = TypeVar("T")
QUEUE_KEYS: dict[Queue, str] = {"calls": "id", "outbox": "number"}


@dataclass(frozen=True, slots=True)
class Catalogue:
    """What may be asked: the named statements, and each table's columns."""

    statements: Mapping[str, Statement]
    columns: Mapping[str, frozenset[str]]

    def statement(self, name: str) -> Statement:
        if name not in self.statements:
            raise StoreError(f"no statement is named {name}")
        return self.statements[name]

    def check(self, table: str, *columns: str) -> None:
        """Raises StoreError unless the table has these columns. Names never reach SQL without this."""
        unknown = set(columns) - self.columns.get(table, frozenset())
        if unknown or table not in self.columns:
            raise StoreError(f"no table {table} with {', '.join(sorted(unknown)) or 'columns'}")


class SqliteReading:
    """One snapshot."""

    def __init__(self, connection: sqlite3.Connection, catalogue: Catalogue, now: int) -> None:
        self.now = now
        self._connection = connection
        self._catalogue = catalogue
        self._open = True

    def get(self, table: str, key: str) -> Row | None:
        self._catalogue.check(table, "id")
        rows = self._rows(f'SELECT * FROM "{table}" WHERE "id" = :id', {"id": key}, table)  # noqa: S608
        return rows[0] if rows else None

    def find(self, query: str, **values: Any) -> list[Row]:
        statement = self._catalogue.statement(query)
        if statement.target:
            raise StoreError(f"{query} writes: use run")
        return self._rows(statement.sql, values, query)

    def close(self) -> None:
        """The work is over: a transaction that was kept is of no more use."""
        self._open = False

    def _execute(self, sql: str, values: Row, what: str) -> sqlite3.Cursor:
        if not (self._open and self._connection.in_transaction):
            raise StoreError(f"{what}: the transaction is over")
        with translated(what):
            return self._connection.execute(sql, values)

    def _rows(self, sql: str, values: Row, what: str) -> list[Row]:
        cursor = self._execute(sql, values, what)
        names = [column[0] for column in cursor.description]
        with translated(what):
            return [dict(zip(names, row, strict=True)) for row in cursor.fetchall()]


class SqliteTx(SqliteReading):
    """One transaction. `held` are the aggregates that this work may write."""

    def __init__(self, connection: sqlite3.Connection, catalogue: Catalogue, now: int) -> None:
        super().__init__(connection, catalogue, now)
        self._held: set[tuple[str, str | None]] = set()

    def insert(self, table: str, row: Row, *, once: bool = False) -> bool:
        self._catalogue.check(table, *row)
        self._require_root_of_new(table, row)
        names = ", ".join(f'"{name}"' for name in row)
        marks = ", ".join(f":{name}" for name in row)
        unless_there = " ON CONFLICT DO NOTHING" if once else ""
        sql = f'INSERT INTO "{table}" ({names}) VALUES ({marks}){unless_there}'  # noqa: S608
        inserted = self._execute(sql, row, table).rowcount == 1
        if inserted and table in AGGREGATES:
            self._held.add(AGGREGATES[table].key(row))
        return inserted

    def hold(self, table: str, key: str) -> Row:
        row = self.get(table, key)
        if row is None:
            raise Missing(f"{table} {key}")
        self._held.add((table, key))
        return row

    def change(self, table: str, key: str, row: Row, *, was: Row | None = None) -> bool:
        self._catalogue.check(table, "id", *row, *(was or {}))
        if not row:
            raise StoreError(f"{table}: nothing to change")
        before = self.get(table, key)
        if before is None:
            raise Missing(f"{table} {key}")
        self._require_root(table, before, {**before, **row})
        if any(before[name] != value for name, value in (was or {}).items()):
            return False
        columns = ", ".join(f'"{name}" = :{name}' for name in row)
        sql = f'UPDATE "{table}" SET {columns} WHERE "id" = :row_key'  # noqa: S608
        return self._execute(sql, {**row, "row_key": key}, table).rowcount == 1

    def remove(self, table: str, key: str) -> None:
        before = self.get(table, key)
        if before is not None:
            self._require_root(table, before)
            self._execute(f'DELETE FROM "{table}" WHERE "id" = :id', {"id": key}, table)  # noqa: S608

    def run(self, query: str, **values: Any) -> int:
        statement = self._catalogue.statement(query)
        if not statement.target:
            raise StoreError(f"{query} only reads: use find")
        if statement.target in AGGREGATES:
            raise NotHeld(f"{query}: {statement.target} is written by insert, change and remove alone")
        cursor = self._execute(statement.sql, values, query)
        with translated(query):
            return max(cursor.rowcount, len(cursor.fetchall()))

    def attempt(self, work: Callable[Concatenate[Tx, P], T], *args: P.args, **kwargs: P.kwargs) -> T:
        with self._savepoint():
            return work(self, *args, **kwargs)

    def receive(self, messenger: str, update: str, chat: str, payload: str) -> bool:
        values = {"messenger": messenger, "update": update, "chat": chat, "payload": payload}
        return self.run("receive_update", **values, now=self.now) == 1

    def claim_update(self, chat: str) -> Row | None:
        rows = self._returned("claim_update", chat=chat)
        return rows[0] if rows else None

    def claim_due(self, limit: int) -> list[Row]:
        fired = self._returned("claim_timers", now=self.now, limit=limit)
        return sorted(fired, key=lambda timer: (timer["due"], timer["id"]))

    def journal(self, conversation: str) -> list[Row]:
        return self.find("journal", conversation=conversation)

    def append(self, conversation: str, position: int, key: str, value: str) -> None:
        self.run("append_journal", conversation=conversation, position=position, key=key, value=value)

    def send(self, chat: str, op: str, message: str | None, payload: str) -> int:
        sent = self._returned("send", chat=chat, op=op, message=message, payload=payload, now=self.now)
        return int(sent[0]["number"])

    def lease(self, queue: Queue, limit: int, seconds: int) -> list[Row]:
        until = self.now + seconds * 1000
        leased = self._returned(f"lease_{queue}", now=self.now, until=until, limit=limit)
        return sorted(leased, key=lambda row: (row["due"], row[QUEUE_KEYS[queue]]))

    def settle(self, queue: Queue, number: str | int, attempt: int, row: Row) -> bool:
        self._catalogue.check(queue, *row)
        columns = ", ".join(f'"{name}" = :{name}' for name in {"leased_until": 0, **row})
        ours = "state = 'ready' AND leased_until > 0 AND attempt = :leased_attempt"
        sql = f'UPDATE "{queue}" SET {columns} WHERE "{QUEUE_KEYS[queue]}" = :queue_key AND {ours}'  # noqa: S608
        values = {"leased_until": 0, **row, "queue_key": number, "leased_attempt": attempt}
        return self._execute(sql, values, queue).rowcount == 1

    def _returned(self, query: str, **values: Any) -> list[Row]:
        return self._rows(self._catalogue.statement(query).sql, values, query)

    @contextmanager
    def _savepoint(self) -> Iterator[None]:
        held = set(self._held)
        self._execute("SAVEPOINT attempt", {}, "attempt")
        try:
            yield
        except BaseException:
            self._held = held
            self._execute("ROLLBACK TO attempt", {}, "attempt")
            self._execute("RELEASE attempt", {}, "attempt")
            raise
        self._execute("RELEASE attempt", {}, "attempt")

    def _require_root_of_new(self, table: str, row: Row) -> None:
        aggregate = AGGREGATES.get(table)
        if aggregate and aggregate.table != table:
            self._require_root(table, row)

    def _require_root(self, table: str, *rows: Row) -> None:
        if table not in AGGREGATES:
            return
        for row in rows:
            if (root := AGGREGATES[table].key(row)) not in self._held:
                raise NotHeld(f"{table} of {root[0]} {root[1]}")

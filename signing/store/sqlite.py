"""SQLite as the Store: one writer thread with grouped commits, separate readers, any number of processes."""

from __future__ import annotations

import sqlite3
from collections.abc import Callable, Sequence
from concurrent.futures import Future
from datetime import datetime
from pathlib import Path
from typing import Concatenate, ParamSpec, TypeVar

from sqlite_utils import Database

from signing.store import statements
from signing.store.connection import (
    connect_reader,
    connect_writer,
    copy_whole,
    cut_log,
    patiently,
    translated,
)
from signing.store.migrations import MIGRATIONS, Migration, migrate
from signing.store.port import Reading, StoreError, Tx
from signing.store.readers import Readers
from signing.store.times import milliseconds
from signing.store.transaction import Catalogue, SqliteReading, SqliteTx
from signing.store.writer import Writer

P = ParamSpec("P")
T = TypeVar("T")


class SqliteStore:
    """A Store in one file (and its `-wal` and `-shm` beside it), readable by its owner alone."""

    def __init__(
        self, path: Path, clock: Callable[[], datetime], migrations: Sequence[Migration] = MIGRATIONS
    ) -> None:
        """Open or create the file and bring it up to date. Raises StoreError if newer code wrote it."""
        self._clock = clock
        self._path = path
        with translated("open"):
            connection = connect_writer(path)
            db = Database(connection, execute_plugins=False)
            patiently(lambda: migrate(db, self._now(), migrations))
            self._catalogue = Catalogue(statements.load(), _columns(db))
        self._readers = Readers(lambda: connect_reader(path))
        self._writer = Writer(connection, self._begin)

    def write(self, work: Callable[Concatenate[Tx, P], T], *args: P.args, **kwargs: P.kwargs) -> T:
        if self._writer.is_current_thread:
            raise StoreError("a work may not wait for another: use tx.attempt")
        return self.submit(work, *args, **kwargs).result()

    def submit(self, work: Callable[Concatenate[Tx, P], T], *args: P.args, **kwargs: P.kwargs) -> Future[T]:
        return self._writer.submit(lambda tx: work(tx, *args, **kwargs))

    def read(self, work: Callable[Concatenate[Reading, P], T], *args: P.args, **kwargs: P.kwargs) -> T:
        with self._readers.snapshot() as connection:
            reading = SqliteReading(connection, self._catalogue, self._now())
            try:
                return work(reading, *args, **kwargs)
            finally:
                reading.close()

    def backup(self, path: Path) -> None:
        """Copy one snapshot of the database into a new file, while others read and write.

        Raises StoreError if the file exists. Blobs, the key-encryption key and the keys of subjects are not in it: what was
        sealed for a person (papers under review, elements of open checks) can't be restored, and so can be erased.
        """
        if path.exists():
            raise StoreError(f"{path.name} exists already")
        with self._readers.snapshot() as connection, translated("backup"):
            copy_whole(connection, path)

    def forget_overwritten(self) -> bool:
        """The file is written anew and its log cut: both hold pages as they were before. Takes as long as a copy."""
        return cut_log(self._path)

    def close(self) -> None:
        self._writer.close()
        self._readers.close()

    def _begin(self, connection: sqlite3.Connection) -> SqliteTx:
        return SqliteTx(connection, self._catalogue, self._now())

    def _now(self) -> int:
        return milliseconds(self._clock())


def _columns(db: Database) -> dict[str, frozenset[str]]:
    return {name: frozenset(db.table(name).columns_dict) for name in db.table_names()}

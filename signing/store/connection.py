"""Opening connections to the SQLite file, and keeping SQLite's errors in this room."""

from __future__ import annotations

import sqlite3
import time
from collections.abc import Callable, Iterator
from contextlib import closing, contextmanager
from pathlib import Path
from typing import TypeVar

from signing.store.files import sync_folder
from signing.store.port import Duplicate, StoreError

PATIENCE = 60.0
"""Seconds that a transaction waits for another process's."""

T = TypeVar("T")


def connect_writer(path: Path) -> sqlite3.Connection:
    """A connection that writes durably: WAL, synchronous FULL, foreign keys, deleted content overwritten."""
    path.touch(mode=0o600)
    connection = _connect(path)
    patiently(lambda: connection.execute("PRAGMA journal_mode = WAL"))
    connection.execute("PRAGMA synchronous = FULL")
    connection.execute("PRAGMA foreign_keys = ON")
    connection.execute("PRAGMA secure_delete = ON")
    return connection


def connect_reader(path: Path) -> sqlite3.Connection:
    """A connection that refuses to write."""
    connection = _connect(path)
    connection.execute("PRAGMA query_only = ON")
    return connection


def _connect(path: Path) -> sqlite3.Connection:
    return sqlite3.connect(
        path, timeout=PATIENCE, isolation_level=None, check_same_thread=False, cached_statements=512
    )


def copy_whole(connection: sqlite3.Connection, path: Path) -> None:
    """Copy a database in one step; the copy appears under its name only when it is complete and durable."""
    part = path.with_name(path.name + ".part")
    part.unlink(missing_ok=True)
    part.touch(mode=0o600)
    with closing(sqlite3.connect(part, isolation_level=None)) as target:
        connection.backup(target)
        _without_keys(target)
        target.execute("PRAGMA journal_mode = DELETE")
    part.rename(path)
    sync_folder(path.parent)


def cut_log(path: Path) -> bool:
    """Rewrite the file without its gaps, then cut the write-ahead log; False if a reader or writer was in the way.

    Deleted cells are overwritten at once, but cells that SQLite moved between pages leave copies behind.
    """
    with closing(_connect(path)) as connection:
        try:
            connection.execute("VACUUM")
        except sqlite3.OperationalError as error:
            if is_busy(error):
                return False
            raise
        busy = connection.execute("PRAGMA wal_checkpoint(TRUNCATE)").fetchone()[0]
    return not busy


def _without_keys(copy: sqlite3.Connection) -> None:
    """Subjects' keys never leave with a backup: who is erased here must not be readable from an older copy."""
    tables = {name for (name,) in copy.execute("SELECT name FROM sqlite_schema WHERE type = 'table'")}
    copy.execute("PRAGMA secure_delete = ON")
    for table in ("subject_keys", "secrets"):
        if table in tables:
            copy.execute(f"DELETE FROM {table}")  # noqa: S608 (names of ours)
    copy.execute("VACUUM")


def patiently(action: Callable[[], T], seconds: float = PATIENCE) -> T:
    """Repeat what SQLite's own busy handler does not wait for, such as the change to WAL by two processes."""
    end = time.monotonic() + seconds
    while True:
        try:
            return action()
        except sqlite3.OperationalError as error:
            if not is_busy(error) or time.monotonic() > end:
                raise
            time.sleep(0.005)


def is_busy(error: sqlite3.Error) -> bool:
    """Whether another connection was in the way (SQLITE_BUSY or SQLITE_LOCKED with any extension)."""
    return getattr(error, "sqlite_errorcode", 0) & 0xFF in (sqlite3.SQLITE_BUSY, sqlite3.SQLITE_LOCKED)


@contextmanager
def translated(what: str) -> Iterator[None]:
    """Turn SQLite's errors into the port's. Its messages name columns, never values."""
    try:
        yield
    except sqlite3.IntegrityError as error:
        if error.sqlite_errorname in ("SQLITE_CONSTRAINT_PRIMARYKEY", "SQLITE_CONSTRAINT_UNIQUE"):
            raise Duplicate(f"{what}: {error}") from error
        raise StoreError(f"{what}: {error}") from error
    except sqlite3.Error as error:
        raise StoreError(f"{what}: {error}") from error

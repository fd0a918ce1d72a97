"""The connections that read: a small pool, one snapshot at a time on each."""

from __future__ import annotations

import sqlite3
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from queue import LifoQueue

from signing.store.connection import translated
from signing.store.port import StoreError

READERS = 8


class Readers:
    """Opens connections as they are needed, up to `size`; whoever comes when all are busy waits."""

    def __init__(self, connect: Callable[[], sqlite3.Connection], size: int = READERS) -> None:
        self._connect = connect
        self._size = size
        self._closed = False
        self._idle: LifoQueue[sqlite3.Connection | None] = LifoQueue()
        for _ in range(size):
            self._idle.put(None)

    @contextmanager
    def snapshot(self) -> Iterator[sqlite3.Connection]:
        """A connection inside a read transaction. Raises StoreError once closed."""
        connection = self._idle.get()
        try:
            if self._closed:
                raise StoreError("the store is closed")
            with translated("read"):
                connection = connection or self._connect()
                connection.execute("BEGIN")
            try:
                yield connection
            finally:
                connection.execute("ROLLBACK")
        finally:
            self._idle.put(connection)

    def close(self) -> None:
        """Wait for the snapshots in use, then close every connection."""
        self._closed = True
        for connection in [self._idle.get() for _ in range(self._size)]:
            if connection is not None:
                connection.close()
        for _ in range(self._size):
            self._idle.put(None)

"""A process that writes: `python -m tests.signing.store.process count|insert FILE NAME NUMBER`."""

from __future__ import annotations

import sys
from collections.abc import Iterable
from concurrent.futures import ThreadPoolExecutor
from datetime import UTC, datetime
from pathlib import Path

from signing.store.port import Store, Tx
from signing.store.sqlite import SqliteStore
from tests.signing.store.tables import MIGRATIONS


def count_up(tx: Tx) -> None:
    row = tx.get("notes", "total")
    if row is None:
        tx.insert("notes", {"id": "total", "count": 1})
    else:
        tx.change("notes", "total", {"count": row["count"] + 1})


def count(store: Store, name: str, number: int) -> None:
    with ThreadPoolExecutor(4) as threads:
        for _ in threads.map(lambda _: store.write(count_up), range(number)):
            pass
    print(name, flush=True)


def insert(store: Store, name: str, number: int) -> None:
    """Add rows in batches and say which are durable, after the store has said so."""
    for first in range(0, number, 20):
        keys = [f"{name}-{position}" for position in range(first, first + 20)]
        for key, done in [(key, store.submit(add, key)) for key in keys]:
            done.result()
            print(key, flush=True)


def add(tx: Tx, key: str) -> None:
    tx.insert("notes", {"id": key})
    tx.send(key, "send", None, "{}")


def main(arguments: Iterable[str]) -> None:
    what, path, name, number = arguments
    store = SqliteStore(Path(path), lambda: datetime.now(UTC), MIGRATIONS)
    {"count": count, "insert": insert}[what](store, name, int(number))
    store.close()


if __name__ == "__main__":
    main(sys.argv[1:])

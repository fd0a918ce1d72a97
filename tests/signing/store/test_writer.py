"""Works that share a commit, and what happens to the others when one of them fails."""

from __future__ import annotations

import struct
import threading
from concurrent.futures import CancelledError, Future, ThreadPoolExecutor
from pathlib import Path
from typing import Any

import pytest

from signing.store.port import Store, StoreError, Tx
from signing.store.sqlite import SqliteStore
from tests.clock import ManualClock
from tests.signing.store.tables import MIGRATIONS

WAL_HEADER, FRAME_HEADER, PAGE = 32, 24, 4096


def commits(path: Path) -> int:
    """Commit frames in the write-ahead log: those that carry the database's size (sqlite.org/fileformat2, 4.1)."""
    log = path.with_name(path.name + "-wal").read_bytes()
    frames = range(WAL_HEADER, len(log), FRAME_HEADER + PAGE)
    return sum(struct.unpack_from(">I", log, at + 4)[0] > 0 for at in frames)


def add(tx: Tx, number: int) -> int:
    tx.insert("notes", {"id": f"n{number}"})
    return number


def notes(store: Store) -> int:
    return store.read(lambda tx: sum(tx.get("notes", f"n{number}") is not None for number in range(300)))


class Gate:
    """A work that keeps the writer busy, so that what is submitted meanwhile makes one group."""

    def __init__(self, store: Store) -> None:
        self._reached, self._open = threading.Event(), threading.Event()
        store.submit(self._wait)
        self._reached.wait(5)

    def _wait(self, tx: Tx) -> None:
        self._reached.set()
        self._open.wait(5)

    def open(self) -> None:
        self._open.set()


def test_two_hundred_works_that_come_together_share_few_commits(store: Store, tmp_path: Path) -> None:
    gate = Gate(store)
    with ThreadPoolExecutor(16) as threads:
        futures = list(threads.map(lambda number: store.submit(add, number), range(200)))
    before = commits(tmp_path / "store.db")
    gate.open()
    assert [future.result() for future in futures] == list(range(200))
    assert notes(store) == 200
    assert commits(tmp_path / "store.db") - before == 1


def test_works_run_in_the_order_in_which_they_came(store: Store) -> None:
    gate, seen = Gate(store), []
    futures = [store.submit(lambda tx, number=number: seen.append(number)) for number in range(50)]
    gate.open()
    [future.result() for future in futures]
    assert seen == list(range(50))


def test_a_work_that_fails_does_not_hurt_those_of_its_group(store: Store) -> None:
    def failing(tx: Tx) -> None:
        add(tx, 299)
        raise LookupError

    gate = Gate(store)
    good = [store.submit(add, number) for number in range(5)]
    bad = store.submit(failing)
    good += [store.submit(add, number) for number in range(5, 10)]
    gate.open()
    assert [future.result() for future in good] == list(range(10))
    assert isinstance(bad.exception(), LookupError)
    assert notes(store) == 10


def test_when_the_commit_fails_each_work_of_the_group_is_run_again_alone(store: Store) -> None:
    runs: list[int] = []

    def counted(tx: Tx, number: int) -> int:
        runs.append(number)
        return add(tx, number)

    gate = Gate(store)
    good = [store.submit(counted, number) for number in range(3)]
    bad = store.submit(lambda tx: tx.insert("notes", {"id": "bad", "chat": "nobody"}))
    gate.open()
    assert [future.result() for future in good] == [0, 1, 2]
    assert isinstance(bad.exception(), StoreError)
    assert runs == [0, 1, 2, 0, 1, 2]
    assert notes(store) == 3


@pytest.mark.parametrize("swallowed", [False, True])
def test_a_work_that_loses_the_transaction_takes_no_other_with_it(store: Store, swallowed: bool) -> None:
    def losing(tx: Tx) -> None:
        try:
            tx.insert("notes", {"id": "bad", "word": "lost"})
        except StoreError:
            if not swallowed:
                raise

    gate = Gate(store)
    futures: list[Future[Any]] = [store.submit(add, 0), store.submit(losing), store.submit(add, 1)]
    gate.open()
    error = futures[1].exception()
    assert isinstance(error, StoreError)
    assert swallowed or str(error) == "the work lost its transaction"
    assert [futures[0].result(), futures[2].result()] == [0, 1]
    assert notes(store) == 2


def test_nothing_is_written_after_the_transaction_was_lost(store: Store) -> None:
    def losing(tx: Tx) -> None:
        with pytest.raises(StoreError):
            tx.attempt(lambda inner: inner.insert("notes", {"id": "bad", "word": "lost"}))
        add(tx, 0)

    with pytest.raises(StoreError):
        store.write(losing)
    assert notes(store) == 0


def test_a_clock_that_fails_stops_the_work_and_not_the_writer(store: Store, clock: ManualClock) -> None:
    moment = clock.moment
    clock.moment = None  # type: ignore[assignment]
    with pytest.raises(TypeError):
        store.write(add, 0)
    clock.moment = moment
    assert store.write(add, 1) == 1


def test_a_work_that_was_cancelled_before_its_turn_does_not_run(store: Store) -> None:
    gate = Gate(store)
    cancelled = store.submit(add, 0)
    assert cancelled.cancel()
    gate.open()
    store.write(add, 1)
    with pytest.raises(CancelledError):
        cancelled.result()
    assert notes(store) == 1


def test_a_work_may_not_wait_for_another(store: Store) -> None:
    with pytest.raises(StoreError, match=r"tx\.attempt"):
        store.write(lambda tx: store.write(add, 1))


def test_close_finishes_what_was_submitted_and_refuses_what_comes_later(
    tmp_path: Path, clock: ManualClock
) -> None:
    store = SqliteStore(tmp_path / "closing.db", clock, MIGRATIONS)
    gate = Gate(store)
    futures = [store.submit(add, number) for number in range(10)]
    closing = threading.Thread(target=store.close)
    closing.start()
    gate.open()
    closing.join(5)
    assert [future.result(0) for future in futures] == list(range(10))
    with pytest.raises(StoreError, match="closed"):
        store.write(add, 11)
    with pytest.raises(StoreError, match="closed"):
        store.read(lambda tx: tx.get("notes", "n1"))


def test_closing_twice_is_fine(store: Store) -> None:
    store.close()
    store.close()


def test_readers_do_not_wait_for_a_writer(store: Store) -> None:
    gate = Gate(store)
    assert notes(store) == 0
    gate.open()


def test_a_reader_cannot_write(store: SqliteStore) -> None:
    with store._readers.snapshot() as connection, pytest.raises(Exception, match="readonly"):
        connection.execute("DELETE FROM notes")


def test_more_readers_than_connections_take_turns(store: Store) -> None:
    with ThreadPoolExecutor(32) as threads:
        assert list(threads.map(lambda _: notes(store), range(64))) == [0] * 64


def test_the_file_is_for_its_owner_alone(store: Store, tmp_path: Path) -> None:
    store.write(add, 1)
    modes = {file.name: file.stat().st_mode & 0o777 for file in tmp_path.glob("store.db*")}
    assert modes == {"store.db": 0o600, "store.db-wal": 0o600, "store.db-shm": 0o600}


def test_a_commit_is_made_durable_before_it_is_told(store: SqliteStore) -> None:
    pragma = {
        name: store._writer._connection.execute(f"PRAGMA {name}").fetchone()[0]
        for name in ("synchronous", "journal_mode", "foreign_keys", "secure_delete")
    }
    assert pragma == {"synchronous": 2, "journal_mode": "wal", "foreign_keys": 1, "secure_delete": 1}

"""The one thread that writes: it groups what was submitted under one commit."""

from __future__ import annotations

import sqlite3
from collections.abc import Callable
from concurrent.futures import Future
from dataclasses import dataclass
from queue import Empty, SimpleQueue
from threading import Lock, Thread, current_thread
from typing import Any

from signing.store.connection import PATIENCE, patiently, translated
from signing.store.port import StoreError
from signing.store.transaction import SqliteTx

GROUP = 256
"""Works that share a commit at most, so that another process gets its turn."""


@dataclass(frozen=True, slots=True)
class Job:
    """A submitted work and where its outcome goes."""

    work: Callable[[SqliteTx], Any]
    future: Future[Any]


@dataclass(frozen=True, slots=True)
class Outcome:
    """What a work came to, told only after the commit."""

    value: Any = None
    error: BaseException | None = None

    def tell(self, future: Future[Any]) -> None:
        if self.error is None:
            future.set_result(self.value)
        else:
            future.set_exception(self.error)


class Writer:
    """Runs jobs in their order of arrival, each in its savepoint, each group in one transaction."""

    def __init__(
        self, connection: sqlite3.Connection, begin: Callable[[sqlite3.Connection], SqliteTx]
    ) -> None:
        self._connection = connection
        self._begin_work = begin
        self._jobs: SimpleQueue[Job | None] = SimpleQueue()
        self._closing = Lock()
        self._closed = False
        self._thread = Thread(target=self._serve, name="store-writer", daemon=True)
        self._thread.start()

    @property
    def is_current_thread(self) -> bool:
        """Whether the caller runs inside a work."""
        return current_thread() is self._thread

    def submit(self, work: Callable[[SqliteTx], Any]) -> Future[Any]:
        """Queue a work. Raises StoreError once closed."""
        job = Job(work, Future())
        with self._closing:
            if self._closed:
                raise StoreError("the store is closed")
            self._jobs.put(job)
        return job.future

    def close(self) -> None:
        """Finish what was submitted, then close the connection."""
        with self._closing:
            if not self._closed:
                self._closed = True
                self._jobs.put(None)
        self._thread.join()

    def _serve(self) -> None:
        while (first := self._jobs.get()) is not None:
            jobs = [job for job in self._group(first) if job.future.set_running_or_notify_cancel()]
            self._settle(jobs)
        self._connection.close()

    def _group(self, first: Job) -> list[Job]:
        group = [first]
        while len(group) < GROUP:
            try:
                job = self._jobs.get_nowait()
            except Empty:
                break
            if job is None:
                self._jobs.put(None)
                break
            group.append(job)
        return group

    def _settle(self, jobs: list[Job]) -> None:
        try:
            with translated("begin"):
                patiently(lambda: self._connection.execute("BEGIN IMMEDIATE"), PATIENCE)
        except StoreError as error:
            for job in jobs:
                job.future.set_exception(error)
            return
        self._settle_begun(jobs)

    def _settle_begun(self, jobs: list[Job]) -> None:
        try:
            with translated("commit"):
                outcomes = self._run_and_commit(jobs)
        except BaseException as error:
            outcomes = [Outcome(error=error)]
            if len(jobs) > 1:
                for job in jobs:
                    self._settle([job])
                return
        for job, outcome in zip(jobs, outcomes, strict=True):
            outcome.tell(job.future)

    def _run_and_commit(self, jobs: list[Job]) -> list[Outcome]:
        try:
            outcomes = [self._run(job) for job in jobs]
            self._connection.execute("COMMIT")
            return outcomes
        finally:
            if self._connection.in_transaction:
                self._connection.execute("ROLLBACK")

    def _run(self, job: Job) -> Outcome:
        self._connection.execute("SAVEPOINT work")
        tx = self._begin_work(self._connection)
        try:
            outcome = Outcome(value=job.work(tx))
        except BaseException as error:
            if not self._connection.in_transaction:
                raise StoreError("the work lost its transaction") from error
            outcome = Outcome(error=error)
            self._connection.execute("ROLLBACK TO work")
        finally:
            tx.close()
        self._connection.execute("RELEASE work")
        return outcome

"""The Store port: what the rest of the program may ask of a database. SQLite is its first adapter."""

from __future__ import annotations

from collections.abc import Callable
from concurrent.futures import Future
from typing import Any, Concatenate, Literal, ParamSpec, Protocol, TypeVar

Row = dict[str, Any]
"""One row, column to value: str, int (also times, milliseconds UTC, and booleans 0/1), float, bytes or None."""

Queue = Literal["calls", "outbox"]

P = ParamSpec("P")
T = TypeVar("T")


class StoreError(Exception):
    """The store was used wrongly or could not answer; never a person's mistake."""


class NotHeld(StoreError):
    """A row of an aggregate was written without `hold` on the aggregate in the same transaction."""


class Missing(StoreError):
    """`hold` or `change` named a row that is not there."""


class Duplicate(StoreError):
    """`insert` without `once` met an existing key or broke a UNIQUE constraint."""


class Reading(Protocol):
    """One consistent snapshot of the database."""

    now: int
    """The time of this transaction, read once, in milliseconds UTC."""

    def get(self, table: str, key: str) -> Row | None:
        """The row whose `id` is `key`."""

    def find(self, query: str, **values: Any) -> list[Row]:
        """The rows of the named query in `queries/*.sql`."""


class Tx(Reading, Protocol):
    """One transaction. Everything done through it commits together or not at all."""

    def insert(self, table: str, row: Row, *, once: bool = False) -> bool:
        """Add a row. With `once`, a row that is there already is left alone and False comes back.

        Raises Duplicate (without `once`), NotHeld.
        """

    def hold(self, table: str, key: str) -> Row:
        """Lock an aggregate's row (contract, enterprise, case, seal) until commit and read it. Raises Missing."""

    def change(self, table: str, key: str, row: Row, *, was: Row | None = None) -> bool:
        """Set columns. With `was`, only if those columns still have those values; False if they have not.

        Raises Missing, NotHeld.
        """

    def remove(self, table: str, key: str) -> None:
        """Delete a row, if it is there. Raises NotHeld."""

    def run(self, query: str, **values: Any) -> int:
        """A named statement of `queries/*.sql` that writes (statements of every update); rows touched."""

    def attempt(self, work: Callable[Concatenate[Tx, P], T], *args: P.args, **kwargs: P.kwargs) -> T:
        """Run `work` in a savepoint: if it raises, what it wrote is undone and the error goes on."""

    def receive(self, messenger: str, update: str, chat: str, payload: str) -> bool:
        """Put an update into the inbox; False if (messenger, update) is there already."""

    def claim_update(self, chat: str) -> Row | None:
        """The chat's oldest open update, marked as handled if this transaction commits."""

    def claim_due(self, limit: int) -> list[Row]:
        """Timers whose time has come, marked as fired if this transaction commits."""

    def journal(self, conversation: str) -> list[Row]:
        """The conversation's journal in order: rows of `position`, `key`, `value` (JSON text)."""

    def append(self, conversation: str, position: int, key: str, value: str) -> None:
        """Add one entry to a journal. Raises Duplicate if the position or the key is taken."""

    def send(self, chat: str, op: str, message: str | None, payload: str) -> int:
        """Queue one thing for a chat (`op`: send, edit, strip, clear, delete, toast, action); the outbox row's number."""

    def lease(self, queue: Queue, limit: int, seconds: int) -> list[Row]:
        """Rows of a queue that are ready, leased to the caller for `seconds` with `attempt` counted up.

        From the outbox at most the head of each chat, so that a chat's order is kept.
        """

    def settle(self, queue: Queue, number: str | int, attempt: int, row: Row) -> bool:
        """End a lease with the columns of `row` (`state`, `due`, `result`...); False if it was not ours any more."""


class Store(Protocol):
    """Where everything is kept. `work` is synchronous, quick, without effect but through its transaction,
    and may be run again: it begins with a claim or carries a unique key."""

    def write(self, work: Callable[Concatenate[Tx, P], T], *args: P.args, **kwargs: P.kwargs) -> T:
        """Run `work` in a transaction, return when it is durable. The adapter may group works under one fsync."""

    def submit(self, work: Callable[Concatenate[Tx, P], T], *args: P.args, **kwargs: P.kwargs) -> Future[T]:
        """`write` that does not wait: the future is done when the transaction is durable."""

    def read(self, work: Callable[Concatenate[Reading, P], T], *args: P.args, **kwargs: P.kwargs) -> T:
        """Run `work` on one snapshot."""

    def forget_overwritten(self) -> bool:
        """Leave nothing that was overwritten or deleted in the files beside the tables; False if others were in the way."""

    def close(self) -> None:
        """Finish what was submitted and close."""

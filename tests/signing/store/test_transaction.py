"""The verbs of a transaction."""

from __future__ import annotations

from typing import Any

import pytest

from signing.store.port import Duplicate, Missing, NotHeld, Row, Store, StoreError, Tx
from tests.clock import ManualClock

CONTRACT = {"id": "supply", "title": "Supply-2027"}
PARTY = {"id": "kiln", "contract": "supply", "name": "Blue Kiln Ceramics"}


def note(**columns: Any) -> Row:
    return {"id": "n1", "word": "tea", "count": 1, **columns}


def get(store: Store, table: str, key: str) -> Row | None:
    return store.read(lambda tx: tx.get(table, key))


def insert(store: Store, table: str, row: Row, **options: bool) -> bool:
    return store.write(lambda tx: tx.insert(table, row, **options))


@pytest.fixture
def contract(store: Store) -> str:
    insert(store, "contracts", CONTRACT)
    return CONTRACT["id"]


def test_what_was_written_can_be_read_once_write_returns(store: Store) -> None:
    insert(store, "notes", note())
    assert get(store, "notes", "n1") == {"id": "n1", "chat": None, "word": "tea", "count": 1}


def test_a_row_that_is_not_there_is_none(store: Store) -> None:
    assert get(store, "notes", "n1") is None


def test_a_second_row_with_the_same_id_is_a_duplicate(store: Store) -> None:
    insert(store, "notes", note())
    with pytest.raises(Duplicate):
        insert(store, "notes", note(word="cup"))


def test_a_second_row_that_breaks_a_unique_column_is_a_duplicate(store: Store) -> None:
    insert(store, "notes", note())
    with pytest.raises(Duplicate):
        insert(store, "notes", note(id="n2"))


def test_insert_once_leaves_the_row_that_is_there(store: Store) -> None:
    assert insert(store, "notes", note(), once=True)
    assert not insert(store, "notes", note(count=9), once=True)
    assert get(store, "notes", "n1") == note(chat=None)


def test_a_value_of_the_wrong_type_is_refused(store: Store) -> None:
    with pytest.raises(StoreError, match="count"):
        insert(store, "notes", note(count="many"))


def test_the_message_of_a_refused_row_does_not_hold_its_values(store: Store) -> None:
    insert(store, "notes", note(word="private"))
    with pytest.raises(Duplicate) as refusal:
        insert(store, "notes", note(id="n2", word="private"))
    assert "private" not in str(refusal.value) + str(refusal.value.__cause__)


@pytest.mark.parametrize("column", ["colour", 'count" = 1; --', ""])
def test_a_column_that_the_table_does_not_have_never_reaches_the_database(store: Store, column: str) -> None:
    insert(store, "notes", note())
    with pytest.raises(StoreError, match="no table notes with"):
        store.write(lambda tx: tx.change("notes", "n1", {column: 1}))


def test_a_table_that_is_not_there_is_an_error(store: Store) -> None:
    with pytest.raises(StoreError, match="no table"):
        get(store, "sqlite_master", "x")


def test_change_sets_only_the_columns_that_it_names(store: Store) -> None:
    insert(store, "notes", note())
    assert store.write(lambda tx: tx.change("notes", "n1", {"count": 2}))
    assert get(store, "notes", "n1") == note(chat=None, count=2)


def test_change_of_a_row_that_is_not_there_is_missing(store: Store) -> None:
    with pytest.raises(Missing):
        store.write(lambda tx: tx.change("notes", "n1", {"count": 2}, was={"count": 1}))


@pytest.mark.parametrize(
    ("was", "changes"), [({"count": 1}, True), ({"count": 0}, False), ({"chat": None}, True)]
)
def test_change_compares_before_it_swaps(store: Store, was: Row, changes: bool) -> None:
    insert(store, "notes", note())
    assert store.write(lambda tx: tx.change("notes", "n1", {"count": 2}, was=was)) is changes
    assert get(store, "notes", "n1") == note(chat=None, count=2 if changes else 1)


def test_of_many_swaps_from_the_same_value_one_wins(store: Store) -> None:
    insert(store, "notes", note())
    swap = [
        store.submit(lambda tx, n=n: tx.change("notes", "n1", {"count": n}, was={"count": 1}))
        for n in range(2, 22)
    ]
    assert [future.result() for future in swap].count(True) == 1


def test_remove_deletes_a_row_and_forgives_its_absence(store: Store) -> None:
    insert(store, "notes", note())
    for _ in range(2):
        store.write(lambda tx: tx.remove("notes", "n1"))
    assert get(store, "notes", "n1") is None


def test_a_work_that_raises_leaves_nothing_behind(store: Store) -> None:
    def work(tx: Tx) -> None:
        tx.insert("notes", note())
        raise RuntimeError("no")

    with pytest.raises(RuntimeError, match="no"):
        store.write(work)
    assert get(store, "notes", "n1") is None


def test_a_failed_attempt_is_undone_and_the_work_goes_on(store: Store) -> None:
    def failing(tx: Tx) -> None:
        tx.change("notes", "n1", {"count": 9})
        tx.insert("notes", note(id="n2", word="cup"))
        raise LookupError

    def work(tx: Tx) -> None:
        tx.insert("notes", note())
        with pytest.raises(LookupError):
            tx.attempt(failing)
        tx.change("notes", "n1", {"word": "pot"})

    store.write(work)
    assert get(store, "notes", "n1") == note(chat=None, word="pot")
    assert get(store, "notes", "n2") is None


def test_attempts_nest(store: Store) -> None:
    def inner(tx: Tx) -> None:
        tx.change("notes", "n1", {"count": 3})
        raise LookupError

    def outer(tx: Tx) -> None:
        tx.change("notes", "n1", {"count": 2})
        with pytest.raises(LookupError):
            tx.attempt(inner)

    insert(store, "notes", note())
    store.write(lambda tx: tx.attempt(outer))
    assert get(store, "notes", "n1") == note(chat=None, count=2)


def test_a_new_aggregate_may_be_written_on_by_the_work_that_made_it(store: Store) -> None:
    def work(tx: Tx) -> None:
        tx.insert("contracts", CONTRACT)
        tx.insert("parties", PARTY)
        tx.change("parties", "kiln", {"name": "Blue Kiln"})
        tx.change("contracts", "supply", {"revision": 1})

    store.write(work)
    assert get(store, "parties", "kiln") == {**PARTY, "name": "Blue Kiln"}


@pytest.mark.parametrize(
    "write",
    [
        lambda tx: tx.change("contracts", "supply", {"revision": 1}),
        lambda tx: tx.remove("contracts", "supply"),
        lambda tx: tx.insert("parties", {**PARTY, "id": "tea"}),
        lambda tx: tx.change("parties", "kiln", {"name": "Other"}),
        lambda tx: tx.remove("parties", "kiln"),
    ],
)
def test_an_aggregate_is_written_only_while_it_is_held(store: Store, write: Any) -> None:
    def arrange(tx: Tx) -> None:
        tx.insert("contracts", CONTRACT)
        tx.insert("parties", PARTY)
        tx.insert("contracts", {"id": "other", "title": "Other"})

    store.write(arrange)
    with pytest.raises(NotHeld):
        store.write(write)
    with pytest.raises(NotHeld):
        store.write(lambda tx: (tx.hold("contracts", "other"), write(tx)))


def test_hold_reads_the_row(store: Store, contract: str) -> None:
    assert store.write(lambda tx: tx.hold("contracts", contract)) == {**CONTRACT, "revision": 0}


def test_hold_of_what_is_not_there_is_missing(store: Store) -> None:
    with pytest.raises(Missing):
        store.write(lambda tx: tx.hold("contracts", "supply"))


def test_a_hold_ends_with_its_work(store: Store, contract: str) -> None:
    store.write(lambda tx: tx.hold("contracts", contract))
    with pytest.raises(NotHeld):
        store.write(lambda tx: tx.change("contracts", contract, {"revision": 1}))


def test_what_was_held_stays_held_when_an_attempt_fails(store: Store, contract: str) -> None:
    def work(tx: Tx) -> None:
        tx.hold("contracts", contract)
        with pytest.raises(Missing):
            tx.attempt(lambda inner: inner.hold("contracts", "none"))
        tx.change("contracts", contract, {"revision": 1})

    store.write(work)


def test_what_a_failed_attempt_held_is_let_go_as_a_row_lock_would_be(store: Store, contract: str) -> None:
    def failing(tx: Tx) -> None:
        tx.hold("contracts", contract)
        raise LookupError

    def work(tx: Tx) -> None:
        with pytest.raises(LookupError):
            tx.attempt(failing)
        tx.change("contracts", contract, {"revision": 1})

    with pytest.raises(NotHeld):
        store.write(work)


def test_a_child_cannot_be_moved_to_an_aggregate_that_is_not_held(store: Store, contract: str) -> None:
    insert(store, "contracts", {"id": "other", "title": "Other"})

    def work(tx: Tx) -> None:
        tx.hold("contracts", contract)
        tx.insert("parties", PARTY)
        tx.change("parties", "kiln", {"contract": "other"})

    with pytest.raises(NotHeld):
        store.write(work)


def test_a_work_has_one_time_and_the_next_has_its_own(store: Store, clock: ManualClock) -> None:
    def work(tx: Tx) -> list[int]:
        first = tx.now
        clock.advance(seconds=1.5)
        return [first, tx.now]

    first = store.write(work)
    assert first[0] == first[1] == 1_795_413_600_000
    assert store.read(lambda tx: tx.now) == first[0] + 1500


def test_a_transaction_that_was_kept_is_of_no_more_use(store: Store) -> None:
    kept = store.write(lambda tx: tx)
    with pytest.raises(StoreError, match="over"):
        kept.insert("notes", note())
    with pytest.raises(StoreError, match="over"):
        store.write(lambda tx: kept.insert("notes", note()))


def test_a_reading_sees_one_snapshot(store: Store) -> None:
    def work(reading: Any) -> tuple[Row | None, Row | None]:
        before = reading.get("notes", "n1")
        insert(store, "notes", note())
        return before, reading.get("notes", "n1")

    assert store.read(work) == (None, None)
    assert get(store, "notes", "n1") is not None


def test_a_statement_that_nobody_wrote_is_an_error(store: Store) -> None:
    with pytest.raises(StoreError, match="no statement is named guess"):
        store.read(lambda tx: tx.find("guess"))


def test_find_does_not_write_and_run_does_not_read(store: Store) -> None:
    with pytest.raises(StoreError, match="use run"):
        store.write(lambda tx: tx.find("clear_journal", conversation="c"))
    with pytest.raises(StoreError, match="use find"):
        store.write(lambda tx: tx.run("journal", conversation="c"))


def test_a_value_that_a_statement_needs_and_did_not_get_is_an_error(store: Store) -> None:
    with pytest.raises(StoreError, match="journal"):
        store.read(lambda tx: tx.find("journal"))

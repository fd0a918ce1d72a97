"""The files of named statements, and that each of ours is one that SQLite can prepare."""

from __future__ import annotations

import re
from collections.abc import Iterator
from pathlib import Path

import pytest

from signing.store.port import NotHeld, StoreError
from signing.store.sqlite import SqliteStore
from signing.store.statements import load, parse
from tests.clock import ManualClock


def test_a_statement_is_what_stands_under_its_name() -> None:
    found = list(
        parse("-- about\n-- name: one\nSELECT 1; -- why\n\n-- name: two\nDELETE FROM notes\n", "x.sql")
    )
    assert [(statement.name, statement.sql, statement.target) for statement in found] == [
        ("one", "SELECT 1", None),
        ("two", "DELETE FROM notes", "notes"),
    ]


def test_two_files_may_not_use_one_name(tmp_path: Path) -> None:
    for name in ("a.sql", "b.sql"):
        (tmp_path / name).write_text("-- name: one\nSELECT 1;\n")
    with pytest.raises(StoreError, match=r"one .*b\.sql"):
        load(tmp_path)


@pytest.mark.parametrize("text", ["SELECT 1;\n-- name: one\nSELECT 1;", "-- name: one\n-- nothing\n"])
def test_sql_without_a_name_and_a_name_without_sql_are_errors(text: str) -> None:
    with pytest.raises(StoreError, match=r"x\.sql"):
        list(parse(text, "x.sql"))


@pytest.mark.parametrize("name", sorted(load()))
def test_every_statement_of_ours_can_be_prepared(shared: SqliteStore, name: str) -> None:
    statement = load()[name]
    values = dict.fromkeys(re.findall(r":(\w+)", statement.sql))
    with shared._readers.snapshot() as connection:
        assert connection.execute(f"EXPLAIN {statement.sql}", values).fetchall()


WALKS = {
    "by the housekeeping or an erasure": {
        "forget_conversations", "forget_fillings_of_person", "forget_outbox", "forget_outbox_of_chat", "forget_passes",
        "forget_secrets", "stale_checks", "void_passes_of_person",
    },
    "because all of it is counted or listed": {"contracts_by_state", "count_completed", "named_operators"},
    "by demo and tests": {
        "actor_of_address", "all_calls", "all_checks", "all_conversations", "all_inbox", "all_journal", "all_secrets",
        "all_sent_files", "garble_journal", "happened", "last_contract", "newest_chat", "outbox_of_chat", "seals_made",
    },
}  # fmt: skip


@pytest.mark.parametrize("name", sorted(set(load()).difference(*WALKS.values())))
def test_what_people_wait_for_walks_no_table_that_grows(shared: SqliteStore, name: str) -> None:
    statement = load()[name]
    values = dict.fromkeys(re.findall(r":(\w+)", statement.sql), "")
    with shared._readers.snapshot() as connection:
        plan = [row[3] for row in connection.execute(f"EXPLAIN QUERY PLAN {statement.sql}", values)]
        kept = connection.execute(
            "SELECT type, name, sql FROM sqlite_schema WHERE sql IS NOT NULL"
        ).fetchall()
    tables = {name for kind, name, _ in kept if kind == "table"}
    partial = {name for kind, name, sql in kept if kind == "index" and " WHERE " in sql}
    assert [step for step in plan if _walks(step, tables, partial)] == []


def _walks(step: str, tables: set[str], partial: set[str]) -> bool:
    """Whether a step of a plan reads a table from end to end; an index of open rows alone is short."""
    words = step.split()
    return words[0] == "SCAN" and words[1] in tables and words[-1] not in partial


def test_a_statement_cannot_write_to_an_aggregate_behind_its_lock(store: SqliteStore) -> None:
    rename = next(parse("-- name: rename\nUPDATE contracts SET title = 'x';", "x.sql"))
    store._catalogue.statements["rename"] = rename  # type: ignore[index]
    with pytest.raises(NotHeld):
        store.write(lambda tx: tx.run("rename"))


@pytest.fixture(scope="module")
def shared(tmp_path_factory: pytest.TempPathFactory) -> Iterator[SqliteStore]:
    opened = SqliteStore(tmp_path_factory.mktemp("store") / "store.db", ManualClock())
    yield opened
    opened.close()

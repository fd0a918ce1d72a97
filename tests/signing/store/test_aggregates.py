"""No table of a contract escapes its lock."""

from __future__ import annotations

from pathlib import Path

from sqlite_utils import Database

from signing.store.aggregates import AGGREGATES, Aggregate
from signing.store.connection import connect_writer
from signing.store.migrations import migrate


def test_every_table_that_refers_to_a_contract_is_part_of_its_aggregate(tmp_path: Path) -> None:
    db = Database(connect_writer(tmp_path / "schema.db"), execute_plugins=False)
    migrate(db, 0)
    referring = {
        table.name: Aggregate("contracts", key.column)
        for table in db.tables
        for key in table.foreign_keys
        if key.other_table == "contracts"
    }
    assert "parties" in referring
    assert {name: AGGREGATES.get(name) for name in referring} == referring

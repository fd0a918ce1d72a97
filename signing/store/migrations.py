"""Migrations: numbered plain functions, each applied once, each in one transaction."""

from __future__ import annotations

from collections.abc import Callable, Sequence

from sqlite_utils import Database

from signing.store.port import StoreError
from signing.store.schema.afterwards import m0011_afterwards
from signing.store.schema.domain import m0002_domain
from signing.store.schema.drafting import m0010_drafting
from signing.store.schema.engine import m0001_engine
from signing.store.schema.forms import m0009_forms
from signing.store.schema.keeping import m0008_keeping
from signing.store.schema.life import m0003_life
from signing.store.schema.members import m0006_members
from signing.store.schema.messengers import m0012_messengers
from signing.store.schema.providers import m0007_providers
from signing.store.schema.review import m0004_review
from signing.store.schema.sealing import m0005_sealing

Migration = Callable[[Database], None]

MIGRATIONS: tuple[Migration, ...] = (
    m0001_engine,
    m0002_domain,
    m0003_life,
    m0004_review,
    m0005_sealing,
    m0006_members,
    m0007_providers,
    m0008_keeping,
    m0009_forms,
    m0010_drafting,
    m0011_afterwards,
    m0012_messengers,
)

RECORD = """
CREATE TABLE IF NOT EXISTS migrations (
    number INTEGER PRIMARY KEY NOT NULL,
    name TEXT NOT NULL,
    applied INTEGER NOT NULL
) STRICT
"""


def migrate(db: Database, now: int, migrations: Sequence[Migration] = MIGRATIONS) -> None:
    """Bring the database up to this code. Safe when several processes start at once.

    Raises StoreError if the database was written by newer or other code.
    """
    names = [_name(migration, number) for number, migration in enumerate(migrations, 1)]
    while applied(db) != names:
        _apply_next(db, now, migrations, names)


def applied(db: Database) -> list[str]:
    """The names of the migrations that the database has seen, in order."""
    if "migrations" not in db.table_names():
        return []
    return [name for (name,) in db.execute("SELECT name FROM migrations ORDER BY number")]


def _name(migration: Migration, number: int) -> str:
    name: str = getattr(migration, "__name__", "")
    if not name.startswith(f"m{number:04}_"):
        raise StoreError(f"migration {number} is called {name}")
    return name


def _apply_next(db: Database, now: int, migrations: Sequence[Migration], names: list[str]) -> None:
    db.execute("BEGIN IMMEDIATE")
    try:
        db.execute(RECORD)
        done = applied(db)
        if done != names[: len(done)]:
            raise StoreError(f"the database is at {done[-1]}, this program knows only up to {names[-1]}")
        if len(done) < len(names):
            migrations[len(done)](db)
            db.execute("INSERT INTO migrations VALUES (?, ?, ?)", [len(done) + 1, names[len(done)], now])
        db.execute("COMMIT")
    except BaseException:
        db.rollback()
        raise

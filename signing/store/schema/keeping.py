"""How seals are watched over."""

from __future__ import annotations

from sqlite_utils import Database


def m0008_keeping(db: Database) -> None:
    """How seals are watched over."""

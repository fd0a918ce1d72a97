"""How colleagues join, act and leave."""

from __future__ import annotations

from sqlite_utils import Database


def m0006_members(db: Database) -> None:
    """How colleagues join, act and leave."""

"""What happens around and after signing."""

from __future__ import annotations

from sqlite_utils import Database


def m0011_afterwards(db: Database) -> None:
    """What happens around and after signing."""

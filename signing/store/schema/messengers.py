"""What messengers remember."""

from __future__ import annotations

from sqlite_utils import Database


def m0012_messengers(db: Database) -> None:
    """What messengers remember."""

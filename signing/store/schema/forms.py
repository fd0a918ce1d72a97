"""Word templates and the fields of signers."""

from __future__ import annotations

from sqlite_utils import Database


def m0009_forms(db: Database) -> None:
    """Word templates and the fields of signers."""

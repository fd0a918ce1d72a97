"""What drafts know beyond document and parties."""

from __future__ import annotations

from sqlite_utils import Database


def m0010_drafting(db: Database) -> None:
    """What drafts know beyond document and parties."""

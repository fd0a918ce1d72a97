"""What is tried again later at a provider."""

from __future__ import annotations

from sqlite_utils import Database


def m0007_providers(db: Database) -> None:
    """What is tried again later at a provider."""

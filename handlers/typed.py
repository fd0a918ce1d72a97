"""What people type, read as plainly as it comes."""

from __future__ import annotations


def one_line(text: str) -> str:
    """What was typed, on one line."""
    return " ".join(text.split())

"""A clock that moves only when it is told to."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta


class ManualClock:
    """Called, it gives the time (aware UTC); it starts on Monday 23 November 2026, 06:00 UTC (14:00 in Shanghai)."""

    def __init__(self) -> None:
        self.moment = datetime(2026, 11, 23, 6, tzinfo=UTC)

    def __call__(self) -> datetime:
        return self.moment

    def advance(self, **duration: float) -> None:
        """Move on by `timedelta(**duration)`."""
        self.moment += timedelta(**duration)

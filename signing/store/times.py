"""Between aware datetimes (the API) and integer milliseconds UTC (the store)."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta

EPOCH = datetime(1970, 1, 1, tzinfo=UTC)
MILLISECOND = timedelta(milliseconds=1)
MINUTE = 60_000
HOUR = 60 * MINUTE
DAY = 24 * HOUR
"""In milliseconds, as the store counts."""


def milliseconds(moment: datetime) -> int:
    """Milliseconds since 1970 UTC, rounded down. Raises TypeError for a naive datetime."""
    return (moment - EPOCH) // MILLISECOND


def moment(milliseconds: int) -> datetime:
    """The aware UTC datetime that `milliseconds` stands for."""
    return EPOCH + milliseconds * MILLISECOND

"""What `sealbot doctor` looked at, one thing each."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal

State = Literal["ok", "missing", "note"]


@dataclass(frozen=True, slots=True)
class Finding:
    """One thing that was looked at. `missing` stops something, a `note` is worth knowing."""

    what: str
    state: State
    meaning: str

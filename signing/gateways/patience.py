"""Asking a gateway again when it is only busy, and never while it says no."""

from __future__ import annotations

import time
from collections.abc import Callable

from signing.texting import GatewayDown

TRIES = 3
SECONDS = 8
"""How long one try may take."""

Pause = Callable[[float], None]


class Busy(Exception):
    """A fault that may be over in a moment."""


def patiently(ask: Callable[[], None], pause: Pause = time.sleep) -> None:
    """Ask up to three times, a second and then two between. Raises GatewayDown, and what `ask` refuses with."""
    for attempt in range(TRIES):
        if attempt:
            pause(2.0 ** (attempt - 1))
        try:
            return ask()
        except Busy:
            continue
    raise GatewayDown from None

"""`python -m tests.signing.dying_rotation DATA N`: a rotation that is killed after N transactions."""

from __future__ import annotations

import os
import signal
import sys
from pathlib import Path
from typing import Any

from bot.commands import keys
from bot.settings import Settings
from signing import rotation


def main(data: str, transactions: int) -> None:
    left = [transactions]
    once = rotation._few

    def dying(*args: Any) -> Any:
        if left[0] == 0:
            os.kill(os.getpid(), signal.SIGKILL)
        left[0] -= 1
        return once(*args)

    rotation._few = dying
    keys.rotate(Settings(data=Path(data)))


main(sys.argv[1], int(sys.argv[2]))

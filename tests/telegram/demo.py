"""The demo on Telegram: the same story, through a framework, against the fake Bot API.

python -m tests.telegram.demo aiogram|ptb [--out demo]
"""

from __future__ import annotations

import argparse
import asyncio
import json
import tempfile
from pathlib import Path
from typing import Any

from bot.demo import perform, show
from bot.demo.clock import StoryClock
from tests.telegram.stage import FRAMEWORKS, staged


async def play(framework: str, folder: Path, *, quiet: bool = False) -> dict[str, Any]:
    """Play the story on a fresh installation and leave its results; the report."""
    with tempfile.TemporaryDirectory(prefix="sealbot-demo-") as data:
        echo = (lambda *_: None) if quiet else show
        clock = StoryClock()
        async with staged(framework, Path(data), clock, echo) as stage:
            return await perform(stage, clock, folder)


def main() -> None:
    parser = argparse.ArgumentParser(description="The demo on Telegram, against a fake Bot API")
    parser.add_argument("framework", choices=FRAMEWORKS)
    parser.add_argument(
        "--out", type=Path, default=Path("demo"), help="folder for the results (default: demo)"
    )
    options = parser.parse_args()
    report = asyncio.run(play(options.framework, options.out))
    print(json.dumps(report, indent=2, ensure_ascii=False))


if __name__ == "__main__":
    main()

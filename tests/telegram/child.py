"""The assistant on Telegram as a process of its own, in no hurry of its own, to be killed by whoever started it."""

from __future__ import annotations

import asyncio
import logging
import sys

from bot.messengers.pace import unhurried
from bot.serving import public_routes, until_told
from bot.serving_telegram import serve_telegram
from bot.settings import Settings


def main() -> None:
    logging.basicConfig(level=logging.WARNING, stream=sys.stderr)
    settings = Settings()
    asyncio.run(
        serve_telegram(settings, lambda app: public_routes(app, settings), until_told, pace=unhurried())
    )


if __name__ == "__main__":
    main()

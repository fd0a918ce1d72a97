"""sealbot serve: the assistant for people."""

from __future__ import annotations

import argparse
import asyncio
import logging
import sys

from bot.commands.base import NO, YES, Command


def arguments(parser: argparse.ArgumentParser) -> None:
    parser.add_argument("--verbose", action="store_true", help="log more")


def run(options: argparse.Namespace) -> int:
    from bot.logs import set_up_logs
    from bot.serving import serve
    from bot.settings import Settings

    settings = Settings()
    set_up_logs(settings.log, logging.DEBUG if options.verbose else logging.INFO)
    if settings.telegram_token is None and settings.host not in ("127.0.0.1", "::1", "localhost"):
        print(
            "The web chat is a trial place without a password: it listens on loopback only.", file=sys.stderr
        )
        return NO
    if settings.telegram_token is None:
        print(f"The web chat is at {settings.url} (a trial place, on this machine only). Ctrl-C stops it.")
    else:
        way = "webhook" if settings.webhook_url else "polling"
        print(f"On Telegram by {way} ({settings.telegram_framework}). Ctrl-C stops it.")
    asyncio.run(serve(settings))
    return YES


COMMAND = Command(
    "run the assistant: a web chat on this machine, or on Telegram where there is a token", arguments, run
)

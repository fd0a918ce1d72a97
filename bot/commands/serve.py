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
    from bot.serving import serve
    from bot.settings import Settings

    settings = Settings()
    logging.basicConfig(
        level=logging.DEBUG if options.verbose else logging.INFO,
        format="%(asctime)s %(levelname)s %(name)s: %(message)s",
    )
    if settings.host not in ("127.0.0.1", "::1", "localhost"):
        print(
            "The web chat is a trial place without a password: it listens on loopback only.", file=sys.stderr
        )
        return NO
    print(f"The web chat is at {settings.url} (a trial place, on this machine only). Ctrl-C stops it.")
    asyncio.run(serve(settings))
    return YES


COMMAND = Command("run the assistant: a web chat on this machine", arguments, run)

"""The command line. Exit status 0 yes, 1 no, 2 wrong use."""

from __future__ import annotations

import argparse
import sys
from collections.abc import Sequence

from bot.commands import COMMANDS
from bot.commands.base import NO
from signing.errors import SigningError


def parser() -> argparse.ArgumentParser:
    """All commands, each with its own help."""
    main = argparse.ArgumentParser(
        prog="sealbot", description="A signing assistant in the messenger a small business already uses."
    )
    commands = main.add_subparsers(dest="command", required=True, metavar="COMMAND")
    for name, command in COMMANDS.items():
        one = commands.add_parser(name, help=command.help, description=command.help)
        command.arguments(one)
        one.set_defaults(run=command.run)
    return main


def main(argv: Sequence[str] | None = None) -> int:
    """Run one command; its exit status."""
    arguments = parser().parse_args(argv)
    try:
        status: int = arguments.run(arguments)
    except SigningError as refusal:
        reasons = "".join(f", {name}: {value}" for name, value in refusal.details.items())
        print(f"That did not work: {refusal.code}{reasons}", file=sys.stderr)
        return NO
    return status


if __name__ == "__main__":
    sys.exit(main())

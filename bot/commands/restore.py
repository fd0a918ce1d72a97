"""sealbot restore: an installation out of a backup, looked over before anybody relies on it."""

from __future__ import annotations

import argparse
import sys
from typing import TYPE_CHECKING

from bot.commands.base import NO, YES, Command, add_file

if TYPE_CHECKING:
    from bot.settings import Settings


def arguments(parser: argparse.ArgumentParser) -> None:
    add_file(parser, what="the backup; it goes into SEALBOT_DATA, which must be empty")
    parser.add_argument("--quick", action="store_true", help="don't verify every completed contract again")


def run(options: argparse.Namespace) -> int:
    from bot.settings import Settings
    from signing.errors import SigningError
    from signing.store.backups import restore

    settings = Settings()
    try:
        contents = restore(options.file, settings.data)
    except SigningError as refusal:
        print(f"Nothing was restored: {refusal.code} {refusal.details.get('what', '')}", file=sys.stderr)
        return NO
    print(f"{settings.data}: {contents.files} files, {contents.missing} missing.")
    if settings.has_key_file and not settings.key_path.exists():
        print(f"Put the key into {settings.key_path} before you start: without it nothing can sign.")
        return YES
    return YES if options.quick else verify_again(settings)


def verify_again(settings: Settings) -> int:
    """Say of every completed contract that is not what it was that it isn't."""
    from bot.installation import open_reverifying, utc_now
    from signing.errors import SigningError

    try:
        with open_reverifying(settings) as reverifying:
            faults = reverifying.run(utc_now(), _progress)
    except SigningError as refusal:
        print(f"Restored, but it does not open under this key: {refusal.code}", file=sys.stderr)
        return NO
    print(file=sys.stderr)
    for contract, reason in faults:
        print(f"{contract}: {reason}")
    print(
        f"{len(faults)} completed contracts are not as they were." if faults else "Every contract is valid."
    )
    return NO if faults else YES


def _progress(done: int, total: int) -> None:
    if sys.stderr.isatty() or done == total or done % 1000 == 0:
        print(f"\rverified {done} of {total}", end="", file=sys.stderr, flush=True)


COMMAND = Command("bring an installation back from a backup and verify its contracts again", arguments, run)

"""sealbot backup: the installation in one file, while it is in use."""

from __future__ import annotations

import argparse
import sys
from pathlib import Path

from bot.commands.base import NO, YES, Command


def arguments(parser: argparse.ArgumentParser) -> None:
    parser.add_argument("file", type=Path, metavar="FILE", help="the file to write; it may not be there yet")
    parser.add_argument(
        "--with-key",
        action="store_true",
        help="put the key-encryption key in, too: whoever has the file can then sign as everybody",
    )


def run(options: argparse.Namespace) -> int:
    from bot.installation import utc_now
    from bot.settings import Settings
    from signing.errors import SigningError
    from signing.store.backups import back_up
    from signing.store.sqlite import SqliteStore

    settings = Settings()
    if not (settings.data / "sealbot.db").exists():
        print(f"There is no installation in {settings.data}.", file=sys.stderr)
        return NO
    if options.with_key and not settings.has_key_file:
        print("The key comes from the environment or a command: it is not ours to copy.", file=sys.stderr)
        return NO
    key = settings.key_path if options.with_key else None
    store = SqliteStore(settings.data / "sealbot.db", utc_now)
    try:
        contents = back_up(store, settings.data / "blobs", options.file, key)
    except SigningError as refusal:
        print(f"No backup was made: {refusal.code}", file=sys.stderr)
        return NO
    finally:
        store.close()
    kept = (
        "with the key: guard it like a seal" if contents.has_key else "without the key: keep that elsewhere"
    )
    print(f"{options.file}: {contents.files} files, {contents.missing} missing, {kept}.")
    return YES


COMMAND = Command("copy the installation into one file, while it is in use", arguments, run)

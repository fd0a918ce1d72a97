"""sealbot keys: look after the key that everything hangs from, and the key that issues certificates."""

from __future__ import annotations

import argparse
import sys
from typing import TYPE_CHECKING

from bot.commands.base import NO, YES, Command

if TYPE_CHECKING:
    from bot.settings import Settings


def arguments(parser: argparse.ArgumentParser) -> None:
    parser.add_argument(
        "what",
        choices=("rotate", "new", "rollover"),
        help="rotate: wrap everything under a new key-encryption key (again after a crash: it goes on); "
        "new: print a key that may take the place of the one in use; "
        "rollover: make a new issuing certificate, what the old one issued stays valid",
    )


def run(options: argparse.Namespace) -> int:
    from bot.settings import Settings
    from signing.errors import SigningError

    settings = Settings()
    if not (settings.data / "sealbot.db").exists():
        print(f"There is no installation in {settings.data}.", file=sys.stderr)
        return NO
    try:
        return {"rotate": rotate, "new": new, "rollover": rollover}[options.what](settings)
    except SigningError as refusal:
        print(f"Nothing was changed: {refusal.code}", file=sys.stderr)
        return NO


def rotate(settings: Settings) -> int:
    """With a key file: make a successor, wrap, drop the old one. Else the setting must hold both, the newest first."""
    from bot.installation import keys_of, open_vault, utc_now
    from signing.rotation import Rotation
    from signing.store.keys import write_keys
    from signing.store.sqlite import SqliteStore

    keys = keys_of(settings)
    if len(keys) == 1 and not settings.has_key_file:
        print("Put the new key in front of the old one first: see `sealbot keys new`.", file=sys.stderr)
        return NO
    if len(keys) == 1:
        keys = (keys[0].successor(), keys[0])
        write_keys(settings.key_path, keys)
    store = SqliteStore(settings.data / "sealbot.db", utc_now)
    try:
        count = Rotation(store, open_vault(settings)).run()
    finally:
        store.close()
    if settings.has_key_file:
        write_keys(settings.key_path, keys[:1])
    print(
        f"{count} keys are wrapped under the new key. Keep a copy of it; backups from before need the old one."
    )
    return YES


def new(settings: Settings) -> int:
    """A successor carries the key of the database's digests, so a key out of nowhere would not do."""
    from bot.installation import keys_of

    print(keys_of(settings)[0].successor().to_hex())
    return YES


def rollover(settings: Settings) -> int:
    """For an authority whose root's key is here; otherwise `sealbot authority rollover --root-key`."""
    from bot.installation import open_authorities, utc_now

    with open_authorities(settings) as change:
        authority = change(lambda one: one.roll_over(utc_now()))
    issuing = authority.issuers[0].certificate
    until = f"{issuing.not_valid_after_utc:%Y-%m-%d}"
    print(f"{issuing.subject.rfc4514_string()} issues from now on, until {until}.")
    return YES


COMMAND = Command("look after keys: rotate the key-encryption key, roll over the issuing one", arguments, run)

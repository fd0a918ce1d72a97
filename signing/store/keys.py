"""Where key-encryption keys come from: a text, a file or a command, each of one key or, in a change, newest first."""

from __future__ import annotations

import shlex
import subprocess
from collections.abc import Sequence
from pathlib import Path

from signing.store.files import write_whole
from signing.store.vault import KeyEncryptionKey, KeyUnusable

COMMAND_SECONDS = 30


def keys_in(text: str) -> tuple[KeyEncryptionKey, ...]:
    """Keys of 64 or 128 hexadecimal digits each, with white space between them. Raises KeyUnusable."""
    keys = tuple(map(KeyEncryptionKey.from_hex, text.split()))
    if not keys or len({key.digest_key for key in keys}) != 1:
        raise KeyUnusable()
    return keys


def keys_in_file(path: Path) -> tuple[KeyEncryptionKey, ...]:
    """Raises KeyUnusable."""
    try:
        return keys_in(path.read_text("ascii"))
    except (OSError, UnicodeDecodeError):
        raise KeyUnusable() from None


def keys_from_command(command: str) -> tuple[KeyEncryptionKey, ...]:
    """The keys that a command prints. Raises KeyUnusable."""
    return keys_in(printed_by(command))


def printed_by(command: str) -> str:
    """What a command (words as a shell splits them, but no shell) prints. Raises KeyUnusable."""
    try:
        words = shlex.split(command)
        done = subprocess.run(  # noqa: S603 - the installation's own setting
            words, stdin=subprocess.DEVNULL, capture_output=True, timeout=COMMAND_SECONDS, check=True
        )
        return done.stdout.decode("ascii")
    except (OSError, ValueError, subprocess.SubprocessError):
        raise KeyUnusable() from None


def write_keys(path: Path, keys: Sequence[KeyEncryptionKey]) -> None:
    """Put a file of keys in the place of the one that is there, in full or not at all."""
    write_whole(path, "".join(f"{key.to_hex()}\n" for key in keys).encode())

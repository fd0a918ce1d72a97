"""Files that are there in full or not at all, whatever dies in between."""

from __future__ import annotations

import contextlib
import os
import secrets
from pathlib import Path


def write_whole(path: Path, data: bytes) -> None:
    """Write a `.part` file beside it, fsync, rename to `path`, fsync the folder. Mode 0600."""
    temporary = _write_temporary(path.parent, data)
    temporary.replace(path)
    sync_folder(path.parent)


def write_new(path: Path, data: bytes) -> bool:
    """Like `write_whole`, but the first who writes wins: False if the file was there already."""
    temporary = _write_temporary(path.parent, data)
    try:
        os.link(temporary, path)
    except FileExistsError:
        return False
    finally:
        temporary.unlink()
    sync_folder(path.parent)
    return True


def make_folder(path: Path) -> None:
    """Make a folder and its parents (mode 0700), each durable in the one above it."""
    if not path.is_dir():
        make_folder(path.parent)
        with contextlib.suppress(FileExistsError):
            path.mkdir(mode=0o700)
        sync_folder(path.parent)


def sync_folder(path: Path) -> None:
    """Make the names in a folder durable."""
    descriptor = os.open(path, os.O_RDONLY | os.O_DIRECTORY)
    try:
        os.fsync(descriptor)
    finally:
        os.close(descriptor)


def _write_temporary(folder: Path, data: bytes) -> Path:
    path = folder / f".{secrets.token_hex(16)}.part"
    descriptor = os.open(path, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
    with os.fdopen(descriptor, "wb") as file:
        file.write(data)
        file.flush()
        os.fsync(file.fileno())
    return path

"""An installation in one file: the database as of one moment, and the files that it names.

A tar: `sealbot.db`, `blobs/aa/bb/<sha256>` and, only when asked for, `key`. What was sealed for a person is left out, as
their keys are: who is erased here must not be readable from an older copy.
"""

from __future__ import annotations

import hashlib
import os
import shutil
import sqlite3
import tarfile
import tempfile
from collections.abc import Iterable, Iterator
from contextlib import closing
from dataclasses import dataclass
from pathlib import Path
from typing import IO, ClassVar, Protocol

from signing.errors import SigningError
from signing.store.files import make_folder, sync_folder, write_whole

DATABASE, KEY, BLOBS = "sealbot.db", "key", "blobs"
CHUNK = 1 << 20


class BackupUnusable(SigningError):
    """The file is no backup, is torn, or holds what no backup holds. `what`: the name it failed at."""

    code: ClassVar[str] = "backup.unusable"


class Occupied(SigningError):
    """There is something already where the backup or the restored installation would go."""

    code: ClassVar[str] = "backup.occupied"


@dataclass(frozen=True, slots=True)
class Contents:
    """What a backup holds: files by their number, `missing` those that the database names and the folder lacks."""

    files: int
    missing: int
    has_key: bool


class Copying(Protocol):
    """A store that can write a snapshot of itself into a new file."""

    def backup(self, path: Path) -> None: ...


def back_up(store: Copying, blobs: Path, out: Path, key: Path | None = None) -> Contents:
    """Write a backup while the installation is in use; `key` is put in, too. It appears under its name when it is whole.

    Raises Occupied.
    """
    if out.exists():
        raise Occupied()
    with tempfile.TemporaryDirectory(dir=out.parent) as folder:
        snapshot, part = Path(folder) / DATABASE, Path(folder) / "part"
        store.backup(snapshot)
        part.touch(mode=0o600)
        with tarfile.open(part, "w", dereference=False) as archive:
            archive.add(snapshot, DATABASE)
            contents = _add_files(archive, blobs, named_in(snapshot), key)
        _settle(part, out)
    return contents


def restore(archive: Path, data: Path) -> Contents:
    """Unpack a backup into a folder that is not there yet or is empty; each file is compared with its digest.

    Raises BackupUnusable, Occupied. Nothing appears in `data` before all of it is whole.
    """
    if data.exists() and any(data.iterdir()):
        raise Occupied()
    make_folder(data.parent)
    with tempfile.TemporaryDirectory(dir=data.parent) as folder:
        fresh = Path(folder) / "data"
        make_folder(fresh / BLOBS)
        try:
            unpacked = _unpack(archive, fresh)
        except (tarfile.TarError, EOFError) as error:
            raise BackupUnusable(what=type(error).__name__) from None
        named = named_in(fresh / DATABASE)
        if data.exists():
            data.rmdir()
        fresh.rename(data)
        sync_folder(data.parent)
    return Contents(len(unpacked), len(named - unpacked), (data / KEY).exists())


def named_in(database: Path) -> set[str]:
    """Digests of the files that a database names and anyone of the house may read. Raises BackupUnusable."""
    try:
        with closing(sqlite3.connect(f"{database.resolve().as_uri()}?mode=ro", uri=True)) as connection:
            if connection.execute("PRAGMA integrity_check").fetchone() != ("ok",):
                raise BackupUnusable(what=DATABASE)
            return {digest for (digest,) in connection.execute("SELECT id FROM blobs WHERE subject IS NULL")}
    except sqlite3.Error:
        raise BackupUnusable(what=DATABASE) from None


def _add_files(archive: tarfile.TarFile, blobs: Path, named: Iterable[str], key: Path | None) -> Contents:
    there = missing = 0
    for digest in sorted(named):
        try:
            archive.add(blobs / digest[:2] / digest[2:4] / digest, f"{BLOBS}/{digest}", recursive=False)
            there += 1
        except FileNotFoundError:
            missing += 1
    if key is not None:
        archive.add(key, KEY)
    return Contents(there, missing, key is not None)


def _settle(part: Path, out: Path) -> None:
    with part.open("rb+") as file:
        os.fsync(file.fileno())
    part.rename(out)
    sync_folder(out.parent)


def _unpack(archive: Path, fresh: Path) -> set[str]:
    """Everything out of it, under names of our own making; the digests of the files."""
    digests = set()
    for name, content in _members(archive):
        if (fresh / name).exists():
            raise BackupUnusable(what=name)
        if name == DATABASE:
            with (fresh / DATABASE).open("xb") as file:
                shutil.copyfileobj(content, file, CHUNK)
            (fresh / DATABASE).chmod(0o600)
        elif name == KEY:
            write_whole(fresh / KEY, content.read(CHUNK))
        else:
            digests.add(_unpack_file(name, content.read(), fresh))
    if not (fresh / DATABASE).exists():
        raise BackupUnusable(what=DATABASE)
    os.sync()
    return digests


def _unpack_file(name: str, data: bytes, fresh: Path) -> str:
    folder, _, digest = name.rpartition("/")
    if folder != BLOBS or hashlib.sha256(data).hexdigest() != digest:
        raise BackupUnusable(what=name)
    path = fresh / BLOBS / digest[:2] / digest[2:4] / digest
    make_folder(path.parent)
    path.write_bytes(data)
    path.chmod(0o600)
    return digest


def _members(archive: Path) -> Iterator[tuple[str, IO[bytes]]]:
    with tarfile.open(archive) as tar:
        for member in tar:
            content = tar.extractfile(member) if member.isfile() else None
            if content is None:
                raise BackupUnusable(what=member.name)
            yield member.name, content

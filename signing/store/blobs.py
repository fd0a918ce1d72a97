"""Files by their SHA-256: written and made durable before the row that names them."""

from __future__ import annotations

import hashlib
import os
import time
from collections.abc import Iterator
from pathlib import Path
from typing import ClassVar

from signing.errors import SigningError
from signing.store.files import make_folder, write_whole
from signing.store.port import Reading, Store, Tx
from signing.store.vault import Vault

HOUR = 3600.0


class BlobMissing(SigningError):
    """No file has this digest."""

    code: ClassVar[str] = "blob.missing"


class BlobChanged(SigningError):
    """The file under this digest is torn or was changed: its bytes have another digest."""

    code: ClassVar[str] = "blob.changed"


class Blobs:
    """Files in `folder`, as `aa/bb/<sha256>`. Those about a person are encrypted with the person's key.

    Write first, then register in the transaction that needs the file: a crash leaves at most a file that no
    row names, and `sweep` takes it away.
    """

    def __init__(self, folder: Path, vault: Vault) -> None:
        make_folder(folder)
        self._folder = folder
        self._vault = vault

    def write(self, data: bytes) -> str:
        """Store bytes durably, outside any transaction; their SHA-256 in hexadecimal."""
        digest = hashlib.sha256(data).hexdigest()
        path = self._path(digest)
        if _is_whole(path, digest):
            os.utime(path)  # it may be old and unnamed: keep it from the sweep
        else:
            make_folder(path.parent)
            write_whole(path, data)
        return digest

    def read(self, digest: str) -> bytes:
        """The bytes of this digest. Raises BlobMissing, BlobChanged."""
        try:
            data = self._path(digest).read_bytes()
        except FileNotFoundError:
            raise BlobMissing(digest=digest) from None
        if hashlib.sha256(data).hexdigest() != digest:
            raise BlobChanged(digest=digest)
        return data

    def register(self, tx: Tx, digest: str, mime: str, subject: str | None = None) -> None:
        """Name a written file in the database; again is fine. Raises BlobMissing."""
        try:
            size = self._path(digest).stat().st_size
        except FileNotFoundError:
            raise BlobMissing(digest=digest) from None
        row = {"id": digest, "size": size, "mime": mime, "subject": subject, "created": tx.now}
        tx.insert("blobs", row, once=True)

    def write_sealed(self, tx: Tx, subject: str, data: bytes, mime: str) -> str:
        """Encrypt with the subject's key, store and register; the digest of the sealed bytes."""
        digest = self.write(self._vault.seal(tx, subject, data))
        self.register(tx, digest, mime, subject)
        return digest

    def read_sealed(self, tx: Reading, subject: str, digest: str) -> bytes:
        """What `write_sealed` stored. Raises BlobMissing, BlobChanged, Sealed."""
        return self._vault.open(tx, subject, self.read(digest))

    def sweep(self, store: Store, older_than: float = HOUR) -> int:
        """Delete files that no row names and that nobody wrote for `older_than` seconds; how many."""
        before = time.time() - older_than
        candidates = [path for path in self._files() if _is_older(path, before)]
        named = store.read(lambda tx: {path for path in candidates if tx.get("blobs", path.name)})
        unnamed = [path for path in candidates if path not in named]
        return sum(store.write(self._drop, path, before) for path in unnamed)

    def shred(self, store: Store, digest: str) -> bool:
        """Delete one file at once if no row names it."""
        return store.write(self._drop, self._path(digest), float("inf"))

    def _drop(self, tx: Tx, path: Path, before: float) -> bool:
        """Inside a write, where no `register` can come between the look and the deed."""
        if tx.get("blobs", path.name) or not _is_older(path, before):
            return False
        path.unlink(missing_ok=True)
        return True

    def _files(self) -> Iterator[Path]:
        return (path for path in self._folder.glob("??/??/*") if path.is_file())

    def _path(self, digest: str) -> Path:
        if len(digest) != 64 or set(digest) - set("0123456789abcdef"):
            raise BlobMissing(digest=digest)
        return self._folder / digest[:2] / digest[2:4] / digest


def _is_whole(path: Path, digest: str) -> bool:
    try:
        with path.open("rb") as file:
            return hashlib.file_digest(file, "sha256").hexdigest() == digest
    except FileNotFoundError:
        return False


def _is_older(path: Path, before: float) -> bool:
    try:
        return path.stat().st_mtime < before
    except FileNotFoundError:
        return False

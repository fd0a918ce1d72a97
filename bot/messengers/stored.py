"""The files that messages show, opened for whoever sends them on."""

from __future__ import annotations

from concurrent.futures import Future
from dataclasses import dataclass

from signing.errors import SigningError
from signing.store.blobs import Blobs
from signing.store.port import Reading, Store, Tx


class NotKept(Exception):
    """The file is gone: it was erased, or its person was."""


@dataclass(frozen=True, slots=True)
class Opened:
    """A file's bytes. `personal`: it is about a person, and encrypted with that person's key where it lies."""

    data: bytes
    personal: bool


class StoredFiles:
    """Reads by digest, whether a file is sealed or not."""

    def __init__(self, store: Store, blobs: Blobs) -> None:
        self._store = store
        self._blobs = blobs

    def is_personal(self, digest: str) -> bool:
        """Whether a file is about a person."""
        row = self._store.read(lambda tx: tx.get("blobs", digest))
        return bool(row and row["subject"])

    def known(self, key: str) -> str:
        """What a messenger called a file when it had it from us; empty if it never had."""
        row = self._store.read(lambda tx: tx.get("sent_files", key))
        return str(row["file"]) if row else ""

    def learn(self, key: str, file: str) -> Future[None]:
        """Keep what a messenger calls a file."""
        return self._store.submit(_learn, key, file)

    def open(self, digest: str) -> Opened:
        """Raises NotKept."""
        try:
            return self._store.read(self._open, digest)
        except SigningError:
            raise NotKept from None

    def _open(self, tx: Reading, digest: str) -> Opened:
        row = tx.get("blobs", digest)
        subject = row["subject"] if row else None
        if subject is None:
            return Opened(self._blobs.read(digest), personal=False)
        return Opened(self._blobs.read_sealed(tx, subject, digest), personal=True)


def _learn(tx: Tx, key: str, file: str) -> None:
    if not tx.insert("sent_files", {"id": key, "file": file, "created": tx.now}, once=True):
        tx.change("sent_files", key, {"file": file, "created": tx.now})

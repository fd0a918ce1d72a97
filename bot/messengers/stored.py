"""The files that messages show, opened for whoever sends them on."""

from __future__ import annotations

from dataclasses import dataclass

from signing.errors import SigningError
from signing.store.blobs import Blobs
from signing.store.port import Reading, Store


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

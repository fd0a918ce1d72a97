"""Starter forms that come with the program, written for it: brought into a keeper's own forms when they are used."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path

from signing.actor import Actor
from signing.forms.errors import NoSuchForm
from signing.forms.forms import DOCX, Forms, Sheet
from signing.ids import Digest
from signing.store.blobs import Blobs
from signing.store.port import Reading, Store, Tx

LANGUAGES = ("zh", "en")


@dataclass(frozen=True, slots=True)
class Starter:
    """A form in the folder: `key` is its language and number, `name` its file's name without what comes before."""

    key: str
    name: str


@dataclass(frozen=True, slots=True)
class Brought:
    """A starter's file, stored and read."""

    name: str
    digest: Digest
    sheet: Sheet


class Starters:
    """The starter forms in `folder`: one folder per language, files called `1 name.docx`."""

    def __init__(self, folder: Path, store: Store, blobs: Blobs, forms: Forms) -> None:
        self._folder = folder
        self._store = store
        self._blobs = blobs
        self._forms = forms

    def offered(self, tx: Reading, actor: Actor, language: str) -> list[Starter]:
        """Those in a language."""
        files = sorted((self._folder / (language if language in LANGUAGES else "en")).glob("*.docx"))
        return [_starter(file) for file in files]

    def bring(self, key: str) -> Brought:
        """Store one; outside any transaction. Raises NoSuchForm."""
        files = [file for language in LANGUAGES for file in (self._folder / language).glob("*.docx")]
        file = next((each for each in files if _starter(each).key == key), None)
        if file is None:
            raise NoSuchForm
        digest = Digest(self._blobs.write(file.read_bytes()))
        self._store.write(_register, self._blobs, digest)
        return Brought(_starter(file).name, digest, self._forms.read(digest))


def _starter(file: Path) -> Starter:
    number, _, name = file.stem.partition(" ")
    return Starter(f"{file.parent.name}-{number}", name)


def _register(tx: Tx, blobs: Blobs, digest: Digest) -> None:
    blobs.register(tx, digest, DOCX)

"""Office files are ZIP archives of XML: opened with limits, each entry told apart by its name before it is read."""

from __future__ import annotations

import io
import zipfile
from collections.abc import Callable, Iterator
from xml.parsers import expat

from signing.documents import errors

MOST_ENTRIES = 2_000
MOST_BYTES = 128 << 20
MOST_RATIO = 200
RATIO_FROM = 1 << 20
"""Entries below this size may be squeezed as hard as they like."""
MOST_DEPTH = 256
MOST_ELEMENTS = 3_000_000
ENCRYPTED_FLAG = 0x1
_CHUNK = 1 << 16

OnElement = Callable[[str, dict[str, str]], None]
OnText = Callable[[str, str], None]


class OfficeArchive:
    """The entries of an archive. Raises ZipBomb, Encrypted, Malformed."""

    def __init__(self, data: bytes) -> None:
        try:
            self._zip = zipfile.ZipFile(io.BytesIO(data))
        except (zipfile.BadZipFile, ValueError, NotImplementedError):
            raise errors.Malformed() from None
        self._entries = {info.filename: info for info in self._zip.infolist()}
        self._check_names()
        self._check_sizes(len(data))
        self._left = MOST_BYTES

    @property
    def names(self) -> list[str]:
        """Names of files, in the archive's order."""
        return [name for name in self._entries if not name.endswith("/")]

    def chunks(self, name: str) -> Iterator[bytes]:
        """The entry's content. Counts what really comes out, whatever the headers say."""
        try:
            with self._zip.open(self._entries[name]) as file:
                while chunk := file.read(_CHUNK):
                    self._left -= len(chunk)
                    if self._left < 0:
                        raise errors.ZipBomb()
                    yield chunk
        except (zipfile.BadZipFile, ValueError, NotImplementedError, OSError, EOFError, RuntimeError):
            raise errors.Malformed() from None

    def _check_names(self) -> None:
        infos = self._zip.infolist()
        folded = {info.filename.casefold() for info in infos}
        if len(folded) != len(infos):
            raise errors.Malformed()
        for info in infos:
            parts = info.filename.replace("\\", "/").split("/")
            if ".." in parts or parts[0] == "" or ":" in info.filename or "\\" in info.filename:
                raise errors.Malformed()
            if info.flag_bits & ENCRYPTED_FLAG:
                raise errors.Encrypted()

    def _check_sizes(self, size: int) -> None:
        infos = self._zip.infolist()
        if len(infos) > MOST_ENTRIES or sum(info.file_size for info in infos) > MOST_BYTES:
            raise errors.ZipBomb()
        if sum(info.compress_size for info in infos) > size:
            raise errors.ZipBomb()
        for info in infos:
            if info.file_size > RATIO_FROM and info.file_size > MOST_RATIO * max(info.compress_size, 1):
                raise errors.ZipBomb()


def walk_xml(chunks: Iterator[bytes], on_element: OnElement, on_text: OnText | None = None) -> None:
    """Go through XML: `on_element` gets local name and attributes (by local name), `on_text` the name of the
    element that text stands in, and the text.

    Raises XmlEntities (a document type is declared), TooDeep, Malformed.
    """
    parser = expat.ParserCreate(namespace_separator="\n")
    parser.buffer_text = True
    path: list[str] = []
    seen = 0

    def start(name: str, attributes: dict[str, str]) -> None:
        nonlocal seen
        seen += 1
        path.append(local(name))
        if len(path) > MOST_DEPTH or seen > MOST_ELEMENTS:
            raise errors.TooDeep()
        on_element(path[-1], {local(key): value for key, value in attributes.items()})

    def doctype(*_: object) -> None:
        raise errors.XmlEntities()

    parser.StartElementHandler = start
    parser.EndElementHandler = lambda _: path.pop()
    parser.StartDoctypeDeclHandler = doctype
    if on_text is not None:
        parser.CharacterDataHandler = lambda text: on_text(path[-1] if path else "", text)
    try:
        for chunk in chunks:
            parser.Parse(chunk, False)
        parser.Parse(b"", True)
    except expat.ExpatError:
        raise errors.Malformed() from None


def local(name: str) -> str:
    """A name without its namespace."""
    return name.rpartition("\n")[2]

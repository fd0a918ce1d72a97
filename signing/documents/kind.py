"""What a file is, by its first bytes. A name proves nothing."""

from __future__ import annotations

import io
import zipfile
from typing import Literal

Kind = Literal[
    "empty",
    "pdf",
    "docx",
    "doc",
    "odt",
    "rtf",
    "heic",
    "jpeg",
    "png",
    "gif",
    "tiff",
    "bmp",
    "webp",
    "svg",
    "other",
]

PICTURES: frozenset[Kind] = frozenset({"jpeg", "png", "gif", "tiff", "bmp", "webp", "svg"})
WORD: frozenset[Kind] = frozenset({"docx", "doc", "odt", "rtf"})

_STARTS: tuple[tuple[bytes, Kind], ...] = (
    (b"\xff\xd8\xff", "jpeg"),
    (b"\x89PNG\r\n\x1a\n", "png"),
    (b"GIF87a", "gif"),
    (b"GIF89a", "gif"),
    (b"II*\0", "tiff"),
    (b"MM\0*", "tiff"),
    (b"BM", "bmp"),
    (b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1", "doc"),
    (b"{\\rtf", "rtf"),
)
_HEIF_BRANDS = frozenset({b"heic", b"heix", b"heim", b"heis", b"hevc", b"hevx", b"mif1", b"msf1"})


def kind_of(data: bytes) -> Kind:
    """The kind of `data`. A PDF may begin within its first 1024 bytes (ISO 32000-1, annex H, note 13)."""
    head = data[:1024]
    if not head.strip(b"\0 \t\r\n"):
        return "other" if data.strip(b"\0 \t\r\n") else "empty"
    for start, kind in _STARTS:
        if head.startswith(start):
            return kind
    if head[4:8] == b"ftyp" and head[8:12] in _HEIF_BRANDS:
        return "heic"
    if head[:4] == b"RIFF" and head[8:12] == b"WEBP":
        return "webp"
    if head.startswith(b"PK\x03\x04"):
        return _kind_of_zip(data)
    if b"%PDF-" in head:
        return "pdf"
    return "svg" if b"<svg" in head.lower() else "other"


def _kind_of_zip(data: bytes) -> Kind:
    try:
        with zipfile.ZipFile(io.BytesIO(data)) as archive:
            names = set(archive.namelist())
    except (zipfile.BadZipFile, ValueError, OSError, NotImplementedError, RuntimeError):
        return "other"
    if "word/document.xml" in names or any(name.startswith("word/") for name in names):
        return "docx"
    return "odt" if "content.xml" in names and "mimetype" in names else "other"

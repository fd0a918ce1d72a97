"""Files that are a trap for who reads them: entities, depth, bombs, archives that lie."""

from __future__ import annotations

import io
import struct
import zipfile

from ..word_files import (
    HEAD,
    RELATIONS,
    document,
    docx,
    paragraph,
    relations,
)
from .cases import Cases, Maker

ARCHIVES = Cases()


def entity(declaration: str, use: str = "&x;") -> Maker:
    return lambda port: docx(
        {"word/document.xml": document(paragraph(use), f"{HEAD}<!DOCTYPE d {declaration.format(port=port)}>")}
    )


ARCHIVES.add(
    "an entity that reads a file", "xml-entities", entity('[<!ENTITY x SYSTEM "file:///etc/passwd">]')
)
ARCHIVES.add(
    "an entity that fetches", "xml-entities", entity('[<!ENTITY x SYSTEM "http://127.0.0.1:{port}/x">]')
)
ARCHIVES.add(
    "an entity of parameters",
    "xml-entities",
    entity('[<!ENTITY % x SYSTEM "http://127.0.0.1:{port}/x"> %x;]', "y"),
)
ARCHIVES.add(
    "a document type that fetches", "xml-entities", entity('SYSTEM "http://127.0.0.1:{port}/x.dtd"', "y")
)
ARCHIVES.add(
    "a billion laughs",
    "xml-entities",
    entity('[<!ENTITY a "ha"><!ENTITY b "&a;&a;&a;"><!ENTITY x "&b;&b;&b;">]'),
)
ARCHIVES.add(
    "an entity in the relations",
    "xml-entities",
    lambda port: docx(
        {
            RELATIONS: f'{HEAD}<!DOCTYPE r [<!ENTITY x SYSTEM "http://127.0.0.1:{port}/">]>{relations()[len(HEAD) :]}'
        }
    ),
)
ARCHIVES.add(
    "an entity in UTF-16",
    "xml-entities",
    lambda port: docx(
        {
            "word/document.xml": document(
                "", '<?xml version="1.0" encoding="UTF-16"?><!DOCTYPE d [<!ENTITY x "y">]>'
            ).encode("utf-16")
        }
    ),
)

ARCHIVES.add(
    "nested paragraphs",
    "too-deep",
    lambda port: docx({"word/document.xml": document("<w:sdt>" * 5000 + "</w:sdt>" * 5000)}),
)
ARCHIVES.add(
    "nested tables",
    "too-deep",
    lambda port: docx(
        {
            "word/document.xml": document(
                "<w:tbl><w:tr><w:tc>" * 300 + "<w:p/>" + "</w:tc></w:tr></w:tbl>" * 300
            )
        }
    ),
)
ARCHIVES.add(
    "XML that is not closed", "malformed", lambda port: docx({"word/document.xml": document()[:-20]})
)
ARCHIVES.add(
    "an unknown encoding",
    "malformed",
    lambda port: docx({"word/document.xml": document("", '<?xml version="1.0" encoding="x-mystery"?>')}),
)

ARCHIVES.add("a gigabyte of noughts", "zip-bomb", lambda port: docx({"word/media/a.png": bytes(140 << 20)}))
ARCHIVES.add(
    "a squeezed part",
    "zip-bomb",
    lambda port: docx({"customXml/item1.xml": b"<a>" + b" " * (20 << 20) + b"</a>"}),
)
ARCHIVES.add(
    "too many parts", "zip-bomb", lambda port: docx({f"word/media/{n}.png": b"" for n in range(2100)})
)


def lying(port: int) -> bytes:
    """Sizes in the headers that are smaller than what comes out."""
    data = bytearray(docx({"word/media/a.png": bytes(30 << 20)}))
    real = struct.pack("<I", 30 << 20)
    while (at := data.find(real)) >= 0:
        data[at : at + 4] = struct.pack("<I", 1000)
    return bytes(data)


def overlapping(port: int) -> bytes:
    """Many entries of the directory that share one body (Fifield's bomb)."""
    data = docx({"word/media/a.png": bytes(900_000)})
    with zipfile.ZipFile(io.BytesIO(data)) as archive:
        start, (info,) = (
            archive.start_dir,
            [i for i in archive.infolist() if i.filename == "word/media/a.png"],
        )
        count = len(archive.infolist())
    entry = data[data.find(b"PK\x01\x02", start) :]
    at = data.rfind(b"PK\x01\x02", 0, data.rfind(b"word/media/a.png"))
    size = 46 + len("word/media/a.png")
    entry = data[at : at + size]
    copies = b"".join(
        entry.replace(b"a.png", name) for name in (b"%c.png" % c for c in b"bcdefghijklmnopqrstuvwxyz")
    )
    end = data.rfind(b"PK\x05\x06")
    directory = data[start:end] + copies
    total = count + 25
    assert info.compress_size
    return (
        data[:start]
        + directory
        + struct.pack("<4sHHHHIIH", b"PK\x05\x06", 0, 0, total, total, len(directory), start, 0)
    )


ARCHIVES.add("sizes that lie", "malformed", lying)
ARCHIVES.add("bodies that overlap", "zip-bomb", overlapping)


def twice(port: int) -> bytes:
    out = io.BytesIO(docx())
    with zipfile.ZipFile(out, "a") as archive:
        archive.writestr("WORD/document.xml", document())
    return out.getvalue()


def locked(port: int) -> bytes:
    data = bytearray(docx())
    at = data.find(b"PK\x01\x02")
    data[at + 8] |= 1
    return bytes(data)


ARCHIVES.add("a part that is there twice", "malformed", twice)
ARCHIVES.add("a locked part", "encrypted", locked)
for name in ("../../etc/cron.d/a.xml", "/etc/a.xml", "word\\..\\a.xml", "c:a.xml"):
    ARCHIVES.add(f"a part named {name}", "malformed", lambda port, name=name: docx({name: "<a/>"}))
ARCHIVES.add("half a file", "not-a-pdf", lambda port: docx()[:300])

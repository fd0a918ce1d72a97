"""Hostile Word files, and the reason each is refused with. `{port}` stands for a listener on the loopback."""

from __future__ import annotations

import io
import struct
import zipfile
from collections.abc import Callable

from . import word_files as made
from .word_files import (
    HEAD,
    MICROSOFT,
    RELATIONS,
    W,
    compound,
    document,
    docx,
    field,
    fields,
    odt,
    paragraph,
    relation,
    relations,
)

Maker = Callable[[int], bytes]
FILES: dict[str, tuple[Maker, str]] = {}


def add(name: str, reason: str, maker: Maker) -> None:
    assert name not in FILES
    FILES[name] = (maker, reason)


def related(kind: str, target: str, **how: object) -> Maker:
    return lambda port: docx({RELATIONS: relations(relation(kind, target.format(port=port), **how))})


URLS = (
    "http://127.0.0.1:{port}/a",
    "https://127.0.0.1:{port}/a",
    "file:///etc/passwd",
    "\\\\127.0.0.1\\share\\a",
    "//127.0.0.1:{port}/a",
)
for kind in (
    "image",
    "oleObject",
    "frame",
    "video",
    "audio",
    "mailMergeSource",
    "externalLinkPath",
    "header",
    "styles",
):
    reason = "ole-object" if kind == "oleObject" else "external-link"
    for url in URLS[:3]:
        add(f"external {kind} at {url}", reason, related(kind, url))
for url in URLS:
    add(f"template at {url}", "remote-template", related("attachedTemplate", url))
for url in URLS[2:]:
    add(f"link to {url}", "external-link", related("hyperlink", url))
for url in (
    "javascript:alert(1)",
    "ms-msdt:/id",
    "vbscript:x",
    "smb://127.0.0.1/a",
    "ftp://127.0.0.1:{port}/a",
    "ldap://127.0.0.1:{port}",
):
    add(f"link to {url}", "external-link", related("hyperlink", url))
add(
    "an address without the word External",
    "external-link",
    related("image", "http://127.0.0.1:{port}/a", external=False),
)
add(
    "External in small letters",
    "external-link",
    lambda port: docx(
        {
            RELATIONS: relations(
                relation("image", f"http://127.0.0.1:{port}/").replace('"External"', '"external"')
            )
        }
    ),
)
add(
    "a relation in a header's part",
    "external-link",
    lambda port: docx(
        {"word/_rels/header1.xml.rels": relations(relation("image", f"http://127.0.0.1:{port}/"))}
    ),
)
add(
    "a relation of the settings",
    "remote-template",
    lambda port: docx(
        {
            "word/_rels/settings.xml.rels": relations(
                relation("attachedTemplate", f"http://127.0.0.1:{port}/t.dotm")
            )
        }
    ),
)

for name in ("word/vbaProject.bin", "word/vbaData.xml", "VBA/dir", "word/VBAPROJECT.BIN"):
    add(f"macros as {name}", "macros", lambda port, name=name: docx({name: b"x"}))
add(
    "macros by type",
    "macros",
    lambda port: docx(
        {
            "[Content_Types].xml": made.TYPES.replace(
                "wordprocessingml.document.main", "wordprocessingml.document.macroEnabled.main"
            ).replace(
                "vnd.openxmlformats-officedocument.wordprocessingml.document.macroEnabled",
                "vnd.ms-word.document.macroEnabled",
            )
        }
    ),
)
add("macros by relation", "macros", related("vbaProject", "harmless.xml", external=False, base=MICROSOFT))
add(
    "key bindings",
    "macros",
    related("keyMapCustomizations", "customizations.xml", external=False, base=MICROSOFT),
)
for name in (
    "word/embeddings/oleObject1.bin",
    "word/embeddings/sheet.xlsx",
    "word/activeX/activeX1.xml",
    "word/ctrlProps/a.xml",
    "x/oleObject7.bin",
):
    add(f"an object as {name}", "ole-object", lambda port, name=name: docx({name: b"<x/>"}))
for kind in ("oleObject", "package", "control"):
    add(f"an object by relation {kind}", "ole-object", related(kind, "harmless.xml", external=False))
add(
    "an object in the text",
    "ole-object",
    lambda port: docx(
        {
            "word/document.xml": document(
                '<w:p><w:r><w:object><o:OLEObject Type="Link" ProgID="Excel.Sheet"/></w:object></w:r></w:p>'
            )
        }
    ),
)
add(
    "a control in the text",
    "ole-object",
    lambda port: docx({"word/document.xml": document('<w:p><w:r><w:control r:id="rId9"/></w:r></w:p>')}),
)
for kind in ("aFChunk", "subDocument"):
    add(f"another document by {kind}", "embedded-files", related(kind, "chunk.xml", external=False))
for name in (
    "word/chunk.html",
    "word/chunk.mht",
    "a.exe",
    "word/media/a.svg",
    "word/a.js",
    "inner.docx",
    "a.zip",
):
    add(f"a file named {name}", "embedded-files", lambda port, name=name: docx({name: b"x"}))

for instruction in (
    'DDEAUTO c:\\\\windows\\\\system32\\\\cmd.exe "/k calc"',
    " DDE Excel a b",
    "dde excel a b",
    'INCLUDETEXT "http://127.0.0.1:{port}/a"',
    'INCLUDEPICTURE "http://127.0.0.1:{port}/a.png" \\\\d',
    'INCLUDE "file:///etc/passwd"',
    'IMPORT "/etc/passwd"',
    'LINK Excel.Sheet.8 "\\\\\\\\127.0.0.1\\\\a"',
    'RD "/etc/passwd"',
    'DATABASE \\\\d "http://127.0.0.1:{port}"',
    "MACROBUTTON Run click",
):
    quoted = instruction.replace('"', "&quot;")
    add(
        f"the field {instruction}",
        "active-field",
        lambda port, q=quoted: docx({"word/document.xml": document(field(q.replace("{port}", str(port))))}),
    )
add(
    "a field in pieces",
    "active-field",
    lambda port: docx({"word/document.xml": document(fields("DD", "EAU", "TO cmd"))}),
)
add(
    "a simple field",
    "active-field",
    lambda port: docx(
        {
            "word/document.xml": document(
                f'<w:p><w:fldSimple w:instr="INCLUDETEXT http://127.0.0.1:{port}/"/></w:p>'
            )
        }
    ),
)
add(
    "a field in a footer",
    "active-field",
    lambda port: docx({"word/footer1.xml": f'{HEAD}<w:ftr xmlns:w="{W}">{field("DDEAUTO cmd")}</w:ftr>'}),
)
add(
    "a field within a field",
    "active-field",
    lambda port: docx(
        {
            "word/document.xml": document(
                f'<w:p><w:r><w:fldChar w:fldCharType="begin"/></w:r><w:r><w:instrText>IF 1 = 1 </w:instrText></w:r></w:p>{field("DDEAUTO cmd")}'
            )
        }
    ),
)
add(
    "a picture by VML",
    "external-link",
    lambda port: docx(
        {
            "word/document.xml": document(
                f'<w:p><w:r><w:pict><v:shape><v:imagedata src="http://127.0.0.1:{port}/a.png"/></v:shape></w:pict></w:r></w:p>'
            )
        }
    ),
)
add(
    "a picture of a share by VML",
    "external-link",
    lambda port: docx(
        {
            "word/document.xml": document(
                '<w:p><w:r><w:pict><v:shape><v:imagedata src="\\\\127.0.0.1\\a.png"/></v:shape></w:pict></w:r></w:p>'
            )
        }
    ),
)
add(
    "a script behind a shape",
    "external-link",
    lambda port: docx(
        {
            "word/document.xml": document(
                '<w:p><w:r><w:pict><v:shape href="javascript:alert(1)"/></w:pict></w:r></w:p>'
            )
        }
    ),
)


def entity(declaration: str, use: str = "&x;") -> Maker:
    return lambda port: docx(
        {"word/document.xml": document(paragraph(use), f"{HEAD}<!DOCTYPE d {declaration.format(port=port)}>")}
    )


add("an entity that reads a file", "xml-entities", entity('[<!ENTITY x SYSTEM "file:///etc/passwd">]'))
add("an entity that fetches", "xml-entities", entity('[<!ENTITY x SYSTEM "http://127.0.0.1:{port}/x">]'))
add(
    "an entity of parameters",
    "xml-entities",
    entity('[<!ENTITY % x SYSTEM "http://127.0.0.1:{port}/x"> %x;]', "y"),
)
add("a document type that fetches", "xml-entities", entity('SYSTEM "http://127.0.0.1:{port}/x.dtd"', "y"))
add(
    "a billion laughs",
    "xml-entities",
    entity('[<!ENTITY a "ha"><!ENTITY b "&a;&a;&a;"><!ENTITY x "&b;&b;&b;">]'),
)
add(
    "an entity in the relations",
    "xml-entities",
    lambda port: docx(
        {
            RELATIONS: f'{HEAD}<!DOCTYPE r [<!ENTITY x SYSTEM "http://127.0.0.1:{port}/">]>{relations()[len(HEAD) :]}'
        }
    ),
)
add(
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

add(
    "nested paragraphs",
    "too-deep",
    lambda port: docx({"word/document.xml": document("<w:sdt>" * 5000 + "</w:sdt>" * 5000)}),
)
add(
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
add("XML that is not closed", "malformed", lambda port: docx({"word/document.xml": document()[:-20]}))
add(
    "an unknown encoding",
    "malformed",
    lambda port: docx({"word/document.xml": document("", '<?xml version="1.0" encoding="x-mystery"?>')}),
)

add("a gigabyte of noughts", "zip-bomb", lambda port: docx({"word/media/a.png": bytes(140 << 20)}))
add(
    "a squeezed part",
    "zip-bomb",
    lambda port: docx({"customXml/item1.xml": b"<a>" + b" " * (20 << 20) + b"</a>"}),
)
add("too many parts", "zip-bomb", lambda port: docx({f"word/media/{n}.png": b"" for n in range(2100)}))


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


add("sizes that lie", "malformed", lying)
add("bodies that overlap", "zip-bomb", overlapping)


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


add("a part that is there twice", "malformed", twice)
add("a locked part", "encrypted", locked)
for name in ("../../etc/cron.d/a.xml", "/etc/a.xml", "word\\..\\a.xml", "c:a.xml"):
    add(f"a part named {name}", "malformed", lambda port, name=name: docx({name: "<a/>"}))
add("half a file", "not-a-pdf", lambda port: docx()[:300])

add(
    "ODF: a picture from outside",
    "external-link",
    lambda port: odt(f'<draw:frame><draw:image xlink:href="http://127.0.0.1:{port}/a.png"/></draw:frame>'),
)
add(
    "ODF: a picture of the machine",
    "external-link",
    lambda port: odt('<draw:frame><draw:image xlink:href="../../../etc/passwd"/></draw:frame>'),
)
add(
    "ODF: a section from outside",
    "external-link",
    lambda port: odt(
        f'<text:section><text:section-source xlink:href="http://127.0.0.1:{port}/a.odt"/></text:section>'
    ),
)
add(
    "ODF: an object",
    "ole-object",
    lambda port: odt('<draw:frame><draw:object xlink:href="./Object 1"/></draw:frame>'),
)
add(
    "ODF: a plug-in",
    "ole-object",
    lambda port: odt(f'<draw:frame><draw:plugin xlink:href="http://127.0.0.1:{port}/"/></draw:frame>'),
)
add(
    "ODF: a page in a frame",
    "ole-object",
    lambda port: odt('<draw:frame><draw:floating-frame xlink:href="file:///etc/passwd"/></draw:frame>'),
)
add(
    "ODF: an event",
    "macros",
    lambda port: odt(
        '<script:event-listener script:event-name="dom:load" xlink:href="vnd.sun.star.script:a"/>'
    ),
)
add("ODF: Basic", "macros", lambda port: odt(parts={"Basic/Standard/Module1.xml": "<a/>"}))
add("ODF: a script", "macros", lambda port: odt(parts={"Scripts/python/a.py": "x"}))
add(
    "ODF: a link to a script",
    "external-link",
    lambda port: odt(
        '<text:p><text:a xlink:href="vnd.sun.star.script:a$b?language=Python">x</text:a></text:p>'
    ),
)
add("ODF: DDE", "active-field", lambda port: odt('<text:dde-connection-decl office:name="a"/>'))
add(
    "ODF: a remote template",
    "remote-template",
    lambda port: odt(
        parts={
            "meta.xml": f'{HEAD}<office:document-meta {made.ODF_NAMESPACES}><meta:template xlink:href="http://127.0.0.1:{port}/t.ott"/></office:document-meta>'
        }
    ),
)
add(
    "ODF: encrypted",
    "encrypted",
    lambda port: odt(
        parts={
            "META-INF/manifest.xml": f'{HEAD}<m xmlns:manifest="{made.ODF}:manifest:1.0"><manifest:encryption-data/></m>'
        }
    ),
)

for text, reason in (
    (r"{\object\objemb{\*\objdata 0105}}", "ole-object"),
    (r"{\OBJECT\objautlink}", "ole-object"),
    (r"{\*\template http://127.0.0.1:{port}/t.dotm}", "remote-template"),
    (r"{\*\template \\\\127.0.0.1\\a}", "remote-template"),
    (r'{\field{\*\fldinst DDEAUTO cmd "/k"}{\fldrslt x}}', "active-field"),
    (r'{\field{\*\fldinst {\rtlch\f1 {INCLUDEPICTURE "http://127.0.0.1:{port}/a"}}}}', "active-field"),
    ("{" * 400 + "}" * 400, "too-deep"),
):
    add(
        f"RTF: {text[:40]}",
        reason,
        lambda port, t=text: ("{\\rtf1 x " + t.replace("{port}", str(port)) + "}").encode(),
    )
for entry, reason in (
    ("Macros", "macros"),
    ("_VBA_PROJECT_CUR", "macros"),
    ("ObjectPool", "ole-object"),
    ("EncryptedPackage", "encrypted"),
):
    add(f"DOC: {entry}", reason, lambda port, e=entry: compound(e))
add("DOC: a field", "active-field", lambda port: compound() + b'\x13 DDEAUTO cmd "/k" \x14x\x15')
add(
    "DOC: a field in two-byte text",
    "active-field",
    lambda port: compound() + '\x13 INCLUDEPICTURE "http://127.0.0.1/"\x14'.encode("utf-16-le"),
)
add("DOC: another compound file", "not-a-pdf", lambda port: b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + bytes(2000))

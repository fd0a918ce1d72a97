"""Parts that run or bring something along: macros, objects, other documents."""

from __future__ import annotations

from .. import word_files as made
from ..word_files import (
    MICROSOFT,
    document,
    docx,
)
from .cases import Cases, related

PARTS = Cases()

for name in ("word/vbaProject.bin", "word/vbaData.xml", "VBA/dir", "word/VBAPROJECT.BIN"):
    PARTS.add(f"macros as {name}", "macros", lambda port, name=name: docx({name: b"x"}))
PARTS.add(
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
PARTS.add(
    "macros by relation", "macros", related("vbaProject", "harmless.xml", external=False, base=MICROSOFT)
)
PARTS.add(
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
    PARTS.add(f"an object as {name}", "ole-object", lambda port, name=name: docx({name: b"<x/>"}))
for kind in ("oleObject", "package", "control"):
    PARTS.add(f"an object by relation {kind}", "ole-object", related(kind, "harmless.xml", external=False))
PARTS.add(
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
PARTS.add(
    "a control in the text",
    "ole-object",
    lambda port: docx({"word/document.xml": document('<w:p><w:r><w:control r:id="rId9"/></w:r></w:p>')}),
)
for kind in ("aFChunk", "subDocument"):
    PARTS.add(f"another document by {kind}", "embedded-files", related(kind, "chunk.xml", external=False))
for name in (
    "word/chunk.html",
    "word/chunk.mht",
    "a.exe",
    "word/media/a.svg",
    "word/a.js",
    "inner.docx",
    "a.zip",
):
    PARTS.add(f"a file named {name}", "embedded-files", lambda port, name=name: docx({name: b"x"}))

"""The other formats: ODF, RTF and the old DOC."""

from __future__ import annotations

from .. import word_files as made
from ..word_files import (
    HEAD,
    compound,
    odt,
)
from .cases import Cases

OTHERS = Cases()

OTHERS.add(
    "ODF: a picture from outside",
    "external-link",
    lambda port: odt(f'<draw:frame><draw:image xlink:href="http://127.0.0.1:{port}/a.png"/></draw:frame>'),
)
OTHERS.add(
    "ODF: a picture of the machine",
    "external-link",
    lambda port: odt('<draw:frame><draw:image xlink:href="../../../etc/passwd"/></draw:frame>'),
)
OTHERS.add(
    "ODF: a section from outside",
    "external-link",
    lambda port: odt(
        f'<text:section><text:section-source xlink:href="http://127.0.0.1:{port}/a.odt"/></text:section>'
    ),
)
OTHERS.add(
    "ODF: an object",
    "ole-object",
    lambda port: odt('<draw:frame><draw:object xlink:href="./Object 1"/></draw:frame>'),
)
OTHERS.add(
    "ODF: a plug-in",
    "ole-object",
    lambda port: odt(f'<draw:frame><draw:plugin xlink:href="http://127.0.0.1:{port}/"/></draw:frame>'),
)
OTHERS.add(
    "ODF: a page in a frame",
    "ole-object",
    lambda port: odt('<draw:frame><draw:floating-frame xlink:href="file:///etc/passwd"/></draw:frame>'),
)
OTHERS.add(
    "ODF: an event",
    "macros",
    lambda port: odt(
        '<script:event-listener script:event-name="dom:load" xlink:href="vnd.sun.star.script:a"/>'
    ),
)
OTHERS.add("ODF: Basic", "macros", lambda port: odt(parts={"Basic/Standard/Module1.xml": "<a/>"}))
OTHERS.add("ODF: a script", "macros", lambda port: odt(parts={"Scripts/python/a.py": "x"}))
OTHERS.add(
    "ODF: a link to a script",
    "external-link",
    lambda port: odt(
        '<text:p><text:a xlink:href="vnd.sun.star.script:a$b?language=Python">x</text:a></text:p>'
    ),
)
OTHERS.add("ODF: DDE", "active-field", lambda port: odt('<text:dde-connection-decl office:name="a"/>'))
OTHERS.add(
    "ODF: a remote template",
    "remote-template",
    lambda port: odt(
        parts={
            "meta.xml": f'{HEAD}<office:document-meta {made.ODF_NAMESPACES}><meta:template xlink:href="http://127.0.0.1:{port}/t.ott"/></office:document-meta>'
        }
    ),
)
OTHERS.add(
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
    OTHERS.add(
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
    OTHERS.add(f"DOC: {entry}", reason, lambda port, e=entry: compound(e))
OTHERS.add("DOC: a field", "active-field", lambda port: compound() + b'\x13 DDEAUTO cmd "/k" \x14x\x15')
OTHERS.add(
    "DOC: a field in two-byte text",
    "active-field",
    lambda port: compound() + '\x13 INCLUDEPICTURE "http://127.0.0.1/"\x14'.encode("utf-16-le"),
)
OTHERS.add(
    "DOC: another compound file", "not-a-pdf", lambda port: b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + bytes(2000)
)

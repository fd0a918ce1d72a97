"""Words in the text that act: fields, shapes and pictures that fetch."""

from __future__ import annotations

from ..word_files import (
    HEAD,
    W,
    document,
    docx,
    field,
    fields,
)
from .cases import Cases

FIELDS = Cases()

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
    FIELDS.add(
        f"the field {instruction}",
        "active-field",
        lambda port, q=quoted: docx({"word/document.xml": document(field(q.replace("{port}", str(port))))}),
    )
FIELDS.add(
    "a field in pieces",
    "active-field",
    lambda port: docx({"word/document.xml": document(fields("DD", "EAU", "TO cmd"))}),
)
FIELDS.add(
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
FIELDS.add(
    "a field in a footer",
    "active-field",
    lambda port: docx({"word/footer1.xml": f'{HEAD}<w:ftr xmlns:w="{W}">{field("DDEAUTO cmd")}</w:ftr>'}),
)
FIELDS.add(
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
FIELDS.add(
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
FIELDS.add(
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
FIELDS.add(
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

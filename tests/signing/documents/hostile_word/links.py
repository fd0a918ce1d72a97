"""Relations that lead out of the file."""

from __future__ import annotations

from ..word_files import (
    RELATIONS,
    docx,
    relation,
    relations,
)
from .cases import Cases, related

LINKS = Cases()

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
        LINKS.add(f"external {kind} at {url}", reason, related(kind, url))
for url in URLS:
    LINKS.add(f"template at {url}", "remote-template", related("attachedTemplate", url))
for url in URLS[2:]:
    LINKS.add(f"link to {url}", "external-link", related("hyperlink", url))
for url in (
    "javascript:alert(1)",
    "ms-msdt:/id",
    "vbscript:x",
    "smb://127.0.0.1/a",
    "ftp://127.0.0.1:{port}/a",
    "ldap://127.0.0.1:{port}",
):
    LINKS.add(f"link to {url}", "external-link", related("hyperlink", url))
LINKS.add(
    "an address without the word External",
    "external-link",
    related("image", "http://127.0.0.1:{port}/a", external=False),
)
LINKS.add(
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
LINKS.add(
    "a relation in a header's part",
    "external-link",
    lambda port: docx(
        {"word/_rels/header1.xml.rels": relations(relation("image", f"http://127.0.0.1:{port}/"))}
    ),
)
LINKS.add(
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

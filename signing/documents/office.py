"""What in a word processor's file can run, call out or hide, found before LibreOffice sees the file."""

from __future__ import annotations

import re
from pathlib import PurePosixPath

from signing.documents import errors
from signing.documents.archive import OfficeArchive, walk_xml
from signing.documents.kind import Kind
from signing.documents.legacy import ACTIVE_FIELD, LOCAL_TEMPLATE, check_compound, check_rtf

XML_SUFFIXES = frozenset({".xml", ".rels", ".vml", ".rdf"})
HARMLESS_SUFFIXES = frozenset(
    {
        ".png",
        ".jpg",
        ".jpeg",
        ".gif",
        ".bmp",
        ".tif",
        ".tiff",
        ".emf",
        ".wmf",
        ".wdp",
        ".odttf",
        ".ttf",
        ".otf",
        "",
    }
)
HARMLESS_NAMES = re.compile(
    r"^(?:word/printerSettings/|docProps/thumbnail\.|Thumbnails/|mimetype$|layout-cache$|Configurations2/)",
    re.IGNORECASE,
)
MACRO_NAMES = re.compile(r"vba|macro|(?:^|/)(?:Basic|Scripts)/", re.IGNORECASE)
OBJECT_NAMES = re.compile(
    r"(?:^|/)(?:embeddings|activeX|ctrlProps|Object[^/]*)/|oleObject|^ObjectReplacements/", re.IGNORECASE
)
MACRO_TYPES = re.compile(
    r"macroEnabled|vbaProject|vbaData|keyMapCustomizations|attachedToolbars", re.IGNORECASE
)
OBJECT_TYPES = re.compile(
    r"/(?:oleObject|package|control|activeXControlBinary|embeddedPackage|embeddedObject)$", re.IGNORECASE
)
EMBEDDED_TYPES = re.compile(r"/(?:aFChunk|subDocument)$", re.IGNORECASE)
PLAIN_LINK = re.compile(r"^(?:https?://|mailto:|#)", re.IGNORECASE)
OUTSIDE = re.compile(r"^\s*(?:[a-z][a-z0-9+.-]+:|//|\\\\)", re.IGNORECASE)
INSIDE = re.compile(r"^\s*(?:data:image/(?:png|jpe?g|gif)|#)", re.IGNORECASE)
FETCHING = frozenset({"src", "altref", "source"})
ODF_OBJECTS = frozenset({"object", "object-ole", "plugin", "applet", "floating-frame"})
ODF_FETCHING = frozenset(
    {"section-source", "image", "fill-image", "background-image", "audio", "video", "template"}
)


def refuse_unsafe(data: bytes, kind: Kind) -> None:
    """Raise the reason why a .docx, .odt, .rtf or .doc must not be converted."""
    if kind in ("docx", "odt"):
        _check_archive(OfficeArchive(data), kind)
    elif kind == "rtf":
        check_rtf(data)
    else:
        check_compound(data)


def _check_archive(archive: OfficeArchive, kind: Kind) -> None:
    for name in archive.names:
        _check_name(name)
    for name in archive.names:
        if PurePosixPath(name).suffix.lower() in XML_SUFFIXES:
            checker = _Relations() if name.endswith(".rels") else _Part(kind, name)
            walk_xml(archive.chunks(name), checker.element, checker.text)
            checker.finish()
        else:
            for _ in archive.chunks(name):
                pass


def _check_name(name: str) -> None:
    if MACRO_NAMES.search(name):
        raise errors.Macros()
    if OBJECT_NAMES.search(name):
        raise errors.OleObjects()
    suffix = PurePosixPath(name).suffix.lower()
    if suffix not in XML_SUFFIXES | HARMLESS_SUFFIXES and not HARMLESS_NAMES.match(name):
        raise errors.EmbeddedFiles()


class _Relations:
    """A .rels part: where the file's parts point to."""

    def element(self, name: str, attributes: dict[str, str]) -> None:
        if name != "Relationship":
            return
        kind, target = attributes.get("Type", ""), attributes.get("Target", "").strip()
        if MACRO_TYPES.search(kind):
            raise errors.Macros()
        if OBJECT_TYPES.search(kind):
            raise errors.OleObjects()
        if EMBEDDED_TYPES.search(kind):
            raise errors.EmbeddedFiles()
        outside = attributes.get("TargetMode", "").casefold() == "external" or bool(OUTSIDE.match(target))
        if outside and kind.endswith("/attachedTemplate"):
            if not LOCAL_TEMPLATE.match(target):
                raise errors.RemoteTemplate()
        elif outside and not (kind.endswith("/hyperlink") and PLAIN_LINK.match(target)):
            raise errors.ExternalLinks()

    def text(self, element: str, text: str) -> None:
        """Relations hold no text that matters."""

    def finish(self) -> None:
        """Nothing is left over."""


class _Part:
    """Any other XML part."""

    def __init__(self, kind: Kind, name: str) -> None:
        self._odf = kind == "odt"
        self._is_shown = not name.startswith(("customXml/", "docProps/"))
        self._instructions: list[str] = []

    def element(self, name: str, attributes: dict[str, str]) -> None:
        if name == "fldChar" and attributes.get("fldCharType") in ("begin", "separate", "end"):
            self._instructions.append("\n")
        if name == "fldSimple":
            self._instructions.append(f"\n{attributes.get('instr', '')}\n")
        if name in ("Override", "Default") and MACRO_TYPES.search(attributes.get("ContentType", "")):
            raise errors.Macros()
        if self._odf:
            self._odf_element(name, attributes)
        elif self._is_shown:
            self._check_fetched(name, attributes)

    def text(self, element: str, text: str) -> None:
        if element in ("instrText", "delInstrText"):
            self._instructions.append(text)

    def finish(self) -> None:
        if ACTIVE_FIELD.search("".join(self._instructions)):
            raise errors.ActiveFields()

    def _check_fetched(self, name: str, attributes: dict[str, str]) -> None:
        if name in ("OLEObject", "objectEmbed", "objectLink", "control", "ocx"):
            raise errors.OleObjects()
        for key, value in attributes.items():
            if key in FETCHING and OUTSIDE.match(value) and not INSIDE.match(value):
                raise errors.ExternalLinks()
            if key == "href" and OUTSIDE.match(value) and not PLAIN_LINK.match(value):
                raise errors.ExternalLinks()

    def _odf_element(self, name: str, attributes: dict[str, str]) -> None:
        if name in ODF_OBJECTS:
            raise errors.OleObjects()
        if name in ("event-listener", "script", "library"):
            raise errors.Macros()
        if name in ("dde-connection-decl", "dde-source", "dde-connection"):
            raise errors.ActiveFields()
        if name == "encryption-data":
            raise errors.Encrypted()
        target = attributes.get("href", "")
        if name == "template" and OUTSIDE.match(target) and not LOCAL_TEMPLATE.match(target):
            raise errors.RemoteTemplate()
        if name in ODF_FETCHING - {"template"} and _leaves_archive(target):
            raise errors.ExternalLinks()
        if target and OUTSIDE.match(target) and not PLAIN_LINK.match(target) and name != "template":
            raise errors.ExternalLinks()


def _leaves_archive(target: str) -> bool:
    return bool(OUTSIDE.match(target)) or target.startswith("/") or ".." in target

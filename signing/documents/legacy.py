"""What in the older formats, .rtf and binary .doc, can run or call out."""

from __future__ import annotations

import re

from signing.documents import errors

LOCAL_TEMPLATE = re.compile(r"^(?:(?:file:///)?[A-Za-z]:[\\/][^\\/]|[^/\\:%]+$)")
"""A template on the maker's own drive, which Word notes in many honest files: nothing that we could reach."""
ACTIVE_FIELD = re.compile(
    r"(?:^|\n|\x13)\s*\\?(?:DDE(?:AUTO)?|INCLUDE(?:TEXT|PICTURE)?|IMPORT|LINK|EMBED|DATABASE|RD|MACROBUTTON|CONTROL|HTMLCONTROL)\b",
    re.IGNORECASE,
)

MOST_GROUPS = 300
_RTF_OBJECT = re.compile(
    rb"\\(?:object|objdata|objemb|objlink|objautlink|objocx|objclass|objupdate)(?![a-z])", re.IGNORECASE
)
_RTF_TEMPLATE = re.compile(rb"\\template\s*([^{}]*)", re.IGNORECASE)
_RTF_FIELD = re.compile(
    rb"\\fldinst(?:\\[a-z]++-?\d*+[ ]?|[^A-Za-z\\])*+"
    rb"(?:DDE(?:AUTO)?|INCLUDE(?:TEXT|PICTURE)?|IMPORT|LINK|EMBED|DATABASE|RD|MACROBUTTON)\b",
    re.IGNORECASE,
)


def check_rtf(data: bytes) -> None:
    """Raise TooDeep, OleObjects, RemoteTemplate or ActiveFields for a .rtf that has cause."""
    depth = 0
    for brace in re.finditer(rb"(?<!\\)[{}]", data):
        depth += 1 if brace.group() == b"{" else -1
        if depth > MOST_GROUPS:
            raise errors.TooDeep()
    if _RTF_OBJECT.search(data):
        raise errors.OleObjects()
    if any(
        not LOCAL_TEMPLATE.match(name.decode("latin-1").strip() or "x")
        for name in _RTF_TEMPLATE.findall(data)
    ):
        raise errors.RemoteTemplate()
    if _RTF_FIELD.search(data):
        raise errors.ActiveFields()


ENCRYPTED_BIT = 0x0100
_DOC_FIELD = re.compile(ACTIVE_FIELD.pattern.replace(r"(?:^|\n|\x13)", r"\x13").encode(), re.IGNORECASE)


def check_compound(data: bytes) -> None:
    """Raise Encrypted, Macros, OleObjects or ActiveFields for a binary .doc that has cause, NotAPdf for another such file.

    Entries of its directory are 64 bytes of UTF-16 and a length ([MS-CFB] 2.6.1), never compressed.
    """
    if _has_entry(data, "EncryptedPackage") or _has_entry(data, "EncryptionInfo"):
        raise errors.Encrypted()
    if not _has_entry(data, "WordDocument"):
        raise errors.NotAPdf()
    if any(_is_encrypted_text(data[start : start + 12]) for start in range(512, len(data), 512)):
        raise errors.Encrypted()
    if any(_has_entry(data, name) for name in ("Macros", "_VBA_PROJECT", "VBA", "_VBA_PROJECT_CUR")):
        raise errors.Macros()
    if any(_has_entry(data, name) for name in ("ObjectPool", "\x01Ole10Native", "Package")):
        raise errors.OleObjects()
    if _DOC_FIELD.search(data) or _DOC_FIELD.search(data.replace(b"\0", b"")):
        raise errors.ActiveFields()


def _is_encrypted_text(head: bytes) -> bool:
    """Whether a WordDocument stream starts here with fEncrypted set ([MS-DOC] 2.5.2)."""
    return head[:2] == b"\xec\xa5" and bool(int.from_bytes(head[10:12], "little") & ENCRYPTED_BIT)


def _has_entry(data: bytes, name: str) -> bool:
    text = name.encode("utf-16-le")
    return text.ljust(64, b"\0") + (len(text) + 2).to_bytes(2, "little") in data

"""What in a PDF can run, call out or change what is seen, found in any of its objects, reachable or not."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

import pikepdf

from signing.documents import errors
from signing.documents.errors import Refused

ACTIONS: dict[str, type[Refused]] = {
    "/JavaScript": errors.JavaScript,
    "/Launch": errors.Launch,
    "/SubmitForm": errors.SubmitForm,
    "/ImportData": errors.SubmitForm,
    "/GoToR": errors.GoToRemote,
    "/GoToE": errors.GoToRemote,
    "/Thread": errors.GoToRemote,
    "/Rendition": errors.RichMedia,
    "/Sound": errors.RichMedia,
    "/Movie": errors.RichMedia,
    "/GoTo3DView": errors.RichMedia,
    "/RichMediaExecute": errors.RichMedia,
    "/SetOCGState": errors.OptionalContent,
}
"""Action types (ISO 32000-2, table 201) that are refused wherever they stand."""

TYPES: dict[str, type[Refused]] = {
    "/EmbeddedFile": errors.EmbeddedFiles,
    "/Collection": errors.EmbeddedFiles,
    "/OCG": errors.OptionalContent,
    "/OCMD": errors.OptionalContent,
    "/DocTimeStamp": errors.SignedAlready,
}
SUBTYPES: dict[str, type[Refused]] = {
    "/FileAttachment": errors.EmbeddedFiles,
    "/RichMedia": errors.RichMedia,
    "/3D": errors.RichMedia,
    "/Movie": errors.RichMedia,
    "/Sound": errors.RichMedia,
    "/Screen": errors.RichMedia,
    "/PS": errors.ExternalContent,
}
KEYS: dict[str, type[Refused]] = {
    "/ByteRange": errors.SignedAlready,
    "/DSS": errors.SignedAlready,
    "/XFA": errors.Xfa,
    "/JS": errors.JavaScript,
    "/JavaScript": errors.JavaScript,
    "/EF": errors.EmbeddedFiles,
    "/EmbeddedFiles": errors.EmbeddedFiles,
    "/Collection": errors.EmbeddedFiles,
    "/OPI": errors.ExternalContent,
}
ORDER: tuple[type[Refused], ...] = (
    errors.SignedAlready,
    errors.Xfa,
    errors.JavaScript,
    errors.Launch,
    errors.SubmitForm,
    errors.GoToRemote,
    errors.OpensUri,
    errors.RichMedia,
    errors.EmbeddedFiles,
    errors.ExternalContent,
    errors.OptionalContent,
)
"""Where a file has several faults, the first of these is named."""


def refuse_active(pdf: pikepdf.Pdf) -> None:
    """Raise the first of ORDER that the file gives cause for."""
    found: set[type[Refused]] = set()
    for item in _dictionaries(pdf):
        found.update(_faults(item))
    found.update(_opening_faults(pdf))
    for reason in ORDER:
        if reason in found:
            raise reason()


def _dictionaries(pdf: pikepdf.Pdf) -> Iterator[Any]:
    """Each dictionary of the file, streams' own included, nested ones after the one they are in."""
    for top in pdf.objects:
        stack: list[Any] = [top]
        while stack:
            item = stack.pop()
            if isinstance(item, pikepdf.Stream):
                yield item
                item = item.stream_dict
            elif isinstance(item, pikepdf.Dictionary):
                yield item
            if isinstance(item, pikepdf.Dictionary):
                stack.extend(value for value in item.as_dict().values() if _is_nested(value))
            elif isinstance(item, pikepdf.Array):
                stack.extend(value for value in item if _is_nested(value))


def _is_nested(value: Any) -> bool:
    return isinstance(value, (pikepdf.Dictionary, pikepdf.Array)) and not value.is_indirect


def _faults(item: Any) -> Iterator[type[Refused]]:
    keys = set(item.keys())
    yield from (reason for key, reason in KEYS.items() if key in keys)
    for key, reasons in (("/S", ACTIONS), ("/Type", TYPES), ("/Subtype", SUBTYPES)):
        if key in keys and str(item.get(key)) in reasons:
            yield reasons[str(item.get(key))]
    if isinstance(item, pikepdf.Stream) and "/F" in keys:
        yield errors.ExternalContent
    if str(item.get("/Subtype", "")) == "/Form" and "/Ref" in keys:
        yield errors.ExternalContent
    if str(item.get("/FT", "")) == "/Sig" and "/V" in keys:
        yield errors.SignedAlready
    if "/AA" in keys and _calls_out(item["/AA"]):
        yield errors.OpensUri


def _opening_faults(pdf: pikepdf.Pdf) -> Iterator[type[Refused]]:
    opening = pdf.Root.get("/OpenAction")
    if isinstance(opening, pikepdf.Dictionary) and _is_uri(opening):
        yield errors.OpensUri


def _calls_out(additional: Any) -> bool:
    """Whether one of a dictionary of additional actions (which fire by themselves) opens an address."""
    return isinstance(additional, pikepdf.Dictionary) and any(
        _is_uri(a) for a in additional.as_dict().values()
    )


def _is_uri(action: Any) -> bool:
    """Whether the action, or one that follows it, opens an address."""
    for _ in range(32):
        if not isinstance(action, pikepdf.Dictionary):
            return False
        if str(action.get("/S", "")) == "/URI":
            return True
        action = action.get("/Next")
    return True

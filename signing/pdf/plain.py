# mypy: allow-untyped-calls
"""Revisions that touch nothing old but form fields: most of what honest signers do, and quickly judged.

Such a revision can't change what stands on a page. For anything else (a new field, the catalog, a security
store, compressed objects) pyHanko's whole analysis is asked, which reads every object of the file.
"""

from __future__ import annotations

import re
from itertools import pairwise

from pyhanko.pdf_utils import generic
from pyhanko.pdf_utils.reader import HistoricalResolver, PdfFileReader

from signing.pdf.objects import entry

GAP = rb"(?:[\s\0]++|%[^\r\n]{0,200}+[\r\n]){1,8}+"
REFERENCE = re.compile(
    rb"(?<!\d)(\d++)(?:"
    + GAP
    + rb"\d++"
    + GAP
    + rb"R(?!\w)|(?:"
    + GAP
    + rb"(?:\d++"
    + GAP
    + rb")?+)?+(?=[%\s\0]))"
)
"""What may be a reference, by its object number. Comments may stand between its parts; where there are more than
any honest writer would put, it counts as one. Nothing here goes back, so that no file makes it slow."""
FILLED_IN = {"/V", "/AP"}

Fields = dict[str, tuple[generic.DictionaryObject, generic.DictionaryObject]]
"""Changed fields by name: as they were and as they are."""


class PlainRevisions:
    """Which revisions of a file do nothing but fill in fields."""

    def __init__(self, reader: PdfFileReader, pdf: bytes) -> None:
        self.reader = reader
        self.closed = _is_closed(reader, pdf)

    def fields(self, number: int) -> Fields | None:
        """The fields that a revision filled in, or None if it did anything else."""
        old, new = (self.reader.get_historical_resolver(each) for each in (number - 1, number))
        if not self.closed or new.refs_freed_in_revision():
            return None
        known = _known_fields(old)
        touched = [ref for ref in new.explicit_refs_in_revision() if not old.is_ref_unassignable(ref)]
        fields: Fields = {}
        for ref in touched:
            before, after = (resolver(ref) for resolver in (old, new))
            if (ref.idnum, ref.generation) not in known or not _is_filled_in(old, before, after):
                return None
            fields[str(entry(before, "/T"))] = (before, after)
        return fields if len(fields) == len(touched) else None


def _known_fields(old: HistoricalResolver) -> set[tuple[int, int]]:
    form = entry(old.root, "/AcroForm", generic.DictionaryObject())
    listed = entry(form, "/Fields", ())
    return {(each.idnum, each.generation) for each in listed if isinstance(each, generic.IndirectObject)}


def _is_filled_in(old: HistoricalResolver, before: generic.PdfObject, after: generic.PdfObject) -> bool:
    """Whether nothing differs but value and looks, and those are new objects (or, the value, plain text)."""
    if type(before) is not generic.DictionaryObject or type(after) is not generic.DictionaryObject:
        return False
    if "/T" not in before or "/Kids" in before or "/Parent" in before:
        return False
    kept = [{key: values.raw_get(key) for key in values.keys() - FILLED_IN} for values in (before, after)]
    if kept[0] != kept[1]:
        return False
    looks = after.raw_get("/AP") if "/AP" in after else None
    same_looks = looks == (before.raw_get("/AP") if "/AP" in before else None)
    return _is_fresh_value(old, before, after) and (same_looks or _is_fresh_looks(old, looks))


def _is_fresh_value(
    old: HistoricalResolver, before: generic.DictionaryObject, after: generic.DictionaryObject
) -> bool:
    value = after.raw_get("/V") if "/V" in after else None
    if entry(before, "/FT") == "/Sig":
        return isinstance(value, generic.IndirectObject) and old.is_ref_unassignable(value.reference)
    return value is None or isinstance(value, (generic.TextStringObject, generic.ByteStringObject))


def _is_fresh_looks(old: HistoricalResolver, looks: generic.PdfObject | None) -> bool:
    if type(looks) is not generic.DictionaryObject or set(looks) != {"/N"}:
        return False
    normal = looks.raw_get("/N")
    return isinstance(normal, generic.IndirectObject) and old.is_ref_unassignable(normal.reference)


def _is_closed(reader: PdfFileReader, pdf: bytes) -> bool:
    """Whether no revision refers to objects that only a later one brings, and none is compressed.

    A file that was signed with such a loose end could be given other content by whoever ties it up.
    """
    xrefs = reader.xrefs
    infos = [xrefs.get_xref_container_info(number) for number in range(xrefs.total_revisions)]
    if any(info.stream_ref is not None for info in infos):
        return False
    ends = [0, *(info.end_location for info in infos)]
    if ends != sorted(ends):
        return False
    parts = zip(pairwise(ends), infos, strict=True)
    return all(int(found[1]) < info.size for part, info in parts for found in REFERENCE.finditer(pdf, *part))

"""Open a file to write behind it, without reading at length what this program appended before.

pyHanko reads every revision's cross-reference section and trailer, letter by letter: a tenth signature spent more
on that than on signing. The sections that pyHanko itself wrote for us all have one form, which a pattern reads;
of their trailers only the newest counts (ISO 32000-2, 7.5.5). Anything in another form goes to pyHanko. Verifying
never comes here.
"""

# mypy: allow-untyped-calls
from __future__ import annotations

import os
import re
from io import BytesIO

from pyhanko.pdf_utils.decode_limits import DecodeContext, DecodeLimits
from pyhanko.pdf_utils.reader import PdfFileReader, _read_header_version, process_data_at_eof
from pyhanko.pdf_utils.xref import (
    XRefBuilder,
    XRefCache,
    XRefSection,
    XRefSectionData,
    XRefSectionMetaInfo,
    XRefSectionType,
)

TABLE = re.compile(
    rb"0 1\n0000000000 65535 f \n((?:\d{1,9} \d{1,5}\n(?:\d{10} 00000 n \n)+)+)"
    rb"trailer\n<<\n/Size (\d{1,9})\n(?:/Root \d+ 0 R\n|/Info \d+ 0 R\n|/ID \[ [^\]]*\]\n)+/Prev (\d{1,12})\n>>\n"
)
"""A section as our revisions have it, from behind the word xref on."""

RUN = re.compile(rb"(\d{1,9}) \d{1,5}\n((?:\d{10} 00000 n \n)+)")


class QuickSections(XRefBuilder):
    """Reads sections in our form by their pattern, all but the newest."""

    def _read_xref_table(self, declared_startxref: int) -> int:
        start = self.stream.tell()
        found = TABLE.match(self.stream.getvalue(), start) if self.sections else None
        entries = _entries(found[1]) if found else {}
        if found is None or max(entries) >= int(found[2]):
            older: int = super()._read_xref_table(declared_startxref)
            return older
        data = XRefSectionData()
        data.standard_xrefs.update(entries)
        data.explicit_refs_in_revision.update((number, 0) for number in entries)
        where = XRefSectionMetaInfo(
            xref_section_type=XRefSectionType.STANDARD,
            size=int(found[2]),
            declared_startxref=declared_startxref,
            start_location=start,
            end_location=found.end(1),
            stream_ref=None,
        )
        self.sections.append(XRefSection(where, data))
        self.trailer.add_trailer_revision(self.trailer._trailer_revisions[0])
        return int(found[3])


class QuickReader(PdfFileReader):
    """pyHanko's reader over `QuickSections`; its own constructor has no place to say so, and is written out here."""

    def __init__(self, pdf: bytes) -> None:
        self.stream = BytesIO(pdf)
        self.strict = True
        self.resolved_objects = {}
        self._decode_context = DecodeContext(DecodeLimits(), input_size=len(pdf))
        self._security_handler = self._input_version = self._embedded_signatures = None
        self._historical_resolver_cache = {}
        self._header_version = _read_header_version(self.stream)
        self.stream.seek(-1, os.SEEK_END)
        self.last_startxref = process_data_at_eof(self.stream)
        sections = QuickSections(self, self.stream, True, self.last_startxref)
        self.xrefs = XRefCache(self, sections.read_xrefs())
        self.trailer = sections.trailer
        self.has_xref_stream = sections.has_xref_stream


def _entries(table: bytes) -> dict[int, tuple[int, int]]:
    """Generation (always 0) and offset by object number."""
    found: dict[int, tuple[int, int]] = {}
    for run in RUN.finditer(table):
        offsets = run[2].split(b" 00000 n \n")[:-1]
        found |= {number: (0, int(offset)) for number, offset in enumerate(offsets, start=int(run[1]))}
    return found

"""One incremental update of a PDF: opened, changed, written behind what was there."""

# mypy: allow-untyped-calls
from __future__ import annotations

import zlib
from collections.abc import Iterator
from contextlib import contextmanager
from io import BytesIO

from pyhanko.pdf_utils import generic
from pyhanko.pdf_utils.generic import pdf_name
from pyhanko.pdf_utils.incremental_writer import IncrementalPdfFileWriter
from pyhanko.pdf_utils.misc import PdfError

from signing.pdf.errors import PdfUnreadable
from signing.pdf.objects import entry
from signing.pdf.opening import QuickReader

FIELDS = "/SealbotFields"
"""The form's entry for our index of its fields: name to object number (ISO 32000-2, Annex E: private names).

Numbers instead of references: a reference would be one more use of the field, which a difference analysis
must not let change.
"""


class Revision(IncrementalPdfFileWriter):
    """pyHanko's incremental writer without its change of the document's metadata.

    A signature should touch what the signer agreed to and nothing else; and the time of day is ours to give.
    """

    def _update_meta(self) -> None:
        return

    def field(self, name: str) -> generic.IndirectObject | None:
        """The form field of that name which `prepare` made: found by its index, without reading the others."""
        form = entry(self.root, "/AcroForm", generic.DictionaryObject())
        index = entry(form, FIELDS, generic.DictionaryObject())
        number = entry(index, pdf_name(f"/{name}"))
        return None if number is None else generic.IndirectObject(number, 0, self)

    def finished(self) -> bytes:
        """The whole file with this revision at its end."""
        self.write_in_place()
        return contents(self)


UNREADABLE = (
    PdfError,
    RecursionError,
    zlib.error,
    ArithmeticError,
    AssertionError,
    AttributeError,
    LookupError,
    NotImplementedError,
    TypeError,
    ValueError,
)
"""What pyHanko raises on damaged files, of which it knows only the first."""


@contextmanager
def readable() -> Iterator[None]:
    """Whatever a damaged file makes pyHanko stumble over, and wherever, is PdfUnreadable."""
    try:
        yield
    except UNREADABLE as error:
        raise PdfUnreadable from error


@readable()
def open_revision(pdf: bytes) -> Revision:
    """A new revision behind `pdf`. Raises PdfUnreadable."""
    reader = QuickReader(pdf)
    revision = Revision(reader.stream, prev=reader)
    if revision.prev.encrypted or revision.prev.xrefs.hybrid_xrefs_present:
        raise PdfUnreadable
    return revision


def contents(revision: Revision) -> bytes:
    """The bytes that a revision was written to, in place."""
    stream = revision.prev.stream
    assert isinstance(stream, BytesIO)
    return stream.getvalue()

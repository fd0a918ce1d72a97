"""One incremental update of a PDF: opened, changed, written behind what was there."""

# mypy: allow-untyped-calls
from __future__ import annotations

from io import BytesIO

from pyhanko.pdf_utils import generic
from pyhanko.pdf_utils.incremental_writer import IncrementalPdfFileWriter
from pyhanko.pdf_utils.misc import PdfError

from signing.pdf.errors import PdfUnreadable
from signing.pdf.objects import entry


class Revision(IncrementalPdfFileWriter):
    """pyHanko's incremental writer without its change of the document's metadata.

    A signature should touch what the signer agreed to and nothing else; and the time of day is ours to give.
    """

    def _update_meta(self) -> None:
        return

    def field(self, name: str) -> generic.IndirectObject | None:
        """The top-level form field of that name."""
        for each in self.root["/AcroForm"]["/Fields"]:
            if entry(each.get_object(), "/T") == name:
                found: generic.IndirectObject = each
                return found
        return None

    def finished(self) -> bytes:
        """The whole file with this revision at its end."""
        self.write_in_place()
        return _written(self)


def open_revision(pdf: bytes) -> Revision:
    """A new revision behind `pdf`. Raises PdfUnreadable."""
    try:
        revision = Revision(BytesIO(pdf))
        encrypted, hybrid = revision.prev.encrypted, revision.prev.xrefs.hybrid_xrefs_present
    except (PdfError, ValueError, KeyError, TypeError, RecursionError, NotImplementedError) as error:
        raise PdfUnreadable from error
    if encrypted or hybrid:
        raise PdfUnreadable
    return revision


def _written(revision: Revision) -> bytes:
    stream = revision.prev.stream
    assert isinstance(stream, BytesIO)
    return stream.getvalue()

"""A document with texts written into its fields and nothing signed: what a party looks at before it signs."""

# mypy: allow-untyped-calls
from __future__ import annotations

from collections.abc import Mapping

from signing.pdf.appearance import write_on
from signing.pdf.errors import NoSuchText
from signing.pdf.objects import entry
from signing.pdf.revision import open_revision, readable
from signing.pdf.typeface import default_typeface


@readable()
def filled_in(pdf: bytes, texts: Mapping[str, str]) -> bytes:
    """The document with one more revision that shows the texts, by the names of prepared text fields.

    Raises PdfUnreadable, NoSuchText, TextTooLong.
    """
    if not texts:
        return pdf
    revision = open_revision(pdf)
    font = default_typeface().embed(revision, list(texts.values()))
    for name, value in texts.items():
        reference = revision.field(name)
        if reference is None or entry(reference.get_object(), "/FT") != "/Tx":
            raise NoSuchText(name=name)
        write_on(revision, reference.get_object(), value, font)
    return revision.finished()

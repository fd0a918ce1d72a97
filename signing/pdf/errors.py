"""What can be wrong with a PDF that is to be prepared or signed."""

from __future__ import annotations

from signing.errors import SigningError


class PdfError(SigningError):
    """A PDF can't be worked on as asked."""

    code = "pdf.refused"


class PdfUnreadable(PdfError):
    """The bytes are not a PDF that can be carried on: damaged, encrypted or of mixed cross references."""

    code = "pdf.unreadable"


class NoSuchPage(PdfError):
    """An area lies on a page that the document does not have."""

    code = "pdf.no-such-page"


class FieldTaken(PdfError):
    """A field of that name is there already, or is signed already."""

    code = "pdf.field-taken"


class NoSuchField(PdfError):
    """The document has no signature field of that name."""

    code = "pdf.no-such-field"


class BadFieldName(PdfError):
    """A field's name is empty or holds a full stop (which separates levels in PDF)."""

    code = "pdf.bad-field-name"


class SealUnreadable(PdfError):
    """The seal's picture can't be read, or is too large."""

    code = "pdf.seal-unreadable"


class SealTooLarge(PdfError):
    """The seal in its true size does not fit into the area's box."""

    code = "pdf.seal-too-large"


class TextTooLong(PdfError):
    """A text does not fit its field, not even in the smallest letters."""

    code = "pdf.text-too-long"


class NoSuchText(PdfError):
    """A text was given for a field that the party does not have."""

    code = "pdf.no-such-text"

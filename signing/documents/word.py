"""Word processors' files (.docx, .doc, .odt, .rtf) become PDFs by LibreOffice, if they hold nothing that acts."""

from __future__ import annotations

import shutil
import tempfile
from dataclasses import replace

from signing.documents import errors
from signing.documents.child import MIB, Limits, Run, run_limited
from signing.documents.kind import WORD, kind_of

LIMITS = Limits(seconds=60, cpu=45, memory=4096 * MIB, open_files=256)
MAX_BYTES = 20_000_000
CONVERT = "signing.documents.converting:convert"


def find_soffice() -> str | None:
    """The path of LibreOffice, if this machine has it."""
    return shutil.which("soffice") or shutil.which("libreoffice")


def as_pdf(
    data: bytes, *, soffice: str | None = None, run: Run = run_limited, max_bytes: int = MAX_BYTES
) -> bytes:
    """A PDF of the file, to go through `intake.inspect` next. `soffice` is the program, looked for if None.

    Macros, OLE objects, remote templates, external relations other than plain links to the web, fields that
    fetch, XML entities, zip bombs and deep nesting are refused before LibreOffice sees the file; it then works in a
    throw-away profile with macros and link updates off, in a child with limits and, where the kernel allows, no network.

    Raises a Refused: TooLarge, Empty, NotAPdf (not a word processor's file), Macros, OleObjects, RemoteTemplate,
    ExternalLinks, ActiveFields, XmlEntities, ZipBomb, TooDeep, EmbeddedFiles, Encrypted, Malformed,
    WordUnavailable, ConversionFailed, LostGlyphs, TooSlow, TooBig.
    """
    if len(data) > max_bytes:
        raise errors.TooLarge(bytes=len(data), limit=max_bytes)
    kind = kind_of(data)
    if kind not in WORD:
        raise errors.Empty() if kind == "empty" else errors.NotAPdf()
    program = soffice or find_soffice()
    if program is None:
        run("signing.documents.converting:check", data, {}, LIMITS)
        raise errors.WordUnavailable(reason="no-libreoffice")
    with tempfile.TemporaryDirectory(prefix="sealbot-word-", ignore_cleanup_errors=True) as folder:
        args = {"soffice": program, "folder": folder}
        limits = replace(LIMITS, folder=folder, program=program)
        _, pdf = run(CONVERT, data, args, limits)
    return pdf

"""The child's side of the conversion: check the file, have LibreOffice print it, see that no glyph was lost."""

from __future__ import annotations

import re
import subprocess
from pathlib import Path
from typing import Any

import pypdfium2

from signing.documents import errors
from signing.documents.fonts import write_configuration
from signing.documents.forkserver import fences
from signing.documents.office import refuse_unsafe

FILTERS = {"docx": "MS Word 2007 XML", "doc": "MS Word 97", "odt": "writer8", "rtf": "Rich Text Format"}
EXPORT = (
    'pdf:writer_pdf_Export:{"UseTaggedPDF":{"type":"boolean","value":"false"},'
    '"ExportFormFields":{"type":"boolean","value":"false"},"ExportBookmarks":{"type":"boolean","value":"false"}}'
)
CHECKED_IN_FULL = frozenset({"docx", "odt"})
"""Kinds whose every part is looked at before. The others are converted only where the network is cut."""
SYMBOLS = range(0xF000, 0xF100)
"""Where Word keeps the bullets of symbol fonts, which LibreOffice maps to its own."""
SETTINGS = """<?xml version="1.0" encoding="UTF-8"?>
<oor:items xmlns:oor="http://openoffice.org/2001/registry">
<item oor:path="/org.openoffice.Office.Common/Security/Scripting"><prop oor:name="MacroSecurityLevel" oor:op="fuse"><value>3</value></prop></item>
<item oor:path="/org.openoffice.Office.Common/Security/Scripting"><prop oor:name="DisableMacrosExecution" oor:op="fuse"><value>true</value></prop></item>
<item oor:path="/org.openoffice.Office.Common/Security/Scripting"><prop oor:name="BlockUntrustedRefererLinks" oor:op="fuse"><value>true</value></prop></item>
<item oor:path="/org.openoffice.Office.Common/Security/Scripting"><prop oor:name="DisableActiveContent" oor:op="fuse"><value>true</value></prop></item>
<item oor:path="/org.openoffice.Office.Writer/Content/Update"><prop oor:name="Link" oor:op="fuse"><value>0</value></prop></item>
</oor:items>
"""  # noqa: E501
"""No macros, no active content, links never updated."""


def convert(payload: bytes, args: dict[str, Any]) -> tuple[dict[str, Any], bytes]:
    """Child function: `args` holds `kind`, `soffice`, `folder` (empty, ours alone, removed by the parent)."""
    refuse_unsafe(payload, args["kind"])
    if args["kind"] not in CHECKED_IN_FULL and not fences(b"", {})[0]["cut"]:
        raise errors.WordUnavailable(reason="network-not-cut")
    folder = Path(args["folder"])
    fonts = write_configuration(folder)
    pdf = _printed(payload, args["kind"], args["soffice"], folder, fonts)
    lost = _lost_glyphs(pdf, fonts)
    if lost:
        raise errors.LostGlyphs(characters=lost[:10])
    return {}, pdf


def check(payload: bytes, args: dict[str, Any]) -> tuple[dict[str, Any], bytes]:
    """Child function: only what comes before LibreOffice. `args` holds `kind`."""
    refuse_unsafe(payload, args["kind"])
    return {}, b""


def _printed(data: bytes, kind: str, soffice: str, folder: Path, fonts: Path) -> bytes:
    profile = folder / "profile"
    (profile / "user").mkdir(parents=True)
    (profile / "user" / "registrymodifications.xcu").write_text(SETTINGS)
    source = folder / f"document.{kind}"
    source.write_bytes(data)
    command = [soffice, f"-env:UserInstallation={profile.as_uri()}"]
    command += [f"-env:UNO_SHARED_PACKAGES_CACHE={(folder / 'shared').as_uri()}"]
    command += ["--headless", "--norestore", "--nologo"]
    command += [f"--infilter={FILTERS[kind]}", "--convert-to", EXPORT, "--outdir", str(folder), str(source)]
    environment = {
        "PATH": "/usr/bin:/bin",
        "HOME": str(folder),
        "TMPDIR": str(folder),
        "SAL_USE_VCLPLUGIN": "svp",
        "FONTCONFIG_FILE": str(fonts),
    }
    subprocess.run(  # noqa: S603 - the program that the installation names, on our own file names
        command,
        env=environment,
        cwd=folder,
        stdout=subprocess.DEVNULL,
        stderr=subprocess.DEVNULL,
        check=False,
    )
    made = folder / "document.pdf"
    if not made.exists():
        raise errors.ConversionFailed()
    return made.read_bytes()


def _lost_glyphs(pdf: bytes, fonts: Path) -> list[str]:
    """Characters of the PDF's text that no installed font has, by fontconfig's word."""
    with pypdfium2.PdfDocument(pdf) as document:
        shown = {char for page in document for char in page.get_textpage().get_text_range()}
    wanted = sorted(
        char for char in shown if char.isprintable() and not char.isspace() and ord(char) not in SYMBOLS
    )
    covered = _covered(fonts)
    return [char for char in wanted if not any(start <= ord(char) <= end for start, end in covered)]


def _covered(fonts: Path) -> list[tuple[int, int]]:
    listed = subprocess.run(
        ["/usr/bin/fc-list", "--format", "%{charset}\n"],
        capture_output=True,
        text=True,
        check=True,
        env={"FONTCONFIG_FILE": str(fonts)},
    )
    spans = {span for line in set(listed.stdout.splitlines()) for span in line.split()}
    bounds = [re.fullmatch(r"([0-9a-f]+)(?:-([0-9a-f]+))?", span) for span in spans]
    return _merged(sorted((int(b[1], 16), int(b[2] or b[1], 16)) for b in bounds if b))


def _merged(spans: list[tuple[int, int]]) -> list[tuple[int, int]]:
    merged: list[tuple[int, int]] = []
    for start, end in spans:
        if merged and start <= merged[-1][1] + 1:
            merged[-1] = (merged[-1][0], max(end, merged[-1][1]))
        else:
            merged.append((start, end))
    return merged

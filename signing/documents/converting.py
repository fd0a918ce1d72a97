"""The child's side of the conversion: check the file, have LibreOffice print it, see that no glyph was lost."""

from __future__ import annotations

import contextlib
import os
import re
import socket
import subprocess
import time
from pathlib import Path
from typing import Any

import pypdfium2

from signing.documents import errors
from signing.documents.fence import PIPES
from signing.documents.fonts import write_configuration
from signing.documents.forkserver import fences
from signing.documents.kind import kind_of
from signing.documents.office import refuse_unsafe

FILTERS = {"docx": "MS Word 2007 XML", "doc": "MS Word 97", "odt": "writer8", "rtf": "Rich Text Format"}
EXPORT = (
    'pdf:writer_pdf_Export:{"UseTaggedPDF":{"type":"boolean","value":"false"},'
    '"ExportFormFields":{"type":"boolean","value":"false"},"ExportBookmarks":{"type":"boolean","value":"false"}}'
)
STARTING_SECONDS = 20.0
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
    """Child function: `args` holds `soffice` and `folder` (ours alone, removed by the parent); with `pipe`,
    LibreOffice was started there by `start`."""
    kind = kind_of(payload)
    refuse_unsafe(payload, kind)
    if kind not in CHECKED_IN_FULL and not fences(b"", {})[0]["cut"]:
        raise errors.WordUnavailable(reason="network-not-cut")
    folder = Path(args["folder"])
    fonts = folder / "fonts.conf"
    if args.get("pipe"):
        _wait_for(args["pipe"])
    else:
        fonts = _prepared(folder)
    pdf = _printed(payload, kind, args["soffice"], folder, fonts)
    lost = _lost_glyphs(pdf, fonts)
    if lost:
        raise errors.LostGlyphs(characters=lost[:10])
    return {}, pdf


def start(payload: bytes, args: dict[str, Any]) -> None:
    """Before the payload is there: LibreOffice, with nothing open, listening on `args["pipe"]`. The next conversion in
    this folder is handed to it; with that document it ends."""
    folder = Path(args["folder"])
    fonts = _prepared(folder)
    command = [*_command(args["soffice"], folder), "--invisible", "--nodefault"]
    command += [f"--accept=pipe,name={args['pipe']};urp"]
    subprocess.Popen(  # noqa: S603 - the program that the installation names
        command,
        env=_environment(folder, fonts),
        cwd=folder,
        stdin=subprocess.DEVNULL,
        stdout=subprocess.DEVNULL,
        stderr=subprocess.DEVNULL,
    )


def check(payload: bytes, args: dict[str, Any]) -> tuple[dict[str, Any], bytes]:
    """Child function: only what comes before LibreOffice."""
    refuse_unsafe(payload, kind_of(payload))
    return {}, b""


def _prepared(folder: Path) -> Path:
    """A profile with our settings, and the fonts' configuration."""
    user = folder / "profile" / "user"
    user.mkdir(parents=True)
    (user / "registrymodifications.xcu").write_text(SETTINGS)
    return write_configuration(folder)


def _wait_for(pipe: str) -> None:
    """Until LibreOffice listens; a few seconds at most, then the conversion starts one of its own."""
    until = time.monotonic() + STARTING_SECONDS
    while time.monotonic() < until:
        with socket.socket(socket.AF_UNIX) as probe, contextlib.suppress(OSError):
            probe.connect(f"{PIPES}/OSL_PIPE_{os.getuid()}_{pipe}")
            return
        time.sleep(0.05)


def _command(soffice: str, folder: Path) -> list[str]:
    profile, shared = (folder / "profile").as_uri(), (folder / "shared").as_uri()
    command = [soffice, f"-env:UserInstallation={profile}", f"-env:UNO_SHARED_PACKAGES_CACHE={shared}"]
    return [*command, "--headless", "--norestore", "--nologo"]


def _environment(folder: Path, fonts: Path) -> dict[str, str]:
    home = str(folder)
    return {
        "PATH": "/usr/bin:/bin",
        "HOME": home,
        "TMPDIR": home,
        "SAL_USE_VCLPLUGIN": "svp",
        "FONTCONFIG_FILE": str(fonts),
    }


def _printed(data: bytes, kind: str, soffice: str, folder: Path, fonts: Path) -> bytes:
    source = folder / f"document.{kind}"
    source.write_bytes(data)
    command = [*_command(soffice, folder), f"--infilter={FILTERS[kind]}"]
    command += ["--convert-to", EXPORT, "--outdir", str(folder), str(source)]
    subprocess.run(  # noqa: S603 - the program that the installation names, on our own file names
        command,
        env=_environment(folder, fonts),
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

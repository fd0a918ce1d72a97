"""What Apache PDFBox with Bouncy Castle says of signed files, where Java and Debian's libpdfbox2-java and libbcpkix-java are."""

from __future__ import annotations

import shutil
import subprocess
import tempfile
from collections.abc import Mapping
from pathlib import Path

import pytest

JARS = [
    Path(f"/usr/share/java/{name}.jar")
    for name in ("pdfbox2", "fontbox2", "commons-logging", "bcprov", "bcpkix", "bcutil")
]
PROGRAM = Path(__file__).with_name("PdfBoxCheck.java")


def installed() -> bool:
    return bool(shutil.which("java")) and all(jar.exists() for jar in JARS)


needs_pdfbox = pytest.mark.skipif(
    not installed(), reason="Java with PDFBox 2 and Bouncy Castle is not on this machine"
)


def said(files: Mapping[str, bytes]) -> dict[str, str]:
    """By each file's name "valid SIGNATURES TIMESTAMPS" (the last covering the whole file), or what is wrong with it."""
    with tempfile.TemporaryDirectory() as room:
        paths = [Path(room, name) for name in files]
        for path, data in zip(paths, files.values(), strict=True):
            path.write_bytes(data)
        command = ["java", "-cp", ":".join(map(str, JARS)), str(PROGRAM), *map(str, paths)]
        done = subprocess.run(command, capture_output=True, text=True, check=True, timeout=600)
    lines = (line.partition(" ") for line in done.stdout.splitlines())
    return {name: verdict for name, _, verdict in lines}

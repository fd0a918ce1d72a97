"""OCR in a worker process of its own: RapidOCR (extra `ocr`) sees the photo, we see its boxes.

Run as a program it reads a JPEG from its input and writes JSON: a crash, a hang or a flood there is an answer here.
"""

from __future__ import annotations

import json
import subprocess
import sys
from collections.abc import Sequence
from importlib import import_module
from importlib.util import find_spec

from signing.identity.layout import Box
from signing.identity.licences import Licence, NoReader, licence_of

SECONDS = 60


def is_installed() -> bool:
    return find_spec("rapidocr") is not None and find_spec("onnxruntime") is not None


def read_licence(jpeg: bytes) -> Licence:
    """A licence as its reader in this house sees it. Raises NoReader."""
    return licence_of(read_boxes(jpeg))


def read_boxes(jpeg: bytes) -> Sequence[Box]:
    """The text boxes on a picture; none where the worker failed. Raises NoReader where the extra is missing."""
    if not is_installed():
        raise NoReader
    try:
        worker = subprocess.run(
            [sys.executable, "-m", "signing.identity.ocr"],
            input=jpeg,
            capture_output=True,
            timeout=SECONDS,
            check=True,
        )
        return [Box(*each) for each in json.loads(worker.stdout.splitlines()[-1])]
    except (subprocess.SubprocessError, ValueError, IndexError):
        return []


def main() -> None:
    """What the worker does."""
    found = import_module("rapidocr").RapidOCR()(sys.stdin.buffer.read())
    corners = [] if found.boxes is None else found.boxes.tolist()
    rows = [_row(text, box) for text, box in zip(found.txts or (), corners, strict=True)]
    print(json.dumps(rows, ensure_ascii=False))


def _row(text: str, corners: list[list[float]]) -> list[str | float]:
    across, down = [x for x, _ in corners], [y for _, y in corners]
    return [text, min(across), min(down), max(across), max(down)]


if __name__ == "__main__":
    main()

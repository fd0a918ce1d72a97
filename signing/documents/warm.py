"""A LibreOffice that was started ahead, so that nobody waits for it to start. It sees one document and ends with it."""

from __future__ import annotations

import hashlib
import os
import secrets
import tempfile
import threading
from dataclasses import dataclass, replace
from pathlib import Path
from types import TracebackType
from typing import Any

from signing.documents.child import Ahead, Children, Limits
from signing.documents.errors import Malformed, ReaderUnavailable
from signing.documents.fence import PIPES
from signing.documents.word import CONVERT, LIMITS, find_soffice

IDLE_SECONDS = 3600
START = "signing.documents.converting:start"


@dataclass(frozen=True, slots=True)
class Spare:
    """One that waits, in its folder."""

    child: Ahead
    folder: tempfile.TemporaryDirectory[str]
    pipe: str

    def drop(self) -> None:
        """Let it go, with its folder and the sockets that it leaves where it was stopped."""
        self.child.close()
        for name in (self.pipe, f"SingleOfficeIPC_{_instance(self.folder.name)}"):
            (Path(PIPES) / f"OSL_PIPE_{os.getuid()}_{name}").unlink(missing_ok=True)
        self.folder.cleanup()


class WarmOffice:
    """A `Run` that hands conversions to a LibreOffice that is up already, and everything else to its children.

    The first conversion starts its own; from then on one is kept ready, for an hour at most. No process ever sees two
    documents: what one of them does to it is gone with it.
    """

    def __init__(self, children: Children) -> None:
        self._children = children
        self._lock = threading.Lock()
        self._spare: Spare | None = None
        self._closed = False

    def __enter__(self) -> WarmOffice:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self.close()

    def __call__(
        self, function: str, payload: bytes, args: dict[str, Any], limits: Limits
    ) -> tuple[dict[str, Any], bytes]:
        """See Run."""
        if function != CONVERT:
            return self._children.run(function, payload, args, limits)
        spare = self._take()
        try:
            if spare is None or not spare.child.is_alive():
                return self._children.run(function, payload, args, limits)
            return spare.child.run(payload, limits.seconds)
        except Malformed:
            return self._children.run(function, payload, args, limits)
        finally:
            if spare is not None:
                spare.drop()
            self.prepare()

    def prepare(self) -> None:
        """Begin another one, if none is waiting and the machine has LibreOffice."""
        program = find_soffice()
        with self._lock:
            if program and self._spare is None and not self._closed:
                self._spare = self._begun(program)

    def close(self) -> None:
        """Let the one that waits go."""
        with self._lock:
            self._closed = True
            spare, self._spare = self._spare, None
        if spare is not None:
            spare.drop()

    def _take(self) -> Spare | None:
        with self._lock:
            spare, self._spare = self._spare, None
        return spare

    def _begun(self, program: str) -> Spare | None:
        folder = tempfile.TemporaryDirectory(prefix="sealbot-word-", ignore_cleanup_errors=True)
        pipe = f"sealbot{secrets.token_hex(8)}"
        args = {"soffice": program, "folder": folder.name, "pipe": pipe}
        limits = replace(LIMITS, seconds=IDLE_SECONDS, folder=folder.name, program=program)
        try:
            return Spare(self._children.ahead(CONVERT, START, args, limits), folder, pipe)
        except ReaderUnavailable:
            folder.cleanup()
            return None


def _instance(folder: str) -> str:
    """What LibreOffice calls the socket of the one process that a profile may have."""
    profile = f"file://{folder}/profile".encode("utf-16-le")
    return "".join(f"{byte:x}" for byte in hashlib.md5(profile, usedforsecurity=False).digest())

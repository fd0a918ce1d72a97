"""Work on files that nobody vouches for, in child processes with limits: a crash there is an answer, not an end."""

from __future__ import annotations

import contextlib
import json
import os
import select
import signal
import socket
import subprocess
import sys
import threading
from collections.abc import Sequence
from dataclasses import asdict, dataclass
from math import ceil
from pathlib import Path
from types import TracebackType
from typing import Any, Protocol

from signing.documents import wire
from signing.documents.errors import Malformed, ReaderUnavailable, Refused, TooSlow
from signing.documents.reporting import report
from signing.errors import rebuild

MIB = 1 << 20
MEMORY = {
    "GLIBC_TUNABLES": "glibc.malloc.mmap_threshold=67108864:glibc.malloc.top_pad=67108864:"
    "glibc.malloc.trim_threshold=268435456:glibc.malloc.hugetlb=1"
}
"""The children's whole environment. Large blocks are kept and on large pages: half of the page faults of a short life."""
PAGE_BYTES = 16
"""Two numbers of at most seven digits."""
FORKSERVER = Path(__file__).with_name("forkserver.py")


@dataclass(frozen=True, slots=True)
class Limits:
    """What one job may take. `seconds` is wall clock, `cpu` processor seconds, the rest bytes and numbers.

    Where the kernel has Landlock, a job reads libraries and fonts only, writes only to `folder`, and runs programs
    only if `program` names one. "" for none.
    """

    seconds: float = 30
    cpu: int = 20
    memory: int = 1024 * MIB
    file_size: int = 256 * MIB
    open_files: int = 64
    answer: int = 256 * MIB
    folder: str = ""
    program: str = ""


class Run(Protocol):
    """Something that runs one of our functions out of harm's way: `run_limited` or `Children.run`."""

    def __call__(
        self, function: str, payload: bytes, args: dict[str, Any], limits: Limits
    ) -> tuple[dict[str, Any], bytes]:
        """Call `function` ("module:name") with (payload, args) in a child; what it returned.

        Raises the Refused that the function raised, Malformed (it raised anything else or the child died),
        TooSlow, TooBig, ReaderUnavailable.
        """


class Children:
    """Children forked from a warm process of ours that has imported the libraries and never sees a file.

    Each child has one job and then ends. It has an environment of its own and, where the kernel lets us
    (`CAP_SYS_ADMIN` or unprivileged user namespaces), a network of its own with nothing in it; where
    it doesn't, `network_is_cut` says so, as `files_are_fenced` does of Landlock. `at_once` jobs run side by
    side, the others wait. A child that broke free could still signal processes of the same user. Linux only.
    `warm` names modules that the warm process imports instead of the readers of documents.
    """

    def __init__(self, at_once: int = 2, warm: Sequence[str] = ()) -> None:
        self._warm = warm
        self._lock = threading.Lock()
        self._turns = threading.BoundedSemaphore(at_once)
        self._server: subprocess.Popen[bytes] | None = None
        self._line: socket.socket | None = None

    def __enter__(self) -> Children:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self.close()

    def run(
        self, function: str, payload: bytes, args: dict[str, Any], limits: Limits
    ) -> tuple[dict[str, Any], bytes]:
        """See Run."""
        with self._turns, self._new_child(limits) as job:
            return _Job(job, limits).do(function, payload, args)

    def ahead(self, function: str, before: str, args: dict[str, Any], limits: Limits) -> Ahead:
        """A child that waits for its payload and has called `before` ("module:name") already.

        It waits for `limits.seconds` at most. Raises ReaderUnavailable.
        """
        line = self._new_child(limits)
        job = _Job(line, limits)
        try:
            job.begin(function, args, before)
        except BaseException:
            line.close()
            raise
        return Ahead(self._turns, line, job)

    def network_is_cut(self) -> bool:
        """Whether children on this machine are without network."""
        return self._report("cut")

    def files_are_fenced(self) -> bool:
        """Whether children on this machine see no files but libraries and fonts."""
        return self._report("fenced")

    def close(self) -> None:
        """Let the warm process go. Jobs that run are left to finish."""
        with self._lock:
            self._stop()

    def _report(self, question: str) -> bool:
        answer, _ = self.run("signing.documents.forkserver:fences", b"", {}, Limits())
        return bool(answer[question])

    def _new_child(self, limits: Limits) -> socket.socket:
        ours, theirs = socket.socketpair()
        with theirs, self._lock:
            try:
                self._hand_over(theirs, limits)
            except OSError:
                self._stop()
                self._hand_over(theirs, limits)
        return ours

    def _hand_over(self, theirs: socket.socket, limits: Limits) -> None:
        if self._line is None:
            self._start()
        assert self._line is not None
        socket.send_fds(self._line, [b"%d" % ceil(limits.seconds)], [theirs.fileno()])

    def _start(self) -> None:
        self._line, theirs = socket.socketpair(socket.AF_UNIX, socket.SOCK_SEQPACKET)
        with theirs:
            self._server = subprocess.Popen(  # noqa: S603 - our own interpreter on our own file
                [sys.executable, "-I", str(FORKSERVER), *self._warm],
                stdin=theirs.fileno(),
                stdout=subprocess.DEVNULL,
                stderr=subprocess.DEVNULL,
                env=MEMORY,
                cwd="/",
                start_new_session=True,
            )

    def _stop(self) -> None:
        if self._line is not None:
            self._line.close()
        if self._server is not None:
            self._server.wait()
        self._line = self._server = None


def run_limited(
    function: str, payload: bytes, args: dict[str, Any], limits: Limits
) -> tuple[dict[str, Any], bytes]:
    """Run with a warm process made for this one job. See Run; who has many jobs keeps `Children`."""
    with Children(at_once=1) as children:
        return children.run(function, payload, args, limits)


class Ahead:
    """A child that is ready for the one job that it will have. Close it if it never gets it."""

    def __init__(self, turns: threading.BoundedSemaphore, line: socket.socket, job: _Job) -> None:
        self._turns = turns
        self._line = line
        self._job = job

    def run(self, payload: bytes, seconds: float) -> tuple[dict[str, Any], bytes]:
        """What the function returned; it has `seconds` from now. Raises as `Run`."""
        with self._turns, self._line:
            return self._job.finish(payload, seconds)

    def is_alive(self) -> bool:
        """Whether it still waits: nothing has come from it, not even word of its end."""
        return not select.select([self._line], [], [], 0)[0]

    def close(self) -> None:
        """Let the child go."""
        self._job.kill()
        self._line.close()


class _Job:
    """One job's conversation with its child."""

    def __init__(self, line: socket.socket, limits: Limits) -> None:
        self._line = line
        self._limits = limits
        self._left = wire.until(limits.seconds)
        self._group = 0

    def do(self, function: str, payload: bytes, args: dict[str, Any]) -> tuple[dict[str, Any], bytes]:
        self.begin(function, args)
        return self.finish(payload)

    def begin(self, function: str, args: dict[str, Any], ahead: str = "") -> None:
        """Give the child its order. Raises ReaderUnavailable."""
        order = {"function": function, "ahead": ahead, "args": args, "limits": asdict(self._limits)}
        try:
            self._group = int(self._next(wire.ORDER))
        except (OSError, EOFError, ValueError):
            raise ReaderUnavailable() from None
        with contextlib.suppress(BrokenPipeError, ConnectionResetError, TimeoutError):
            wire.send(self._line, wire.ORDER, json.dumps(order).encode(), self._left)

    def finish(self, payload: bytes, seconds: float | None = None) -> tuple[dict[str, Any], bytes]:
        """Give it the payload and take its answer, in so many seconds from now, or what is left of its time."""
        if seconds is not None:
            self._left = wire.until(seconds)
        try:
            with contextlib.suppress(BrokenPipeError, ConnectionResetError):
                wire.send(self._line, wire.PAYLOAD, payload, self._left)
            return self._answer()
        except TimeoutError:
            self.kill()
            raise TooSlow() from None
        except (OSError, EOFError, ValueError, KeyError, TypeError):
            self.kill()
            raise Malformed() from None

    def _answer(self) -> tuple[dict[str, Any], bytes]:
        answer = json.loads(self._last())
        if "refused" in answer:
            error = rebuild(str(answer["refused"]), dict(answer["details"]))
            raise error if isinstance(error, Refused) else Malformed()
        return dict(answer["answer"]), bytes(self._next(wire.BLOB))

    def _last(self) -> bytearray:
        """The answer, after word of any number of pages. Nobody vouches for a child: what it says of pages are small numbers."""
        while True:
            tag, body = self._heard(wire.PAGE, wire.ANSWER)
            if tag == wire.ANSWER:
                return body
            page, pages = map(int, body[:PAGE_BYTES].split())
            if not 0 < page <= pages:
                raise ValueError("no such page")
            report(page, pages)

    def _next(self, expected: bytes) -> bytearray:
        return self._heard(expected)[1]

    def _heard(self, *expected: bytes) -> tuple[bytes, bytearray]:
        tag, body = wire.receive(self._line, self._limits.answer, self._left)
        if tag == wire.DEATH:
            raise TooSlow() if int(body) in (signal.SIGXCPU, signal.SIGALRM) else Malformed(signal=int(body))
        if tag not in expected:
            raise ValueError("out of turn")
        return tag, body

    def kill(self) -> None:
        """Everything of the job. A group that is gone already has been killed by the forkserver."""
        if self._group:
            with contextlib.suppress(ProcessLookupError, PermissionError):
                os.killpg(self._group, signal.SIGKILL)

"""The warm process that `child.Children` keeps: imports the libraries, never sees a file, forks a child per job.

Started as a file of its own (`python -I forkserver.py`, standard input a socket) so that nothing of the
bot's memory is in it. Each worker leads a process group, takes the limits on itself before it reads what it is to work
on, and ends with its job.
"""

from __future__ import annotations

import contextlib
import ctypes
import gc
import importlib
import json
import os
import resource
import select
import signal
import socket
import sys
from collections.abc import Callable
from pathlib import Path
from typing import Any, NoReturn

if __name__ == "__main__":
    sys.path.insert(0, str(Path(__file__).resolve().parents[2]))

from signing.documents import wire
from signing.documents.fence import shut_in
from signing.documents.reporting import heard_by
from signing.errors import SigningError

WARM = (
    "signing.documents.gate",
    "signing.documents.drawing",
    "signing.documents.sheet",
    "signing.documents.finding",
    "signing.documents.converting",
    "signing.documents.comparing",
)
Function = Callable[[bytes, dict[str, Any]], tuple[dict[str, Any], bytes]]
CLONE_NEWUSER, CLONE_NEWNET = 0x10000000, 0x40000000
PR_SET_PDEATHSIG, PR_SET_NO_NEW_PRIVS = 1, 38


def serve(line: socket.socket) -> None:
    """Fork a worker for each socket that comes down the line, until the line closes."""
    wakes = _wakes_on_death()
    jobs: dict[int, socket.socket] = {}
    while True:
        ready = select.select([line.fileno(), wakes], [], [])[0]
        if wakes in ready:
            os.read(wakes, 4096)
            _bury(jobs)
        if line.fileno() in ready and not _take_job(line, jobs):
            return


def cut_network() -> bool:
    """Move this process into a network namespace with nothing in it; False where the kernel won't let us."""
    libc = ctypes.CDLL(None)
    return any(libc.unshare(flags) == 0 for flags in (CLONE_NEWNET, CLONE_NEWUSER | CLONE_NEWNET))


def fences(payload: bytes, args: dict[str, Any]) -> tuple[dict[str, Any], bytes]:
    """For the doctor, run in a child: whether it sees no network ("cut") and no files but libraries ("fenced")."""
    routes = Path("/proc/net/route").read_text().splitlines()[1:]
    return {"cut": not routes and not _loopback_is_up(), "fenced": not _sees("/")}, b""


def _sees(folder: str) -> bool:
    try:
        next(Path(folder).iterdir(), None)
    except PermissionError:
        return False
    return True


def _loopback_is_up() -> bool:
    with socket.socket(socket.AF_INET, socket.SOCK_DGRAM) as probe:
        try:
            probe.connect(("127.0.0.1", 9))
        except OSError:
            return False
        return True


def _wakes_on_death() -> int:
    wakes, wake = os.pipe2(os.O_NONBLOCK | os.O_CLOEXEC)
    signal.set_wakeup_fd(wake, warn_on_full_buffer=False)
    signal.signal(signal.SIGCHLD, lambda *_: None)
    return wakes


def _take_job(line: socket.socket, jobs: dict[int, socket.socket]) -> bool:
    seconds, sockets, _, _ = socket.recv_fds(line, 16, 1)
    if not seconds:
        return False
    job = socket.socket(fileno=sockets[0])
    server = os.getpid()
    worker = os.fork()
    if worker == 0:
        for others in (line, *jobs.values()):
            others.close()
        _work(job, server, int(seconds))
    jobs[worker] = job
    return True


def _bury(jobs: dict[int, socket.socket]) -> None:
    """Tell each dead worker's parent how it died, after killing whatever it left behind."""
    for worker in list(jobs):
        if os.waitid(os.P_PID, worker, os.WEXITED | os.WNOHANG | os.WNOWAIT) is None:
            continue
        with contextlib.suppress(ProcessLookupError):
            os.killpg(worker, signal.SIGKILL)
        died = -os.waitstatus_to_exitcode(os.waitpid(worker, 0)[1])
        with jobs.pop(worker) as job, contextlib.suppress(OSError):
            wire.send(job, wire.DEATH, str(died).encode())


def _work(job: socket.socket, server: int, seconds: int) -> NoReturn:
    try:
        os.setsid()
        signal.set_wakeup_fd(-1)
        signal.signal(signal.SIGCHLD, signal.SIG_DFL)
        signal.alarm(seconds + 1)
        ctypes.CDLL(None).prctl(PR_SET_PDEATHSIG, signal.SIGKILL, 0, 0, 0)
        if os.getppid() == server:
            wire.send(job, wire.ORDER, str(os.getpid()).encode())
            _do_job(job)
    finally:
        os._exit(0)


def _do_job(job: socket.socket) -> None:
    _, order = wire.receive(job, 1 << 20)
    task = json.loads(order)
    function = _load(task["function"])
    ahead = _load(task["ahead"]) if task["ahead"] else None
    _take_limits(task["limits"])
    shut_in(task["limits"]["folder"], task["limits"]["program"])
    if ahead is not None:
        ahead(b"", task["args"])
    _, payload = wire.receive(job, task["limits"]["memory"])
    with heard_by(lambda page, pages: wire.send(job, wire.PAGE, b"%d %d" % (page, pages))):
        answer, blob = _call(function, bytes(payload), task["args"])
    wire.send(job, wire.ANSWER, json.dumps(answer).encode())
    wire.send(job, wire.BLOB, blob)


def _load(name: str) -> Function:
    module, _, attribute = name.partition(":")
    function: Function = getattr(importlib.import_module(module), attribute)
    return function


def _call(function: Function, payload: bytes, args: dict[str, Any]) -> tuple[dict[str, Any], bytes]:
    try:
        answer, blob = function(payload, args)
    except SigningError as error:
        return {"refused": error.code, "details": error.details}, b""
    except MemoryError:
        return {"refused": "document.too-big", "details": {}}, b""
    except Exception as error:
        return {"refused": "document.malformed", "details": {"error": type(error).__name__}}, b""
    return {"answer": answer}, blob


def _take_limits(limits: dict[str, Any]) -> None:
    ctypes.CDLL(None).prctl(PR_SET_NO_NEW_PRIVS, 1, 0, 0, 0)
    spent = resource.getrusage(resource.RUSAGE_SELF)
    cpu = limits["cpu"] + int(spent.ru_utime + spent.ru_stime)
    resource.setrlimit(resource.RLIMIT_CORE, (0, 0))
    resource.setrlimit(resource.RLIMIT_AS, (limits["memory"], limits["memory"]))
    resource.setrlimit(resource.RLIMIT_CPU, (cpu, cpu + 1))
    resource.setrlimit(resource.RLIMIT_FSIZE, (limits["file_size"], limits["file_size"]))
    resource.setrlimit(resource.RLIMIT_NOFILE, (limits["open_files"], limits["open_files"]))


def _warm_up() -> None:
    """One page of ours, so that each child finds fonts and encoders ready."""
    drawing = importlib.import_module("signing.documents.drawing")
    drawing.draw_pages(drawing.blank_page(), {"pages": [0], "dpi": 20, "marks": []})


def _main() -> None:
    line = socket.socket(fileno=os.dup(0))
    nothing = os.open(os.devnull, os.O_RDWR)
    os.dup2(nothing, 0)
    os.close(nothing)
    cut_network()
    wanted = sys.argv[1:]
    for module in wanted or WARM:
        importlib.import_module(module)
    if not wanted:
        _warm_up()
    gc.freeze()
    serve(line)


if __name__ == "__main__":
    _main()

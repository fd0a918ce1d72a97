from __future__ import annotations

import ctypes
import os
import select
import socket
import subprocess
import sys
import time
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path
from typing import Any

import pytest

from signing.documents.child import Children, Limits, run_limited
from signing.documents.errors import Encrypted, Malformed, TooBig, TooSlow
from signing.documents.reporting import heard_by, report

HERE = __name__
Answer = tuple[dict[str, Any], bytes]


def echo(payload: bytes, args: dict[str, Any]) -> Answer:
    return {"args": args, "pid": os.getpid()}, payload


def spin(payload: bytes, args: dict[str, Any]) -> Answer:
    while True:
        pass


def wait(payload: bytes, args: dict[str, Any]) -> Answer:
    Path(args["path"]).write_text(str(subprocess.Popen(["sleep", "60"]).pid))
    time.sleep(60)
    return {}, b""


def swallow_memory(payload: bytes, args: dict[str, Any]) -> Answer:
    return {"size": len(b"x" * (3 << 30))}, b""


def crash(payload: bytes, args: dict[str, Any]) -> Answer:
    ctypes.string_at(0)
    return {}, b""


def raise_refusal(payload: bytes, args: dict[str, Any]) -> Answer:
    raise Encrypted(page=3)


def raise_secret(payload: bytes, args: dict[str, Any]) -> Answer:
    raise ValueError("110101199003070038")


def look_around(payload: bytes, args: dict[str, Any]) -> Answer:
    return {
        "environment": sorted(os.environ),
        "files": [entry.name for entry in Path("/proc/self/fd").iterdir()],
    }, b""


def write_much(payload: bytes, args: dict[str, Any]) -> Answer:
    Path(args["path"]).write_bytes(b"x" * 5_000_000)
    return {}, b""


def read_file(payload: bytes, args: dict[str, Any]) -> Answer:
    return {}, Path(args["path"]).read_bytes()


def run_true(payload: bytes, args: dict[str, Any]) -> Answer:
    return {"status": subprocess.run(["/bin/true"]).returncode}, b""


def turn_pages(payload: bytes, args: dict[str, Any]) -> Answer:
    for page in args["pages"]:
        report(page, 12)
    return {}, b""


def call_out(payload: bytes, args: dict[str, Any]) -> Answer:
    with socket.create_connection(("127.0.0.1", args["port"]), timeout=2):
        return {}, b""


def run(
    children: Children, function: Any, payload: bytes = b"", limits: Limits | None = None, **args: Any
) -> Answer:
    return children.run(f"{HERE}:{function.__name__}", payload, args, limits or Limits())


def test_answers_and_bytes_come_back(children):
    answer, blob = run(children, echo, b"\0\xff" * 500_000, a=[1, "二"])
    assert (answer["args"], blob) == ({"a": [1, "二"]}, b"\0\xff" * 500_000)


def test_what_a_child_says_of_pages_is_heard_where_its_parent_works(children):
    heard: list[tuple[int, int]] = []
    with heard_by(lambda page, pages: heard.append((page, pages))):
        run(children, turn_pages, pages=[1, 2, 12])
    assert heard == [(1, 12), (2, 12), (12, 12)]


@pytest.mark.parametrize("page", [0, -1, 13, 10**7])
def test_a_child_that_speaks_of_pages_that_can_not_be_is_malformed(children, page):
    with pytest.raises(Malformed):
        run(children, turn_pages, pages=[page])


def test_each_job_has_a_child_of_its_own(children):
    assert run(children, echo)[0]["pid"] != run(children, echo)[0]["pid"]


def test_one_job_alone_needs_no_pool():
    assert run_limited(f"{HERE}:echo", b"x", {}, Limits())[1] == b"x"


def test_processor_time_is_limited(children):
    with pytest.raises(TooSlow):
        run(children, spin, limits=Limits(cpu=1))


def test_wall_clock_is_limited_and_whatever_was_started_dies_too(children, tmp_path):
    started = time.monotonic()
    with pytest.raises(TooSlow):
        run(
            children,
            wait,
            limits=Limits(seconds=0.5, folder=str(tmp_path), program="/bin/sleep"),
            path=str(tmp_path / "pid"),
        )
    assert time.monotonic() - started < 3
    assert soon(lambda: not is_running(int((tmp_path / "pid").read_text())))


def test_memory_is_limited(children):
    with pytest.raises(TooBig):
        run(children, swallow_memory)


def test_a_crash_is_an_answer(children):
    with pytest.raises(Malformed):
        run(children, crash)
    assert run(children, echo, b"still here")[1] == b"still here"


def test_a_refusal_comes_back_with_its_details(children):
    with pytest.raises(Encrypted) as refused:
        run(children, raise_refusal)
    assert refused.value.details == {"page": 3}


def test_another_error_tells_its_kind_and_nothing_of_the_file(children):
    with pytest.raises(Malformed) as refused:
        run(children, raise_secret)
    assert refused.value.details == {"error": "ValueError"}


def test_a_child_knows_nothing_of_our_environment(children, monkeypatch):
    monkeypatch.setenv("SEALBOT_TOKEN", "secret")
    with Children() as fresh:
        answer, _ = run(fresh, look_around)
    assert set(answer["environment"]) <= {"GLIBC_TUNABLES", "LC_CTYPE"}


def test_a_child_holds_no_file_but_its_line(children):
    answer, _ = run(children, look_around)
    standard, line, wake_up, listing = 3, 1, 2, 1
    assert len(answer["files"]) == standard + line + wake_up + listing


def test_a_child_reads_no_file_of_ours(children, tmp_path):
    if not children.files_are_fenced():
        pytest.skip("this kernel has no Landlock")
    (tmp_path / "secret").write_text("a key")
    with pytest.raises(Malformed) as refused:
        run(children, read_file, path=str(tmp_path / "secret"))
    assert refused.value.details == {"error": "PermissionError"}
    assert (
        run(children, read_file, limits=Limits(folder=str(tmp_path)), path=str(tmp_path / "secret"))[1]
        == b"a key"
    )


def test_a_child_runs_no_program_unless_it_may(children):
    if not children.files_are_fenced():
        pytest.skip("this kernel has no Landlock")
    with pytest.raises(Malformed) as refused:
        run(children, run_true)
    assert refused.value.details == {"error": "PermissionError"}
    assert run(children, run_true, limits=Limits(program="/bin/true"))[0] == {"status": 0}


def test_files_are_limited_in_size(children, tmp_path):
    with pytest.raises(Malformed):
        run(
            children,
            write_much,
            limits=Limits(file_size=1_000_000, folder=str(tmp_path)),
            path=str(tmp_path / "much"),
        )
    assert (tmp_path / "much").stat().st_size <= 1_000_000


def test_a_child_reaches_no_port_of_ours(children):
    if not children.network_is_cut():
        pytest.skip("this kernel lets nobody make a network namespace")
    with socket.create_server(("127.0.0.1", 0)) as server:
        server.settimeout(0.1)
        with pytest.raises(Malformed):
            run(children, call_out, port=server.getsockname()[1])
        with pytest.raises(TimeoutError):
            server.accept()


def test_an_answer_that_is_too_long_is_refused(children):
    with pytest.raises(Malformed):
        run(children, echo, b"x" * 10_000, limits=Limits(answer=5_000))


def test_jobs_of_several_threads_do_not_mix(children):
    payloads = [bytes([number]) * 100_000 for number in range(24)]
    with ThreadPoolExecutor(8) as pool:
        blobs = list(pool.map(lambda payload: run(children, echo, payload)[1], payloads))
    assert blobs == payloads


def test_a_lost_forkserver_is_started_again():
    with Children() as own:
        run(own, echo)
        assert own._server is not None
        own._server.kill()
        own._server.wait()
        assert run(own, echo, b"again")[1] == b"again"


def test_children_leave_when_their_parent_is_killed():
    code = (
        "import os, sys\n"
        "from signing.documents.child import Children, Limits\n"
        "kept = Children()\n"
        f"print(kept.run('{HERE}:echo', b'', {{}}, Limits())[0]['pid'], kept._server.pid, flush=True)\n"
        "os.kill(os.getpid(), 9)\n"
    )
    out = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, timeout=20).stdout
    server = int(out.split()[1])
    assert soon(lambda: not is_running(server))


def soon(holds: Callable[[], bool]) -> bool:
    """Whether the kernel gets there within five seconds."""
    for _ in range(100):
        if holds():
            return True
        select.select([], [], [], 0.05)
    return False


def is_running(pid: int) -> bool:
    try:
        return Path(f"/proc/{pid}/stat").read_text().rpartition(")")[2].split()[0] != "Z"
    except FileNotFoundError:
        return False

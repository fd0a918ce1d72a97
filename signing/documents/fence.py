"""What a child may touch of the machine's files: libraries and fonts to read, at most one folder to write (Landlock)."""

from __future__ import annotations

import ctypes
import os
import struct
import sys
from collections.abc import Iterable
from pathlib import Path

CREATE_RULESET, ADD_RULE, RESTRICT_SELF = 444, 445, 446
PATH_BENEATH, ASK_VERSION = 1, 1
EXECUTE, WRITE_FILE, READ_FILE, READ_DIR = 1 << 0, 1 << 1, 1 << 2, 1 << 3
ALL_BY_VERSION = {1: (1 << 13) - 1, 2: (1 << 14) - 1, 3: (1 << 15) - 1, 4: (1 << 15) - 1, 5: (1 << 16) - 1}
"""All rights that a version of Landlock knows (linux/landlock.h); later versions add none for files."""
OF_FILES = EXECUTE | WRITE_FILE | READ_FILE | 1 << 14 | 1 << 15
REMOVE_FILE, MAKE_SOCKET = 1 << 5, 1 << 9
PIPES = "/tmp"  # noqa: S108 - LibreOffice's own fixed place for its socket; nothing else can be made there
READ = READ_FILE | READ_DIR
SYSTEM = (
    *("/usr", "/lib", "/lib64", "/bin", "/opt", "/proc", "/sys"),
    *(
        "/etc/fonts",
        "/etc/libreoffice",
        "/etc/ld.so.cache",
        "/etc/passwd",
        "/etc/group",
        "/etc/nsswitch.conf",
    ),
    "/var/cache/fontconfig",
)
DEVICES = ("/dev/null", "/dev/zero", "/dev/urandom", "/dev/random")


def version() -> int:
    """The version of Landlock that the kernel has, 0 where it has none."""
    return max(0, _call(CREATE_RULESET, None, 0, ASK_VERSION))


def shut_in(folder: str, program: str) -> bool:
    """Take from this process and its children whatever of the file system they don't need, for good.

    `folder` may be written, `program` and what lies beside it may be run; both may be "". False where the kernel
    can't do it. The process must have PR_SET_NO_NEW_PRIVS set.
    """
    known = ALL_BY_VERSION.get(min(version(), 5))
    if known is None:
        return False
    rules = _call(CREATE_RULESET, struct.pack("=Q", known), 8, 0)
    if rules < 0:
        return False
    readable = [*SYSTEM, sys.prefix, sys.base_prefix, str(Path(__file__).resolve().parents[1])]
    _allow(rules, readable, known & (READ | (EXECUTE if program else 0)))
    _allow(rules, DEVICES, known & (READ_FILE | WRITE_FILE | 1 << 15))
    if program:
        _allow(rules, [str(Path(program).resolve().parent)], known & (READ | EXECUTE))
        _allow(rules, [PIPES], MAKE_SOCKET | REMOVE_FILE)
    if folder:
        _allow(rules, [folder], known & ~EXECUTE)
    shut = _call(RESTRICT_SELF, rules, 0) == 0
    os.close(rules)
    return shut


def _allow(rules: int, paths: Iterable[str], rights: int) -> None:
    for path in paths:
        try:
            place = os.open(path, os.O_PATH | os.O_CLOEXEC)
        except OSError:
            continue
        allowed = rights if Path(path).is_dir() else rights & OF_FILES
        _call(ADD_RULE, rules, PATH_BENEATH, struct.pack("=Qi", allowed, place), 0)
        os.close(place)


def _call(number: int, *arguments: object) -> int:
    return int(ctypes.CDLL(None, use_errno=True).syscall(number, *arguments))

"""A token in software (SoftHSM2), one for the whole test process: a PKCS #11 library is initialized only once."""

from __future__ import annotations

import os
import secrets
import shutil
import subprocess
import tempfile
from functools import cache
from pathlib import Path

import pytest

PIN = "19840517"
MODULES = ("/usr/lib/softhsm/libsofthsm2.so", "/usr/lib/x86_64-linux-gnu/softhsm/libsofthsm2.so")


def module() -> Path | None:
    """SoftHSM2's library, if it is on this machine."""
    return next((Path(each) for each in MODULES if Path(each).exists()), None)


def installed() -> bool:
    return bool(module() and shutil.which("softhsm2-util"))


needs_softhsm = pytest.mark.skipif(not installed(), reason="SoftHSM2 (softhsm2) is not on this machine")


@cache
def _folder() -> Path:
    folder = Path(tempfile.mkdtemp(prefix="softhsm"))
    (folder / "tokens").mkdir()
    (folder / "softhsm2.conf").write_text(f"directories.tokendir = {folder / 'tokens'}\nlog.level = ERROR\n")
    os.environ["SOFTHSM2_CONF"] = str(folder / "softhsm2.conf")
    return folder


@cache
def label() -> str:
    """The label of a fresh token with the PIN above."""
    _folder()
    name = f"harbor-{secrets.token_hex(4)}"
    subprocess.run(
        ["softhsm2-util", "--init-token", "--free", "--label", name, "--pin", PIN, "--so-pin", "12345678"],
        check=True,
        capture_output=True,
    )
    return name

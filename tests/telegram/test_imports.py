"""A framework costs seconds and memory: only the one in use is imported, and only when it is."""

from __future__ import annotations

import subprocess
import sys

import pytest

FRAMEWORKS = "{'aiogram', 'telegram'}"


def imported(statement: str) -> str:
    code = f"import sys\ntry:\n    {statement}\nexcept SystemExit:\n    pass\nprint('\\n', sorted({FRAMEWORKS} & set(sys.modules)))"
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    return done.stdout.splitlines()[-1].strip()


@pytest.mark.parametrize(
    "statement",
    [
        "import bot, bot.app, bot.serving",
        "from bot.__main__ import main; main(['--help'])",
        "from bot.__main__ import main; main(['serve', '--help'])",
    ],
)
def test_nothing_imports_a_framework_unasked(statement: str) -> None:
    assert imported(statement) == "[]"


@pytest.mark.parametrize(("framework", "module"), [("aiogram", "aiogram"), ("ptb", "telegram")])
def test_asking_for_one_does_not_import_the_other(framework: str, module: str) -> None:
    statement = f"from bot.serving_telegram import connection; connection('{framework}')"
    assert imported(statement) == f"['{module}']"

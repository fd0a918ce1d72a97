"""What the documents say is so: commands exist, files are where they are named, the worked example works."""

from __future__ import annotations

import re
import shlex
from pathlib import Path

import pytest

from bot.__main__ import parser
from bot.settings import Settings, described

ROOT = Path(__file__).parents[2]
PAGES = [ROOT / "README.md", ROOT / "CONTRIBUTING.md", *sorted((ROOT / "docs").glob("*.md"))]
SAMPLES = {
    "FILE.pdf": "tests/docs/test_docs.py",
    "PHOTO.jpg": "tests/docs/test_docs.py",
    "FILE.pem": "tests/docs/test_docs.py",
    "FILE.tar": "tests/docs/test_docs.py",
}


def commands(page: Path) -> list[str]:
    blocks = re.findall(r"```sh\n(.*?)```", page.read_text("utf-8"), re.DOTALL)
    return [line.split(" #")[0].strip() for block in blocks for line in block.splitlines() if line.strip()]


@pytest.mark.parametrize("page", PAGES, ids=lambda page: page.name)
def test_every_sealbot_command_that_is_shown_is_understood(
    page: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(ROOT)
    for line in commands(page):
        words = [SAMPLES.get(word, word) for word in shlex.split(line)]
        if words and words[0] == "sealbot":
            parser().parse_args(words[1:])


@pytest.mark.parametrize("page", PAGES, ids=lambda page: page.name)
def test_every_make_target_that_is_shown_exists(page: Path) -> None:
    targets = set(re.findall(r"^([a-z]+):", (ROOT / "Makefile").read_text("utf-8"), re.MULTILINE))
    shown = {found for line in commands(page) for found in re.findall(r"\bmake ([a-z]+)", line)}
    assert shown <= targets


@pytest.mark.parametrize("page", PAGES, ids=lambda page: page.name)
def test_every_file_that_is_linked_is_there(page: Path) -> None:
    links = re.findall(r"\]\(([^)#]+)\)", page.read_text("utf-8"))
    missing = [link for link in links if "://" not in link and not (page.parent / link).exists()]
    assert missing == []


@pytest.mark.parametrize("page", PAGES, ids=lambda page: page.name)
def test_every_module_that_is_named_is_there(page: Path) -> None:
    named = re.findall(
        r"`((?:bot|handlers|signing|templates|tests)/[\w/]+\.(?:py|html))`", page.read_text("utf-8")
    )
    missing = [name for name in named if not (ROOT / name).exists() and "nickname" not in name]
    assert missing == []


def test_every_setting_has_a_meaning() -> None:
    assert len(described()) == len(Settings.model_fields)
    assert [name for name, _, meaning in described() if not meaning] == []


def test_the_contributors_example_is_code_that_compiles() -> None:
    text = (ROOT / "CONTRIBUTING.md").read_text("utf-8")
    for block in re.findall(r"```python\n(.*?)```", text, re.DOTALL):
        compile(block, "CONTRIBUTING.md", "exec")

from __future__ import annotations

import importlib.util
from pathlib import Path

import pytest
from docx import Document

from bot.installation import TEMPLATES
from signing.forms import reading

ROOT = Path(__file__).parents[3]
FILES = sorted((TEMPLATES / "contracts").glob("*/*.docx"))


def maker():  # type: ignore[no-untyped-def]
    spec = importlib.util.spec_from_file_location("starters", ROOT / "scripts" / "starters.py")
    assert spec and spec.loader
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    return module


def words(document) -> list[str]:  # type: ignore[no-untyped-def]
    return [text.text or "" for text in document.element.body.iter("{*}t")]


def test_there_are_five_in_each_language() -> None:
    assert [file.parent.name for file in FILES] == ["en"] * 5 + ["zh"] * 5


@pytest.mark.parametrize("file", FILES, ids=lambda file: file.stem)
def test_each_has_two_parties_and_fields_that_are_understood(file: Path) -> None:
    told, _ = reading.read(file.read_bytes(), {})
    assert len(told["roles"]) == 2 and len(told["fields"]) >= 9


@pytest.mark.parametrize("file", FILES, ids=lambda file: file.stem)
def test_each_is_what_its_source_says(file: Path) -> None:
    source = TEMPLATES / "contracts" / "source" / file.parent.name / f"{file.stem}.txt"
    assert words(Document(str(file))) == words(maker().make(source))

"""Every word that people read: both languages hold the same, and nothing from people makes markup."""

from __future__ import annotations

import importlib
import pkgutil
from collections.abc import Iterator
from pathlib import Path
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given
from hypothesis import strategies as st
from jinja2 import Environment, FileSystemLoader, meta, nodes

import bot
import handlers
import signing
from bot.installation import TEMPLATES
from bot.render import LANGUAGES, Renderer, harmless, split_buttons
from signing.errors import SigningError

FILES = sorted(path.name for path in (TEMPLATES / "en").glob("*.html"))
INTERNAL = ("backup.", "blob.", "vault.", "pki.", "pdf.")


def blocks(language: str, file: str) -> dict[str, set[str]]:
    """The blocks of a template, each with the variables it needs."""
    environment = Environment(loader=FileSystemLoader(TEMPLATES / language))
    for name in ("when", "day", "clock", "tail"):
        environment.filters[name] = str
    tree = environment.parse((TEMPLATES / language / file).read_text("utf-8"))
    found = {}
    for block in tree.find_all(nodes.Block):
        found[block.name] = meta.find_undeclared_variables(
            nodes.Template(block.body, lineno=1).set_environment(environment)
        )
    return found


def choices(language: str, file: str) -> dict[str, set[str]]:
    """The values of the buttons in each block, as they stand in the source."""
    source = (TEMPLATES / language / file).read_text("utf-8")
    found = {}
    for part in source.split("{% block ")[1:]:
        name, _, body = part.partition(" %}")
        found[name] = {piece.partition("|")[0] for piece in body.split("[[")[1:]}
    return found


def errors_with_words() -> Iterator[str]:
    for package in (signing, handlers, bot):
        for module in pkgutil.walk_packages(package.__path__, f"{package.__name__}."):
            if not module.name.endswith("__main__"):
                importlib.import_module(module.name)
    for code, kind in sorted(SigningError.known.items()):
        if kind.__module__.split(".")[0] in ("signing", "handlers", "bot") and not code.startswith(INTERNAL):
            yield code


@pytest.fixture
def renderer() -> Renderer:
    return Renderer(TEMPLATES, ZoneInfo("Asia/Shanghai"))


def test_every_language_has_the_same_files() -> None:
    for language in LANGUAGES:
        assert sorted(path.name for path in (TEMPLATES / language).glob("*.html")) == FILES


@pytest.mark.parametrize("file", FILES)
def test_both_languages_hold_the_same_blocks_and_variables(file: str) -> None:
    english, chinese = blocks("en", file), blocks("zh", file)
    assert english.keys() == chinese.keys()
    for name in english:
        assert english[name] == chinese[name], f"{file}: {name}"


LANGUAGE_SWITCHES = {"en", "zh"}


@pytest.mark.parametrize("file", FILES)
def test_both_languages_offer_the_same_choices(file: str) -> None:
    english, chinese = choices("en", file), choices("zh", file)
    for name in english:
        assert english[name] - LANGUAGE_SWITCHES == chinese[name] - LANGUAGE_SWITCHES, f"{file}: {name}"


def test_every_refusal_that_a_person_can_meet_has_words_of_its_own_or_of_its_kind() -> None:
    written = blocks("en", "errors.html")
    words = {
        code: {code.replace("-", "_").replace(".", "_"), code.partition(".")[0]}
        for code in errors_with_words()
    }
    assert [code for code, names in words.items() if not names & written.keys()] == []


def test_buttons_stand_in_rows_as_the_template_has_them() -> None:
    text, rows = split_buttons(
        "Hello\n[[a|First|primary]]\n[[b|Second]] [[>sign:y1|Third|danger]]", "k:".__add__
    )
    assert text == "Hello"
    assert [[(each.label, each.data, each.style) for each in row] for row in rows] == [
        [("First", "k:a", "primary")],
        [("Second", "k:b", "plain"), ("Third", ">sign:y1", "danger")],
    ]


def test_data_that_a_messenger_would_cut_is_refused() -> None:
    with pytest.raises(ValueError, match="64 bytes"):
        split_buttons("[[x|Label]]", lambda value: "k" * 64 + value)


@pytest.mark.parametrize(
    "name",
    [
        "</b><a href='https://evil.example'>x</a>&",
        "[[>withdraw:t1|Free tea]]",
        "a\n[[x|y]]\nb",
        "{{ 7 * 7 }}",
    ],
)
def test_a_name_makes_neither_markup_nor_buttons(renderer: Renderer, name: str) -> None:
    message = renderer.message("en", "draft.kept", {"title": name})
    assert "<a" not in message.text and "</b>" not in message.text
    assert message.rows == ()
    assert "49" not in message.text


@given(st.text())
def test_no_text_can_turn_the_line_around(text: str) -> None:
    shown = str(harmless(text))
    assert not set(shown) & set("\u202a\u202b\u202c\u202d\u202e\u2066\u2067")
    assert "<" not in shown and "[" not in shown


def test_times_are_whole_and_local(renderer: Renderer) -> None:
    from datetime import UTC, datetime

    moment = datetime(2026, 12, 4, 10, 0, tzinfo=UTC)
    environment = renderer._environments
    assert environment["en"].filters["when"](moment) == "Fri 4 December 2026, 18:00 (UTC+8)"
    assert environment["zh"].filters["when"](moment) == "2026年12月4日（周五）18:00"


def test_templates_lie_where_the_wheel_expects_them() -> None:
    assert Path(TEMPLATES, "en", "common.html").is_file()

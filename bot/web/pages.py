"""The page's frame and the bubbles in it, as HTML made on the server."""

from __future__ import annotations

import json
import re
from collections.abc import Mapping
from datetime import datetime
from functools import cache
from pathlib import Path
from types import SimpleNamespace
from typing import Any

from jinja2 import Environment, FileSystemLoader, StrictUndefined
from markupsafe import Markup

from bot.web.hub import Mine, Shown
from bot.web.markup import sanitized
from bot.web.panes import Identity, Pane
from signing.identity.providers.sandbox import SandboxRegister
from signing.store.port import Row
from signing.store.times import moment

FRAME = Path(__file__).parent / "frame"
LANGUAGES = ("en", "zh")
CODE = re.compile(r"(?<!\d)(\d{4}) ?(\d{4})(?!\d)")


def preferred(accept_language: str) -> str:
    """The first of our languages that an Accept-Language header names."""
    for tag in accept_language.lower().split(","):
        if tag.strip()[:2] in LANGUAGES:
            return tag.strip()[:2]
    return LANGUAGES[0]


class Pages:
    """Everything that the browser is given to show."""

    def __init__(self, register: SandboxRegister) -> None:
        self._register = register
        self._environment = Environment(
            loader=FileSystemLoader(FRAME),
            autoescape=True,
            undefined=StrictUndefined,
            trim_blocks=True,
            lstrip_blocks=True,
        )
        self._environment.filters["time"] = _time

    def chat(self, language: str) -> str:
        """The page with all panes."""
        return self._render("chat.html", language, people=self._register.people, represents=self._represents)

    def invitation(self, language: str, token: str) -> str:
        """Asks who opens an invitation. Reading this page opens nothing."""
        return self._render("invitation.html", language, token=token)

    def shown(self, language: str, address: str, shown: Shown) -> str:
        """The assistant's message."""
        text = sanitized(shown.message.text)
        return self._render("shown.html", language, address=address, shown=shown, text=text)

    def mine(self, language: str, address: str, mine: Mine) -> str:
        """The person's message."""
        said = mine.update.said
        return self._render("mine.html", language, address=address, key=mine.update.id, said=said, at=mine.at)

    def text(self, language: str, row: Row) -> str:
        """A text message on the simulated phone."""
        code = CODE.search(row["body"])
        found = code[1] + code[2] if code else ""
        return self._render("text.html", language, row=row, code=found)

    def who(self, language: str, pane: Pane, identity: Identity) -> str:
        """What a visitor has to know about the person whom they play."""
        return self._render("who.html", language, pane=pane, identity=identity)

    def _represents(self, name: str) -> list[str]:
        return [one["name"] for one in self._register.companies if one["representative"] == name]

    def _render(self, template: str, language: str, **context: Any) -> str:
        every_word = words_of(language)
        words = SimpleNamespace(**every_word)  # attributes, so that no word meets a method of dict
        return self._environment.get_template(template).render(
            words=words, every_word=every_word, language=language, **context
        )


@cache
def words_of(language: str) -> Mapping[str, str]:
    """The frame's own words in one language."""
    words: dict[str, str] = json.loads((FRAME / f"words.{language}.json").read_text("utf-8"))
    return words


def _time(milliseconds: int) -> Markup:
    """A time that the page writes in the visitor's own zone."""
    at: datetime = moment(milliseconds)
    return Markup('<time datetime="{}">{:%H:%M} UTC</time>').format(at.isoformat(), at)

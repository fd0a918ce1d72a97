"""Jinja2 to Message: one template a dialogue and language, one named block a message.

A line of a block made of `[[value|Label]]` or `[[value|Label|primary]]` is a row of buttons. `value` is the choice that
comes back; `>dialogue:argument` starts a dialogue, `@contact` asks for the person's own number, `https://` opens a
page, `@page:name:argument` one of our own whose answer is this question's, `@share:words` the messenger's chat picker.
What comes from people cannot make markup or buttons: HTML is escaped and so is `[`.
"""

from __future__ import annotations

import html
import re
import unicodedata
from collections.abc import Callable, Mapping, Sequence
from dataclasses import replace
from datetime import datetime
from decimal import Decimal
from functools import lru_cache
from pathlib import Path
from typing import Any
from zoneinfo import ZoneInfo

from babel.dates import format_datetime
from jinja2 import Environment, FileSystemLoader, StrictUndefined, Template
from markupsafe import Markup, escape

from handlers.message import Attachment, Button, Message, Style
from signing.errors import SigningError

LANGUAGES = ("en", "zh")
FORMATS = {"en": "EEE d MMMM y, HH:mm", "zh": "y年M月d日（EEE）HH:mm"}
DAYS = {"en": "d MMMM y", "zh": "y年M月d日"}
BUTTON = re.compile(r"\[\[(.+?)\|(.+?)(?:\|(primary|danger))?\]\]")
ROW = re.compile(rf"(?:{BUTTON.pattern}\s*\|?\s*)+")
OVERRIDES = re.compile("[\u202a-\u202e\u2066-\u2069\u200b-\u200f\u2060\ufeff]")
SPACES = re.compile(r"\n{3,}")
DATA_BYTES = 64
PAGE = "@page:"
SHARE = "@share:"


class UnknownMessage(LookupError):
    """A dialogue says something that its template does not hold."""


class Renderer:
    """Every word that a person reads, in their language."""

    def __init__(self, folder: Path, zone: ZoneInfo) -> None:
        self._folder = folder
        self._zone = zone
        self._environments = {language: self._environment(language) for language in LANGUAGES}
        self._template = lru_cache(maxsize=None)(self._load)

    def message(
        self,
        language: str,
        name: str,
        context: Mapping[str, Any],
        data: Callable[[str], str] = str,
        attachments: Sequence[Attachment] = (),
    ) -> Message:
        """The block `name` (`dialogue.block`) as a message; `data` turns a button's value into its data.

        Raises UnknownMessage.
        """
        text, rows = split_buttons(self.text(language, name, context), data)
        return Message(text, rows, tuple(self._captioned(language, each) for each in attachments))

    def text(self, language: str, name: str, context: Mapping[str, Any]) -> str:
        """The block as it stands, buttons and all. Raises UnknownMessage."""
        dialogue, _, block = name.partition(".")
        template = self._template(language, dialogue)
        if block not in template.blocks:
            raise UnknownMessage(f"{language}/{dialogue}.html has no block {block}")
        lines = "".join(template.blocks[block](template.new_context(dict(context)))).splitlines()
        return SPACES.sub("\n\n", "\n".join(line.strip() for line in lines)).strip()

    def refusal(self, language: str, refusal: SigningError, tries: int = 1) -> str:
        """The sentence for an error: its own, else that of its kind (`pdf`, `pki`), else the general one."""
        own = refusal.code.replace("-", "_").replace(".", "_")
        names = (f"errors.{name}" for name in (own, refusal.code.partition(".")[0], "refused"))
        name = next(name for name in names if self.has(language, name))
        return self.text(language, name, {"tries": tries, **refusal.details})

    def has(self, language: str, name: str) -> bool:
        dialogue, _, block = name.partition(".")
        return block in self._template(language, dialogue).blocks

    def _captioned(self, language: str, attachment: Attachment) -> Attachment:
        if not attachment.caption:
            return attachment
        caption = html.unescape(self.text(language, attachment.caption, attachment.facts))
        return replace(attachment, caption=caption, facts={})

    def _load(self, language: str, dialogue: str) -> Template:
        return self._environments[language].get_template(f"{dialogue}.html")

    def _environment(self, language: str) -> Environment:
        environment = Environment(
            loader=FileSystemLoader(self._folder / language),
            autoescape=True,
            undefined=StrictUndefined,
            finalize=harmless,
            trim_blocks=True,
            lstrip_blocks=True,
        )
        environment.filters["when"] = lambda moment: self._when(language, moment)
        environment.filters["day"] = lambda moment: self._day(language, moment)
        environment.filters["clock"] = lambda moment: f"{moment.astimezone(self._zone):%H:%M}"
        environment.filters["tail"] = lambda number: f"*** {str(number)[-4:]}"
        return environment

    def _day(self, language: str, moment: datetime) -> str:
        return str(format_datetime(moment.astimezone(self._zone), DAYS[language], locale=language))

    def _when(self, language: str, moment: datetime) -> str:
        local = moment.astimezone(self._zone)
        offset = Decimal(int(local.strftime("%z")[:3] + local.strftime("%z")[3:])) / 100
        words = format_datetime(local, FORMATS[language], locale=language)
        return f"{words} (UTC{offset.normalize():+f})" if language == "en" else words


def harmless(value: Any) -> Any:
    """A value as text that can make neither markup, nor a button, nor turn the line around."""
    if isinstance(value, Markup) or not isinstance(value, str):
        return value
    plain = OVERRIDES.sub("", value)
    if any(unicodedata.bidirectional(letter) in ("R", "AL") for letter in plain):
        plain = f"\u2068{plain}\u2069"
    return Markup(str(escape(plain)).replace("[", "&#91;").replace("\n", " "))  # noqa: S704 (escaped just here)


def split_buttons(text: str, data: Callable[[str], str]) -> tuple[str, tuple[tuple[Button, ...], ...]]:
    """The text without its lines of buttons, and the buttons in their rows."""
    lines: list[str] = []
    rows: list[tuple[Button, ...]] = []
    for line in text.splitlines():
        if ROW.fullmatch(line):
            rows.append(tuple(_button(data, *found) for found in BUTTON.findall(line)))
        else:
            lines.append(line)
    return "\n".join(lines).strip(), tuple(rows)


def _button(data: Callable[[str], str], value: str, label: str, style: str) -> Button:
    label, value = html.unescape(label), html.unescape(value)
    kind: Style = "primary" if style == "primary" else "danger" if style == "danger" else "plain"
    if value == "@contact":
        return Button(label, contact=True, style=kind)
    if value.startswith(PAGE):
        return Button(label, page=value.removeprefix(PAGE), style=kind)
    if value.startswith(SHARE):
        return Button(label, share=value.removeprefix(SHARE), style=kind)
    if value.startswith(("https://", "http://")):
        return Button(label, url=value, style=kind)
    carried = value if value.startswith(">") else data(value)
    if len(carried.encode()) > DATA_BYTES:
        raise ValueError(f"a button carries more than {DATA_BYTES} bytes: {carried!r}")
    return Button(label, data=carried, style=kind)

"""Words that stand outside of any conversation: commands, toasts, what is offered above the keyboard."""

from __future__ import annotations

import html
from collections.abc import Callable
from zoneinfo import ZoneInfo

from bot.installation import TEMPLATES
from bot.render import Renderer

Words = Callable[[str, str], str]
"""The plain words of a template's block, by language and name."""


def house_words() -> Words:
    """Blocks without variables, from the house's own templates."""
    renderer = Renderer(TEMPLATES, ZoneInfo("UTC"))
    return lambda language, name: html.unescape(renderer.text(language, name, {}))

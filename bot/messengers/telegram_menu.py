"""The menu of commands beside the text field: in each language, and with more for operators."""

from __future__ import annotations

import logging
from collections.abc import Callable, Sequence
from typing import Any

from bot.messengers.telegram import NAME
from bot.messengers.telegram_api import NoAnswer, Refused, Transport

EVERYBODY = (
    "home",
    "company",
    "members",
    "acting",
    "seals",
    "signature",
    "templates",
    "batch",
    "verify",
    "link",
    "language",
    "help",
    "cancel",
)
OPERATORS = ("queue", *EVERYBODY)
CODES = {"en": "", "zh": "zh"}
"""Telegram's language code of each of our languages; the empty one is for everybody else."""

Words = Callable[[str, str], str]
"""The words of a template's block, by language and name."""

log = logging.getLogger(__name__)


async def set_menu(transport: Transport, words: Words, operators: Sequence[str]) -> None:
    """Tell Telegram the commands. `operators` as in the settings: `telegram:NUMBER`, others are left alone.

    An operator who has not started the bot yet keeps everybody's menu.
    """
    await _set(transport, words, EVERYBODY, {"type": "all_private_chats"})
    for operator in operators:
        messenger, _, address = operator.partition(":")
        if messenger == NAME:
            await _set(transport, words, OPERATORS, {"type": "chat", "chat_id": int(address)})


async def offer_private_page(transport: Transport, base_url: str, words: Words) -> None:
    """The button beside the text field opens the private upload; Telegram opens https pages only."""
    if not base_url.startswith("https://"):
        return
    page = {
        "type": "web_app",
        "text": words("en", "private.button"),
        "web_app": {"url": f"{base_url}/pages/private"},
    }
    try:
        await transport.call("setChatMenuButton", {"menu_button": page})
    except (Refused, NoAnswer) as error:
        log.info("no button for the private upload: %s", error)


async def _set(transport: Transport, words: Words, names: Sequence[str], scope: dict[str, Any]) -> None:
    for language, code in CODES.items():
        commands = [{"command": name, "description": words(language, f"commands.{name}")} for name in names]
        fields = {"commands": commands, "scope": scope, **({"language_code": code} if code else {})}
        try:
            await transport.call("setMyCommands", fields)
        except (Refused, NoAnswer) as error:
            log.info("no menu for %s: %s", scope["type"], error)

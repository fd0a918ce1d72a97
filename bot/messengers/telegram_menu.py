"""The menu of commands beside the text field: in each language, and with more for operators.

Source: Bot API 10.0, setMyCommands (the narrowest scope wins), setChatMenuButton. The menu button stays that of the
commands: a button of a page in its place would hide them.
"""

from __future__ import annotations

import asyncio
import logging
from collections.abc import Awaitable, Callable, Sequence
from typing import Any

from bot.messengers.telegram import NAME
from bot.messengers.telegram_api import NoAnswer, Refused, Transport
from bot.messengers.telegram_words import Words

EVERYBODY = (
    "home", "contracts", "drafts", "contacts", "company", "members", "acting", "seals", "signature", "templates",
    "batch", "verify", "board", "link", "email", "privacy", "language", "help", "cancel",
)  # fmt: skip
PAGES = ("private",)
OPERATORS = ("queue",)
IN_GROUPS = ("board",)
CODES = {"en": "", "zh": "zh"}
"""Telegram's language code of each of our languages; the empty one is for everybody else."""
EVERY_SECONDS = 60

Scope = dict[str, Any]

log = logging.getLogger(__name__)


class Menus:
    """The menus of one bot. `operators` names those of this moment, as `messenger:address`; with `pages` the pages
    that Telegram opens are on it, too."""

    def __init__(
        self,
        transport: Transport,
        words: Words,
        operators: Callable[[], Sequence[str]],
        pages: bool,
        sleep: Callable[[float], Awaitable[None]] = asyncio.sleep,
    ) -> None:
        self._transport = transport
        self._words = words
        self._operators = operators
        self._everybody = (*EVERYBODY[:-2], *(PAGES if pages else ()), *EVERYBODY[-2:])
        self._sleep = sleep
        self._shown: set[str] = set()

    async def set(self) -> None:
        """Everybody's menu, the groups', and the button that opens them."""
        await self._tried("setChatMenuButton", {"menu_button": {"type": "commands"}})
        await self._offer(self._everybody, {"type": "all_private_chats"})
        await self._offer(IN_GROUPS, {"type": "all_group_chats"})
        await self.step()

    async def follow(self) -> None:
        """Keep the operators' menus, until cancelled."""
        while True:
            await self._sleep(EVERY_SECONDS)
            await self.step()

    async def step(self) -> None:
        """Give new operators theirs (who has not started the bot yet: when they have), and take it from former ones."""
        addresses = {
            rest for name, _, rest in (each.partition(":") for each in self._operators()) if name == NAME
        }
        wanted = {each for each in addresses if each.isdecimal()}
        for address in sorted(wanted - self._shown):
            if await self._offer((*OPERATORS, *self._everybody), _chat(address)):
                self._shown.add(address)
        for address in sorted(self._shown - wanted):
            for code in CODES.values():
                await self._tried("deleteMyCommands", {"scope": _chat(address), **_language(code)})
            self._shown.discard(address)

    async def _offer(self, names: Sequence[str], scope: Scope) -> bool:
        done = True
        for language, code in CODES.items():
            commands = [
                {"command": name, "description": self._words(language, f"commands.{name}")} for name in names
            ]
            fields = {"commands": commands, "scope": scope, **_language(code)}
            done = await self._tried("setMyCommands", fields) and done
        return done

    async def _tried(self, method: str, fields: dict[str, Any]) -> bool:
        try:
            await self._transport.call(method, fields)
        except (Refused, NoAnswer) as error:
            log.info("%s was in vain: %s", method, error)
            return False
        return True


def _chat(address: str) -> Scope:
    return {"type": "chat", "chat_id": int(address)}


def _language(code: str) -> dict[str, str]:
    return {"language_code": code} if code else {}

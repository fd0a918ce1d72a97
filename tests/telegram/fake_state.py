"""What a fake Bot API server keeps: messages as people see them, updates until they are confirmed, and its faults."""

from __future__ import annotations

import asyncio
import random
from dataclasses import dataclass, field, replace
from typing import Any

USERNAME = "sealbot_bot"
BOT = {"id": 110201543, "is_bot": True, "first_name": "sealbot", "username": USERNAME}
DOWNLOAD, UPLOAD = 20_000_000, 50_000_000


@dataclass
class Faults:
    """Shares of the sending calls, 0 to 1. `hang` is how long an ambiguous one keeps silent, in seconds."""

    too_many: float = 0.0
    broken: float = 0.0
    ambiguous: float = 0.0
    retry_after: int = 1
    hang: float = 0.0
    chance: random.Random = field(default_factory=lambda: random.Random(1))

    def drawn(self) -> str:
        """Which fault strikes now, if any."""
        lot = self.chance.random()
        for name in ("too_many", "broken", "ambiguous"):
            lot -= getattr(self, name)
            if lot < 0:
                return name
        return ""


@dataclass
class Sent:
    """A message of the bot's as a person's client shows it. `text` is the words, `raw` as it was sent."""

    number: int
    chat: int
    text: str
    raw: str = ""
    markup: dict[str, Any] | None = None
    files: list[tuple[str, str, bytes]] = field(default_factory=list)
    caption: str = ""
    reply_to: int = 0
    album: str = ""
    edits: int = 0
    ambiguous: bool = False
    silent: bool = False
    protected: bool = False
    covered: bool = False

    @property
    def buttons(self) -> list[dict[str, Any]]:
        markup = self.markup or {}
        rows = markup.get("inline_keyboard") or markup.get("keyboard") or []
        return [button for row in rows for button in row]


@dataclass
class Arrival:
    """A request as it arrived: when (monotonic seconds), and what came of it."""

    at: float
    method: str
    chat: int
    outcome: str


class State:
    """One bot's side of Telegram. `messages` by their number; deleted ones are in `deleted`; `shown` is each message
    as it was when it was sent or edited, in order."""

    def __init__(self) -> None:
        self.messages: dict[int, Sent] = {}
        self.deleted: set[int] = set()
        self.calls: list[Arrival] = []
        self.answered: dict[str, str] = {}
        self.offered: dict[str, dict[str, Any]] = {}
        self.actions: list[int] = []
        self.too_old: set[int] = set()
        self.kinds: dict[str, str] = {}
        self.reused: list[str] = []
        self.menu_button: dict[str, Any] = {}
        self.reactions: list[tuple[int, int]] = []
        self.pinned: list[tuple[int, int]] = []
        self.may_pin = True
        self.commands: dict[tuple[str, str], list[dict[str, str]]] = {}
        self.shown: list[tuple[str, Sent]] = []
        self.faults = Faults()
        self.webhook: dict[str, Any] = {}
        self.url = ""
        self.file_limit = DOWNLOAD
        self._updates: list[dict[str, Any]] = []
        self._files: dict[str, tuple[str, bytes]] = {}
        self._open_queries: set[str] = set()
        self._blocked: dict[int, str] = {}
        self._known_chats: set[int] = set()
        self._number = 0
        self._update = 41_000
        self._arrived = asyncio.Event()

    # the people's side

    def next_number(self) -> int:
        """Messages of a private chat are numbered by the bot's own count."""
        self._number += 1
        return self._number

    def happen(self, kind: str, content: dict[str, Any]) -> dict[str, Any]:
        """An update comes into being; returned as it will be delivered."""
        self._update += 1
        update = {"update_id": self._update, kind: content}
        self._updates.append(update)
        self._arrived.set()
        return update

    def keep_file(self, name: str, data: bytes) -> str:
        """Store what a person sends; its file_id."""
        file = f"BQACAgIAAxkBAAI{len(self._files):06}"
        self._files[file] = (name, data)
        return file

    def meet(self, chat: int) -> None:
        """The person has started the bot: only now may it write."""
        self._known_chats.add(chat)
        self._blocked.pop(chat, None)

    def refuse_chat(self, chat: int, reason: str = "Forbidden: bot was blocked by the user") -> None:
        self._blocked[chat] = reason

    def open_query(self, query: str) -> None:
        self._open_queries.add(query)

    @property
    def pending(self) -> list[dict[str, Any]]:
        """Updates that were not confirmed yet."""
        return list(self._updates)

    def show(self, how: str, sent: Sent) -> None:
        self.shown.append((how, replace(sent)))

    def chat(self, chat: int) -> list[Sent]:
        """What a person sees of the bot's messages."""
        return [
            each for each in self.messages.values() if each.chat == chat and each.number not in self.deleted
        ]

"""Who opened a page from a chat: by Telegram's signed initData, or by a link that opens once.

A session is a bearer token that only the page's own script holds: no cookie, so no foreign page can use it.
The key is made at each start and kept nowhere: a restart ends all sessions and voids all links.
"""

from __future__ import annotations

import base64
import hashlib
import hmac
import json
import secrets
from collections.abc import Callable
from dataclasses import asdict, dataclass
from typing import Any
from urllib.parse import parse_qsl

LINK_SECONDS = 10 * 60
SESSION_SECONDS = 30 * 60
INIT_DATA_SECONDS = 10 * 60
AHEAD_SECONDS = 60
LONGEST = 8192


class NoSession(Exception):
    """The token or the initData is not genuine, too old, or was used already. It does not say which."""


@dataclass(frozen=True, slots=True)
class Visitor:
    """A chat whose person is here. `language` as the messenger hints it (BCP 47)."""

    messenger: str
    address: str
    language: str = ""


class Sessions:
    """Makes and checks tokens. `now` in seconds since 1970; `bot_token` signs Telegram's initData."""

    def __init__(self, now: Callable[[], float], bot_token: str = "") -> None:
        self._now = now
        self._bot_token = bot_token
        self._key = secrets.token_bytes(32)
        self._used: dict[str, float] = {}

    def link(self, visitor: Visitor) -> str:
        """A token for a link into a chat: it opens one session within ten minutes."""
        return self._made("link", visitor, LINK_SECONDS)

    def open_by_link(self, token: str) -> str:
        """A session for a link's token, which is used up. Raises NoSession."""
        visitor, once = self._read("link", token)
        self._forget_old()
        if once in self._used:
            raise NoSession
        self._used[once] = self._now() + LINK_SECONDS
        return self._made("session", visitor, SESSION_SECONDS)

    def open_by_init_data(self, init_data: str) -> str:
        """A session for a Mini App that Telegram opened. Raises NoSession."""
        visitor = telegram_visitor(init_data, self._bot_token, self._now())
        return self._made("session", visitor, SESSION_SECONDS)

    def visitor(self, session: str) -> Visitor:
        """Who holds this session. Raises NoSession."""
        return self._read("session", session)[0]

    def _made(self, kind: str, visitor: Visitor, seconds: int) -> str:
        says = {
            **asdict(visitor),
            "kind": kind,
            "until": self._now() + seconds,
            "once": secrets.token_hex(16),
        }
        body = base64.urlsafe_b64encode(json.dumps(says).encode()).decode().rstrip("=")
        return f"{body}.{self._mac(body)}"

    def _read(self, kind: str, token: str) -> tuple[Visitor, str]:
        body, _, mac = token.partition(".")
        if len(token) > LONGEST or not hmac.compare_digest(mac.encode(), self._mac(body).encode()):
            raise NoSession
        says: dict[str, Any] = json.loads(base64.urlsafe_b64decode(body + "=" * (-len(body) % 4)))
        if says["kind"] != kind or says["until"] < self._now():
            raise NoSession
        return Visitor(says["messenger"], says["address"], says["language"]), says["once"]

    def _mac(self, body: str) -> str:
        return hmac.new(self._key, body.encode(), hashlib.sha256).hexdigest()

    def _forget_old(self) -> None:
        now = self._now()
        self._used = {once: until for once, until in self._used.items() if until >= now}


def telegram_visitor(init_data: str, bot_token: str, now: float) -> Visitor:
    """Whom Telegram's initData names. Raises NoSession.

    Source: "Validating data received via the Mini App": HMAC-SHA-256 over the sorted fields but `hash`, under
    HMAC-SHA-256("WebAppData", bot token).
    """
    if not bot_token or len(init_data) > LONGEST:
        raise NoSession
    try:
        pairs = parse_qsl(init_data, keep_blank_values=True, strict_parsing=True)
        fields = dict(pairs)
        given, age = fields.pop("hash"), now - int(fields["auth_date"])
        user = json.loads(fields["user"])
        visitor = Visitor("telegram", str(int(user["id"])), str(user.get("language_code", "")))
    except (ValueError, KeyError, TypeError):
        raise NoSession from None
    checked = "\n".join(f"{name}={fields[name]}" for name in sorted(fields))
    key = hmac.new(b"WebAppData", bot_token.encode(), hashlib.sha256).digest()
    right = hmac.new(key, checked.encode(), hashlib.sha256).hexdigest()
    genuine = hmac.compare_digest(given.encode(), right.encode()) and len(pairs) == len(fields) + 1
    if not genuine or not -AHEAD_SECONDS <= age <= INIT_DATA_SECONDS:
        raise NoSession
    return visitor

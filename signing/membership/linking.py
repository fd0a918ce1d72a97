"""One person, several chats: another one is linked by a code that a chat of theirs shows, good once, for ten minutes."""

from __future__ import annotations

import secrets
import unicodedata
from dataclasses import dataclass
from typing import Protocol

from signing.actor import Actor
from signing.errors import SigningError
from signing.ids import ALPHABET, ChatId, PersonId, new_id
from signing.membership.passes import make_pass, pass_of_token, use_pass
from signing.store.port import Reading, Row, Tx
from signing.store.times import HOUR, MINUTE
from signing.store.vault import Vault

LENGTH = 10
LIFE = 10 * MINUTE
TRIES, TRIES_IN_ALL = 5, 300
"""Wrong codes an hour: of one chat, and of all together. A code has 50 random bits."""

LIKE = str.maketrans({"o": "0", "i": "1", "l": "1"})


class NotALinkCode(SigningError):
    """The text is not a code of ten letters and digits."""

    code = "link.not-a-code"


class LinkUnknown(SigningError):
    """No open code is this one: mistyped, used, or out of time. `details`: `left`, tries left to this chat."""

    code = "link.unknown"


class TooManyLinkTries(SigningError):
    """Too many wrong codes within the last hour."""

    code = "link.too-many"


class ChatTaken(SigningError):
    """This chat belongs to another account."""

    code = "link.taken"


class LinkedAlready(SigningError):
    """This chat is the person's already."""

    code = "link.already"


class OnlyChat(SigningError):
    """The person's only chat can't be unlinked."""

    code = "link.only"


@dataclass(frozen=True, slots=True)
class Linked:
    """A chat of the person's; `here` is the one they write in."""

    chat: ChatId
    messenger: str
    here: bool


class News(Protocol):
    """Tell every chat that it concerns, in the transaction that decided it."""

    def code(self, tx: Tx, chat: ChatId, code: str, minutes: int) -> None: ...

    def linked(self, tx: Tx, person: PersonId, messenger: str) -> None: ...

    def unlinked(self, tx: Tx, person: PersonId, chat: ChatId, messenger: str, by: Actor) -> None: ...


class Linking:
    """Makes codes, takes them, and lets go of chats."""

    def __init__(self, vault: Vault, news: News) -> None:
        self._vault = vault
        self._news = news

    def chats(self, tx: Reading, actor: Actor) -> list[Linked]:
        """The person's chats; empty for a chat that belongs to nobody yet."""
        if actor.person is None:
            return []
        return [_linked(row, actor) for row in tx.find("chats_of_person", person=actor.person)]

    def show_code(self, tx: Tx, actor: Actor) -> None:
        """Show a fresh code in this chat, past every journal; the one before is void. Raises NotRegistered."""
        tx.run("void_codes_of_person", person=actor.registered)
        code = "".join(secrets.choice(ALPHABET) for _ in range(LENGTH))
        make_pass(tx, "chat", self._digest(code), actor.registered, LIFE, chat=actor.chat)
        shown = code.upper()
        self._news.code(tx, actor.chat, f"{shown[:5]}-{shown[5:]}", LIFE // MINUTE)

    def take(self, tx: Tx, actor: Actor, code: str) -> Taken:
        """Take a typed code: this chat is the person's who was shown it. A wrong one counts, so it is no error.

        Raises TooManyLinkTries, ChatTaken, LinkedAlready.
        """
        self._throttle(tx, actor)
        row = pass_of_token(tx, "chat", self._digest(code))
        if row is None or not use_pass(tx, row["id"]):
            tx.insert("pass_tries", {"id": new_id("z", tx.now), "chat": actor.chat, "created": tx.now})
            return Taken(False, TRIES - self._tries(tx, actor))
        person = PersonId(row["person"])
        if actor.person == person:
            raise LinkedAlready
        if actor.person is not None:
            raise ChatTaken
        tx.change("chats", actor.chat, {"person": person})
        self._news.linked(tx, person, _messenger(tx, actor.chat))
        return Taken(True, TRIES)

    def unlink(self, tx: Tx, actor: Actor, chat: ChatId) -> None:
        """Let go of one of the person's chats; what was open in it is over. Raises NotRegistered, LinkUnknown, OnlyChat."""
        mine = self.chats(tx, Actor(actor.chat, actor.registered))
        if chat not in [each.chat for each in mine]:
            raise LinkUnknown(left=0)
        if len(mine) == 1:
            raise OnlyChat
        tx.run("void_codes_of_person", person=actor.registered)
        tx.run("close_challenges_of_chat", chat=chat)
        tx.change("chats", chat, {"person": None})
        self._news.unlinked(tx, actor.registered, chat, _messenger(tx, chat), actor)

    def _throttle(self, tx: Reading, actor: Actor) -> None:
        in_all = tx.find("tries_in_all", since=tx.now - HOUR)[0]["tries"]
        if self._tries(tx, actor) >= TRIES or in_all >= TRIES_IN_ALL:
            raise TooManyLinkTries

    def _tries(self, tx: Reading, actor: Actor) -> int:
        return int(tx.find("tries_of_chat", chat=actor.chat, since=tx.now - HOUR)[0]["tries"])

    def _digest(self, code: str) -> str:
        return self._vault.digest(f"link\n{code}")


@dataclass(frozen=True, slots=True)
class Taken:
    """What became of a typed code; `left` tries within the hour."""

    linked: bool
    left: int


def link_code(text: str) -> str:
    """A typed code: case, spaces and hyphens don't matter, O is 0, I and L are 1. Raises NotALinkCode."""
    letters = unicodedata.normalize("NFKC", text).casefold().translate(LIKE)
    code = "".join(letter for letter in letters if letter not in " -\u2013\u2014")
    if len(code) != LENGTH or any(letter not in ALPHABET for letter in code):
        raise NotALinkCode
    return code


def _linked(row: Row, actor: Actor) -> Linked:
    return Linked(ChatId(row["id"]), row["messenger"], row["id"] == actor.chat)


def _messenger(tx: Reading, chat: ChatId) -> str:
    row = tx.get("chats", chat)
    assert row is not None
    return str(row["messenger"])

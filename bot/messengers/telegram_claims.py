"""What belongs to the assistant inside a bot that has other things to do as well."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from bot.events import Command, File, Left, Moved, Returned, Shared, Summons, Tap, Text, What
from bot.messengers.telegram import NAME
from bot.messengers.telegram_updates import NotForUs, envelope, what_of
from bot.questions import Open
from handlers.chat import Dialogues
from signing.actor import Actor
from signing.contracts.invitations import Invitations, InvitationUnknown
from signing.ids import ChatId
from signing.store.port import Reading, Store

EVERYBODYS = {"start", "help", "cancel"}
"""Commands that the host has too: ours only in the middle of a talk with us, and `/start` with a link of ours."""

PAPERS = (
    "application/pdf", "application/msword",
    "application/vnd.openxmlformats-officedocument.wordprocessingml.document",
)  # fmt: skip


class Claims:
    """Decides by the store, so that a restart changes nothing. Whatever is not claimed is the host's."""

    def __init__(self, store: Store, dialogues: Dialogues) -> None:
        self._store = store
        self._dialogues = dialogues

    def takes(self, update: Mapping[str, Any]) -> bool:
        """Whether a raw update is for the assistant. Reads one snapshot, writes nothing."""
        try:
            around, what = envelope(update), what_of(update)
        except NotForUs:
            return False
        return self._store.read(self._claims, around.address, what)

    def _claims(self, tx: Reading, address: str, what: What) -> bool:
        match what:
            case Command("start", rest) if rest:
                return _opens(tx, rest)
            case Command(name) if name not in EVERYBODYS:
                return self._dialogues.for_command(name) is not None
            case Command():
                return _talk(tx, address) is not None
            case Tap(data):
                return self._is_ours(tx, data)
            case File(mime=mime) if mime in PAPERS:
                return True
            case Summons():
                return True
            case Left() | Returned() | Moved():
                return bool(tx.find("chat_of_address", messenger=NAME, address=address))
        return _awaits(_talk(tx, address), what)

    def _is_ours(self, tx: Reading, data: str) -> bool:
        name, _, _ = data.removeprefix(">").partition(":")
        return (
            name in self._dialogues.by_name
            if data.startswith(">")
            else tx.get("conversations", name) is not None
        )


def _opens(tx: Reading, token: str) -> bool:
    try:
        Invitations().open(tx, Actor(ChatId(""), None), token)
    except InvitationUnknown:
        return False
    return True


def _talk(tx: Reading, address: str) -> Mapping[str, Any] | None:
    """The conversation that is in front in this chat."""
    found = tx.find("chat_of_address", messenger=NAME, address=address)
    front = tx.find("front_of_chat", chat=found[0]["id"]) if found else []
    return front[0] if front else None


def _awaits(talk: Mapping[str, Any] | None, what: What) -> bool:
    """Whether the talk's open question takes this kind of answer; anything but words answers while we work."""
    if talk is None or not talk["question"]:
        return False
    opened = Open.read(talk["question"])
    match what:
        case File():
            return opened.upload
        case Shared():
            return opened.contact
        case Text():
            return opened.takes(what)
    return False

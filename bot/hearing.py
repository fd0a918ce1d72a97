"""What an update means to a chat: an answer, a command, a link to another dialogue, a file that starts one."""

from __future__ import annotations

from collections.abc import Callable

from bot.absence import come_back, leave
from bot.asking import Asking
from bot.conversation import Conversations
from bot.events import (
    Command,
    Fetched,
    Incoming,
    Joined,
    Left,
    Moved,
    Returned,
    Shared,
    Summons,
    Tap,
    Text,
    Unreadable,
    What,
)
from bot.groups import Groups
from bot.questions import Given, Open, folded
from bot.scene import Scene
from handlers.message import Upload
from signing.errors import SigningError
from signing.store.port import Row, Tx
from signing.store.times import HOUR

AWAY = 12 * HOUR
"""Whoever writes after so long hears first what they were at."""
CANCEL_WORDS = {"cancel", "取消"}
TOO_LARGE = "too-large"
LINKED = ("home", "open")
"""What a link from outside may begin: it only shows. Whoever follows one has pressed no button of ours."""
SAID = "!"
"""Ends the name of an album of which the rest was turned down already."""


class NotAnAnswer(SigningError):
    """What came is of a kind that the open question does not take."""

    code = "not-an-answer"


class FileRefused(SigningError):
    """A file could not be taken over from the messenger."""

    code = "file-refused"


class Hearing:
    """One way in for each kind of event, each in the caller's transaction. `left` is done when a person leaves.
    With `pages`, a file that the messenger does not let through may come by a page of ours."""

    def __init__(
        self,
        conversations: Conversations,
        left: Callable[[Tx, str], object] = leave,
        groups: Groups | None = None,
        pages: bool = False,
    ) -> None:
        self._conversations = conversations
        self._dialogues = conversations.dialogues
        self._left = left
        self._groups = groups or Groups(conversations, "")
        self._pages = pages

    def hear(self, tx: Tx, chat: Row, incoming: Incoming) -> bool:
        """An update of the chat; True if it carried a secret, which must not stay in the inbox."""
        if chat["state"] == "left" and not isinstance(incoming.what, Left):
            come_back(tx, chat["id"])
        match incoming.what:
            case Left():
                self._left(tx, chat["id"])
            case Returned():
                pass
            case Summons(group):
                self._groups.summoned(tx, chat, group)
            case Joined():
                self._groups.joined(tx, chat)
            case Moved(address):
                self._groups.moved(tx, chat, address)
            case Command(name="cancel"):
                self._conversations.cancel(tx, chat)
            case Command(name=name, rest=rest):
                return self._command(tx, chat, name, rest)
            case Tap(data=data, message=message):
                self._tapped(tx, chat, incoming, data, message)
            case Text(text=text) if folded(text) in CANCEL_WORDS:
                self._conversations.cancel(tx, chat)
            case _:
                return self._answered(tx, chat, incoming)
        return False

    def apologize(self, tx: Tx, chat: Row) -> None:
        """An update that could not be handled, because of us: say so."""
        self._conversations.apologize(tx, chat)

    def _command(self, tx: Tx, chat: Row, name: str, rest: str) -> bool:
        if name == "start" and rest.partition("_")[0] in LINKED:
            self._linked(tx, chat, rest.replace("_", ":", 1), "")
            return False
        dialogue = self._dialogues.for_command(name) or self._dialogues.by_name["home"]
        arguments = {dialogue.argument: rest} if dialogue.argument and rest else {}
        if not dialogue.takes(arguments):
            dialogue, arguments = self._dialogues.by_name["home"], {}
        self._conversations.begin(tx, chat, dialogue, arguments)
        return dialogue.secret and bool(rest)

    def _tapped(self, tx: Tx, chat: Row, incoming: Incoming, data: str, message: str) -> None:
        self._conversations.parts.post.toast(tx, chat["id"], incoming.acknowledge)
        card = tx.find("message_by_reference", chat=chat["id"], ref=message) if message else []
        shown = card[0]["id"] if card else ""
        if data.startswith(">"):
            self._linked(tx, chat, data[1:], shown)
            return
        conversation, _, rest = data.partition(":")
        key, _, choice = rest.rpartition(":")
        self._chosen(tx, chat, conversation, Given(key, choice=choice), shown)

    def _linked(self, tx: Tx, chat: Row, link: str, card: str) -> None:
        name, _, argument = link.partition(":")
        dialogue = self._dialogues.by_name.get(name)
        arguments = {dialogue.argument: argument} if dialogue and dialogue.argument and argument else {}
        if dialogue is None or not dialogue.takes(arguments):
            self._conversations.say(tx, chat, "common.answered")
            return
        self._conversations.begin(tx, chat, dialogue, arguments, card)

    def _chosen(self, tx: Tx, chat: Row, conversation: str, given: Given, card: str) -> None:
        row = tx.get("conversations", conversation)
        if row is None or row["chat"] != chat["id"] or not _open_for(row, given):
            self._conversations.say(tx, chat, "common.answered")
            return
        self._answer(tx, chat, row, given, card)

    def _answer(self, tx: Tx, chat: Row, row: Row, given: Given, card: str) -> None:
        """An answer to a conversation's open question, which comes to the front with it."""
        if row["state"] == "parked":
            self._conversations.park_front(tx, chat)
        scene = Scene(self._conversations.parts, tx, chat, row, card)
        self._conversations.run(scene, Asking(scene, given))

    def _answered(self, tx: Tx, chat: Row, incoming: Incoming) -> bool:
        if self._pages and isinstance(incoming.what, Fetched) and incoming.what.refused == TOO_LARGE:
            self._conversations.parts.post.show(tx, chat["id"], "private.instead", {})
            return False
        if isinstance(incoming.what, Fetched) and incoming.what.upload.page:
            self._paged(tx, chat, incoming.what.upload)
            return False
        front = self._conversations.front(tx, chat)
        if front is not None and front["state"] == "running" and not isinstance(incoming.what, Fetched):
            self._conversations.say(tx, chat, "common.working")
            return False
        opened = Open.read(front["question"]) if front and front["question"] else None
        secret = opened is not None and opened.secret
        if (
            front is not None
            and isinstance(incoming.what, Text)
            and not secret
            and self._resumes(tx, chat, front)
        ):
            return False
        if front is None or opened is None or not opened.takes(incoming.what):
            if not self._rest_of_album(tx, chat, front, incoming):
                self._unasked(tx, chat, front, incoming.what, incoming.album)
            return False
        scene = Scene(self._conversations.parts, tx, chat, front)
        if incoming.album:
            scene.change(album=incoming.album)
        asking = Asking(scene, _given(opened, incoming.what), incoming.reference)
        if isinstance(incoming.what, Fetched) and incoming.what.refused:
            asking.refuse(FileRefused(reason=incoming.what.refused))
        else:
            self._conversations.run(scene, asking)
        return asking.secret

    def _resumes(self, tx: Tx, chat: Row, front: Row) -> bool:
        return self._conversations.resume(tx, chat, front, tx.now - AWAY)

    def _rest_of_album(self, tx: Tx, chat: Row, front: Row | None, incoming: Incoming) -> bool:
        """Whether a picture came with one that is being worked on; that the others wait is said once an album."""
        what, album = incoming.what, incoming.album
        picture = isinstance(what, Fetched) and what.upload.mime.startswith("image/")
        if front is None or not picture or not album or front["album"] not in (album, album + SAID):
            return False
        if front["album"] == album:
            tx.change("conversations", front["id"], {"album": album + SAID})
            self._conversations.say(tx, chat, "common.rest_of_album")
        return True

    def _paged(self, tx: Tx, chat: Row, upload: Upload) -> None:
        """A page's answer goes to the question whose card opened it, also if another talk is in front by now."""
        for state in ("waiting", "parked"):
            for row in tx.find("conversations_of_chat", chat=chat["id"], state=state):
                opened = Open.read(row["question"]) if row["question"] else None
                if opened is not None and opened.takes(Fetched(upload)):
                    self._answer(tx, chat, row, Given(opened.key, upload=upload), "")
                    return
        self._conversations.say(tx, chat, "common.answered")

    def _unasked(self, tx: Tx, chat: Row, front: Row | None, what: What, album: str = "") -> None:
        if isinstance(what, Fetched) and not what.refused:
            upload = what.upload
            arguments = {name: getattr(upload, name) for name in upload.__slots__}
            dialogue = self._dialogues.for_upload()
            self._conversations.begin(tx, chat, dialogue, {"upload": arguments}, album=album)
        elif isinstance(what, Fetched):
            self._conversations.say(tx, chat, "errors.file_refused", tries=1, reason=what.refused)
        elif isinstance(what, Unreadable):
            self._conversations.say(tx, chat, "common.unreadable")
        elif front is None or self._dialogues.by_name[front["dialogue"]].idle:
            self._conversations.begin(tx, chat, self._dialogues.by_name["home"], {})
        else:
            scene = Scene(self._conversations.parts, tx, chat, front)
            Asking(scene).refuse(NotAnAnswer())


def _open_for(row: Row, given: Given) -> bool:
    if row["state"] not in ("waiting", "parked") or not row["question"]:
        return False
    opened = Open.read(row["question"])
    return opened.key == given.key and given.choice in [value for value, _ in opened.options]


def _given(opened: Open, what: What) -> Given:
    match what:
        case Text(text):
            choice = opened.chosen(text)
            return Given(opened.key, choice=choice) if choice else Given(opened.key, text=text)
        case Fetched(upload):
            return Given(opened.key, upload=upload)
        case Shared(contact):
            return Given(opened.key, contact=contact)
    raise TypeError(f"no answer is made of {type(what).__name__}")

"""Conversations of a chat: which one is in front, what an event means to it, and how it goes on."""

from __future__ import annotations

import json
from collections.abc import Mapping
from typing import Any

from bot.asking import Asking
from bot.events import Command, Fetched, Incoming, Left, Shared, Tap, Text, Unreadable, What
from bot.journal import StoredJournal
from bot.questions import Given, Open, folded
from bot.replay import CodeChanged, Continued, Finished, Outcome, Waiting, replay
from bot.scene import Parts, Scene
from bot.steps import ReplayedChat
from bot.turn import Turn
from handlers.chat import Dialogue, Dialogues, Secret
from handlers.message import Message
from signing.errors import SigningError
from signing.ids import new_id
from signing.store.port import Row, Tx

CANCEL_WORDS = {"cancel", "取消"}
ROUNDS = 20


class NotAnAnswer(SigningError):
    """What came is of a kind that the open question does not take."""

    code = "not-an-answer"


class FileRefused(SigningError):
    """A file could not be taken over from the messenger."""

    code = "file-refused"


class Conversations:
    """Everything that can happen to the conversations of one chat, each in the caller's transaction."""

    def __init__(self, dialogues: Dialogues, services: Any, parts: Parts, release: str) -> None:
        self._dialogues = dialogues
        self._services = services
        self._parts = parts
        self._release = release

    # one way in for each kind of event

    def hear(self, tx: Tx, chat: Row, incoming: Incoming) -> bool:
        """An update of the chat; True if it carried a secret, which must not stay in the inbox."""
        match incoming.what:
            case Left():
                tx.change("chats", chat["id"], {"state": "left"})
            case Command(name="cancel"):
                self._cancel(tx, chat)
            case Command(name=name, rest=rest):
                return self._command(tx, chat, name, rest)
            case Tap(data=data, message=message):
                self._tapped(tx, chat, incoming, data, message)
            case Text(text=text) if folded(text) in CANCEL_WORDS:
                self._cancel(tx, chat)
            case _:
                return self._answered(tx, chat, incoming)
        return False

    def wake(self, tx: Tx, conversation: str) -> None:
        """A call's result has come."""
        row = tx.get("conversations", conversation)
        if row is None or row["state"] not in ("running", "parked"):
            return
        chat = tx.get("chats", row["chat"])
        assert chat is not None
        scene = Scene(self._parts, tx, chat, row)
        self._run(scene, Asking(scene, quiet=row["state"] == "parked"))

    def abandon(self, tx: Tx, conversation: str) -> None:
        """A conversation that can't go on because of us: say so, end it, go back to what was parked."""
        row = tx.get("conversations", conversation)
        assert row is not None
        chat = tx.get("chats", row["chat"])
        assert chat is not None
        self.apologize(tx, chat)
        self._end(Scene(self._parts, tx, chat, row))
        self._offer_parked(tx, chat)

    def apologize(self, tx: Tx, chat: Row) -> None:
        """Something broke on our side: say that nothing has happened and that the question stands."""
        self._say(tx, chat, "common.broken")

    # what an event means

    def _command(self, tx: Tx, chat: Row, name: str, rest: str) -> bool:
        dialogue = self._dialogues.for_command(name) or self._dialogues.by_name["home"]
        arguments = {dialogue.argument: rest} if dialogue.argument and rest else {}
        if not dialogue.takes(arguments):
            dialogue, arguments = self._dialogues.by_name["home"], {}
        self.begin(tx, chat, dialogue, arguments)
        return dialogue.secret and bool(rest)

    def _tapped(self, tx: Tx, chat: Row, incoming: Incoming, data: str, message: str) -> None:
        self._parts.post.toast(tx, chat["id"], incoming.acknowledge)
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
            self._say(tx, chat, "common.answered")
            return
        self.begin(tx, chat, dialogue, arguments, card)

    def _chosen(self, tx: Tx, chat: Row, conversation: str, given: Given, card: str) -> None:
        row = tx.get("conversations", conversation)
        if row is None or row["chat"] != chat["id"] or not _open_for(row, given):
            self._say(tx, chat, "common.answered")
            return
        if row["state"] == "parked":
            self._park_front(tx, chat)
        scene = Scene(self._parts, tx, chat, row, card)
        self._run(scene, Asking(scene, given))

    def _answered(self, tx: Tx, chat: Row, incoming: Incoming) -> bool:
        front = self._front(tx, chat)
        if front is not None and front["state"] == "running" and not isinstance(incoming.what, Fetched):
            self._say(tx, chat, "common.working")
            return False
        opened = Open.read(front["question"]) if front and front["question"] else None
        if front is None or opened is None or not opened.takes(incoming.what):
            self._unasked(tx, chat, front, incoming.what)
            return False
        scene = Scene(self._parts, tx, chat, front)
        asking = Asking(scene, _given(opened, incoming.what), incoming.reference)
        if isinstance(incoming.what, Fetched) and incoming.what.refused:
            asking.refuse(FileRefused(reason=incoming.what.refused))
        else:
            self._run(scene, asking)
        return asking.secret

    def _unasked(self, tx: Tx, chat: Row, front: Row | None, what: What) -> None:
        if isinstance(what, Fetched) and not what.refused:
            upload = what.upload
            arguments = {name: getattr(upload, name) for name in upload.__slots__}
            self.begin(tx, chat, self._dialogues.for_upload(), {"upload": arguments})
        elif isinstance(what, Fetched):
            self._say(tx, chat, "errors.file_refused", tries=1, reason=what.refused)
        elif isinstance(what, Unreadable):
            self._say(tx, chat, "common.unreadable")
        elif front is None or self._dialogues.by_name[front["dialogue"]].idle:
            self.begin(tx, chat, self._dialogues.by_name["home"], {})
        else:
            scene = Scene(self._parts, tx, chat, front)
            Asking(scene).refuse(NotAnAnswer())

    # how conversations begin, go on and end

    def begin(
        self, tx: Tx, chat: Row, dialogue: Dialogue, arguments: Mapping[str, Any], card: str = ""
    ) -> None:
        """Start a dialogue in front; the one that was there is kept and offered again afterwards."""
        self._park_front(tx, chat)
        scene = Scene(self._parts, tx, chat, self._new(tx, chat, dialogue.name, {}), card)
        if dialogue.secret and arguments:
            value = json.dumps(arguments[dialogue.argument]).encode()
            arguments = {dialogue.argument: {"secret": scene.seal(value)}}
        scene.change(args=json.dumps(dict(arguments), ensure_ascii=False))
        self._run(scene, Asking(scene))

    def _run(self, scene: Scene, asking: Asking) -> None:
        for _ in range(ROUNDS):
            outcome: Outcome
            try:
                outcome = self._replay(scene, asking)
            except CodeChanged:
                self._say(scene.tx, scene.chat, "common.changed")
                dialogue, arguments = scene.conversation["dialogue"], json.loads(scene.conversation["args"])
                outcome = Continued(dialogue, arguments)
            except SigningError as refusal:
                scene.say(Message(scene.refusal(refusal)))
                outcome = Finished(None)
            if isinstance(outcome, Waiting):
                return
            self._end(scene)
            if not isinstance(outcome, Continued):
                if not asking.quiet:
                    self._offer_parked(scene.tx, scene.chat)
                return
            scene.conversation = self._new(
                scene.tx,
                scene.chat,
                outcome.dialogue,
                outcome.arguments,
                "parked" if asking.quiet else "running",
            )
        raise RecursionError(f"{scene.conversation['dialogue']} goes round without a question")

    def _replay(self, scene: Scene, asking: Asking) -> Outcome:
        dialogue = self._dialogues.by_name[scene.conversation["dialogue"]]
        talk = dialogue.talk(ReplayedChat(), self._services, **_arguments(scene.conversation["args"]))
        journal = StoredJournal(scene.tx, scene.conversation["id"])
        return replay(talk, journal, Turn(scene, asking).perform)  # type: ignore[arg-type]

    def _new(
        self, tx: Tx, chat: Row, dialogue: str, arguments: Mapping[str, Any], state: str = "running"
    ) -> Row:
        row: Row = {
            "id": new_id("c", tx.now),
            "chat": chat["id"],
            "dialogue": dialogue,
            "args": json.dumps(dict(arguments), ensure_ascii=False),
            "state": state,
            "question": None,
            "release": self._release,
            "created": tx.now,
            "changed": tx.now,
        }
        tx.insert("conversations", row)
        return row

    def _end(self, scene: Scene) -> None:
        key = scene.conversation["id"]
        self._parts.post.retire(scene.tx, scene.chat["id"], key, but=scene.card)
        scene.change(state="ended", question=None)
        scene.tx.run("clear_journal", conversation=scene.conversation["id"])

    def _cancel(self, tx: Tx, chat: Row) -> None:
        front = self._front(tx, chat)
        if front is None:
            self._say(tx, chat, "common.nothing_to_cancel")
            return
        scene = Scene(self._parts, tx, chat, front)
        scene.say(scene.render("common.cancelled", "", {"dialogue": front["dialogue"]}))
        self._end(scene)
        self._offer_parked(tx, chat)

    def _offer_parked(self, tx: Tx, chat: Row) -> None:
        found = tx.find("conversations_of_chat", chat=chat["id"], state="parked")
        parked = [row for row in found if not self._dialogues.by_name[row["dialogue"]].idle]
        if not parked or self._front(tx, chat) is not None:
            return
        lead = self._parts.post.renderer.text(chat["language"], "common.back", {})
        scene = Scene(self._parts, tx, chat, parked[0])
        scene.change(state="running")
        self._run(scene, Asking(scene, lead=lead))

    def _park_front(self, tx: Tx, chat: Row) -> None:
        """What is in front steps aside to be offered again, unless it would begin the same way anyway."""
        front = self._front(tx, chat)
        if front is None:
            return
        if self._dialogues.by_name[front["dialogue"]].passing:
            self._end(Scene(self._parts, tx, chat, front))
        else:
            tx.change("conversations", front["id"], {"state": "parked", "changed": tx.now})

    def _front(self, tx: Tx, chat: Row) -> Row | None:
        found = tx.find("front_of_chat", chat=chat["id"])
        return found[0] if found else None

    def _say(self, tx: Tx, chat: Row, name: str, **context: Any) -> None:
        text = self._parts.post.renderer.text(chat["language"], name, context)
        self._parts.post.send(tx, chat["id"], Message(text))


def _arguments(written: str) -> dict[str, Any]:
    arguments: dict[str, Any] = json.loads(written)
    sealed = {
        name: value for name, value in arguments.items() if isinstance(value, dict) and "secret" in value
    }
    return {**arguments, **{name: Secret(value["secret"]) for name, value in sealed.items()}}


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

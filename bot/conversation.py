"""Conversations of a chat: how they begin, go on, step aside for one another and end."""

from __future__ import annotations

import json
from collections.abc import Mapping
from dataclasses import replace
from typing import Any

from bot.asking import Asking
from bot.journal import StoredJournal
from bot.replay import CodeChanged, Continued, Finished, Outcome, Waiting, replay
from bot.scene import Parts, Scene
from bot.steps import ReplayedChat
from bot.turn import Turn
from handlers.chat import Dialogue, Dialogues, Secret
from handlers.message import Message
from signing.errors import SigningError
from signing.ids import new_id
from signing.store.port import Row, Tx

ROUNDS = 20


class Conversations:
    """Everything that can happen to the conversations of one chat, each in the caller's transaction."""

    def __init__(self, dialogues: Dialogues, services: Any, parts: Parts, release: str) -> None:
        self.dialogues = dialogues
        self._services = services
        self.parts = parts
        self._release = release

    def progress(
        self, tx: Tx, conversation: str, words: str, context: Mapping[str, Any], line: str = ""
    ) -> str:
        """Say that work takes long, or say it differently in that line; the line's message, none if nobody waits."""
        row = tx.get("conversations", conversation)
        if row is None or row["state"] != "running":
            return line
        chat = tx.get("chats", row["chat"])
        assert chat is not None
        message = replace(self.parts.post.renderer.message(chat["language"], words, context), silent=True)
        return self.parts.post.send(tx, chat["id"], message, conversation=conversation, edit=line)

    def wake(self, tx: Tx, conversation: str, line: str = "") -> None:
        """A call's result has come; what is said of it takes the place of the line about its progress."""
        row = tx.get("conversations", conversation)
        if row is None or row["state"] not in ("running", "parked"):
            return
        chat = tx.get("chats", row["chat"])
        assert chat is not None
        quiet = row["state"] == "parked"
        if line and not quiet:
            self.parts.post.strip_conversation(tx, chat["id"], conversation)
        scene = Scene(self.parts, tx, chat, row, (not quiet and line) or row["card"] or "")
        self.run(scene, Asking(scene, quiet=quiet))

    def show_card(self, tx: Tx, timer: Row) -> None:
        """The alarm for a card that was put off: shown, if its question is still the one that is open."""
        row = tx.get("conversations", timer["subject"])
        if row is None or row["state"] != "waiting":
            return
        chat = tx.get("chats", row["chat"])
        assert chat is not None
        scene = Scene(self.parts, tx, chat, row)
        self.run(scene, Asking(scene, due=True))

    def abandon(self, tx: Tx, conversation: str) -> None:
        """A conversation that can't go on because of us: say so, end it, go back to what was parked."""
        row = tx.get("conversations", conversation)
        assert row is not None
        chat = tx.get("chats", row["chat"])
        assert chat is not None
        self.apologize(tx, chat)
        self._end(Scene(self.parts, tx, chat, row))
        self._offer_parked(tx, chat)

    def apologize(self, tx: Tx, chat: Row) -> None:
        """Something broke on our side: say that nothing has happened and that the question stands."""
        self.say(tx, chat, "common.broken")

    def begin(
        self,
        tx: Tx,
        chat: Row,
        dialogue: Dialogue,
        arguments: Mapping[str, Any],
        card: str = "",
        album: str = "",
    ) -> None:
        """Start a dialogue in front; the one that was there is kept and offered again afterwards.

        `album` is the one whose first picture starts it.
        """
        self.park_front(tx, chat)
        scene = Scene(self.parts, tx, chat, self._new(tx, chat, dialogue.name, {}), card)
        if dialogue.secret and arguments:
            value = json.dumps(arguments[dialogue.argument]).encode()
            arguments = {dialogue.argument: {"secret": scene.seal(value)}}
        scene.change(args=json.dumps(dict(arguments), ensure_ascii=False), album=album or None)
        self.run(scene, Asking(scene))

    def run(self, scene: Scene, asking: Asking) -> None:
        """Replay a conversation as far as it goes now, and what it goes on to."""
        for _ in range(ROUNDS):
            outcome: Outcome
            try:
                outcome = self._replay(scene, asking)
            except CodeChanged:
                self.say(scene.tx, scene.chat, "common.changed")
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
                scene.conversation["album"],
            )
        raise RecursionError(f"{scene.conversation['dialogue']} goes round without a question")

    def _replay(self, scene: Scene, asking: Asking) -> Outcome:
        dialogue = self.dialogues.by_name[scene.conversation["dialogue"]]
        talk = dialogue.talk(ReplayedChat(), self._services, **_arguments(scene.conversation["args"]))
        journal = StoredJournal(scene.tx, scene.conversation["id"])
        return replay(talk, journal, Turn(scene, asking).perform)  # type: ignore[arg-type]

    def _new(
        self,
        tx: Tx,
        chat: Row,
        dialogue: str,
        arguments: Mapping[str, Any],
        state: str = "running",
        album: str | None = None,
    ) -> Row:
        row: Row = {
            "id": new_id("c", tx.now),
            "chat": chat["id"],
            "dialogue": dialogue,
            "args": json.dumps(dict(arguments), ensure_ascii=False),
            "state": state,
            "question": None,
            "album": album,
            "release": self._release,
            "created": tx.now,
            "changed": tx.now,
        }
        tx.insert("conversations", row)
        return row

    def _end(self, scene: Scene) -> None:
        key = scene.conversation["id"]
        self.parts.post.retire(scene.tx, scene.chat["id"], key, but=scene.card)
        scene.change(state="ended", question=None)
        scene.tx.run("clear_journal", conversation=scene.conversation["id"])

    def cancel(self, tx: Tx, chat: Row) -> None:
        """Stop what is in front; drafts and what was done stay."""
        front = self.front(tx, chat)
        if front is None:
            self.say(tx, chat, "common.nothing_to_cancel")
            return
        scene = Scene(self.parts, tx, chat, front)
        scene.say(scene.render("common.cancelled", "", {"dialogue": front["dialogue"]}))
        self._end(scene)
        self._offer_parked(tx, chat)

    def _offer_parked(self, tx: Tx, chat: Row) -> None:
        found = tx.find("conversations_of_chat", chat=chat["id"], state="parked")
        parked = [row for row in found if not self.dialogues.by_name[row["dialogue"]].idle]
        if not parked or self.front(tx, chat) is not None:
            return
        lead = self.parts.post.renderer.text(chat["language"], "common.back", {})
        scene = Scene(self.parts, tx, chat, parked[0])
        scene.change(state="running")
        self.run(scene, Asking(scene, lead=lead))

    def resume(self, tx: Tx, chat: Row, row: Row, since: int) -> bool:
        """Whether a conversation that has lain since then gives way to the dialogue that says how it stands."""
        name = self.dialogues.by_name[row["dialogue"]].resume
        if not name or row["changed"] > since:
            return False
        dialogue, arguments = self.dialogues.by_name[name], _arguments(row["args"])
        self._end(Scene(self.parts, tx, chat, row))
        self.begin(tx, chat, dialogue, {dialogue.argument: arguments[dialogue.argument]})
        return True

    def park_front(self, tx: Tx, chat: Row) -> None:
        """What is in front steps aside to be offered again, unless it would begin the same way anyway."""
        front = self.front(tx, chat)
        if front is None:
            return
        if self.dialogues.by_name[front["dialogue"]].passing:
            self._end(Scene(self.parts, tx, chat, front))
        else:
            tx.change("conversations", front["id"], {"state": "parked", "changed": tx.now})

    def front(self, tx: Tx, chat: Row) -> Row | None:
        """The conversation that answers go to."""
        found = tx.find("front_of_chat", chat=chat["id"])
        return found[0] if found else None

    def say(self, tx: Tx, chat: Row, name: str, **context: Any) -> None:
        """Say a block outside of any conversation."""
        text = self.parts.post.renderer.text(chat["language"], name, context)
        self.parts.post.send(tx, chat["id"], Message(text))


def _arguments(written: str) -> dict[str, Any]:
    arguments: dict[str, Any] = json.loads(written)
    sealed = {
        name: value for name, value in arguments.items() if isinstance(value, dict) and "secret" in value
    }
    return {**arguments, **{name: Secret(value["secret"]) for name, value in sealed.items()}}

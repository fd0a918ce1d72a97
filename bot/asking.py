"""How a question is put, and how what came back is understood."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from typing import Any

from bot.codec import adapter_of
from bot.questions import Given, Open, options_of
from bot.replay import Took
from bot.scene import Scene
from bot.steps import Question
from handlers.chat import Answer, Secret
from handlers.message import Attachment, Message
from signing.errors import SigningError
from signing.store.port import Tx

CARD = "card"
"""The kind of timer that shows a card which was put off."""


class NotYourContact(SigningError):
    """A contact card that is somebody else's, or that the messenger does not vouch for."""

    code = "contact.not-yours"


@dataclass(slots=True)
class Asking:
    """`given` is the answer that this event brought, `reference` the person's message that carried it.
    `secret` says afterwards that the message was one that must not stay anywhere.

    `quiet` conversations (parked ones that a result woke) ask nothing until they are in front again. `due` shows a
    card that was put off.
    """

    scene: Scene
    given: Given | None = None
    reference: str = ""
    lead: str = ""
    quiet: bool = False
    due: bool = False
    secret: bool = False

    def perform(self, key: str, question: Question) -> Took | None:
        given, self.given = self.given, None
        if given is None or given.key != key:
            self._ask(key, question)
            return None
        try:
            return Took(self._understand(question, given))
        except SigningError as refusal:
            self._ask_again(question, refusal)
            return None

    def refuse(self, refusal: SigningError) -> None:
        """Say why something could not be an answer at all; the open question stays, its buttons move down to here."""
        opened = self._opened()
        rows = self.scene.parts.post.rows_of(self.scene.tx, opened.message)
        sent = self.scene.say(Message(self.scene.refusal(refusal, opened.tries + 1), rows))
        self._open(replace(opened, tries=opened.tries + 1, message=sent))

    def _understand(self, question: Question, given: Given) -> Answer[Any]:
        if given.contact is not None and not given.contact.own and question.contact != "anyone":
            raise NotYourContact
        if given.text is None:
            return Answer(given.choice, None, given.upload, given.contact)
        assert question.text is not None
        if question.secret:
            self.secret = True
            self.scene.parts.post.delete(self.scene.tx, self.scene.chat["id"], self.reference)
            return Answer(value=self._seal(question, given.text))
        return Answer(value=question.text(given.text))

    def _seal(self, question: Question, text: str) -> Secret[Any]:
        assert question.text is not None
        return Secret(self.scene.seal(adapter_of(question.text).dump_json(question.text(text))))

    def _ask(self, key: str, question: Question) -> None:
        message = self._rendered(question, key, question.attachments)
        if self.lead:
            message = replace(message, text=f"{self.lead}\n\n{message.text}")
        put_off = question.after and self.scene.conversation["album"] and not (self.due or self.lead)
        sent = "" if self.quiet or put_off else self.scene.say(message)
        if put_off and not self.quiet:
            put_off_card(self.scene.tx, self.scene.conversation["id"], question.after)
        self._open(
            Open(
                key,
                options_of(message, self.scene.prefix(key)),
                text=question.text is not None,
                secret=question.secret,
                upload=question.upload,
                contact=bool(question.contact),
                message=sent,
                pages=tuple(button.page for button in message.buttons if button.page),
            )
        )

    def _ask_again(self, question: Question, refusal: SigningError) -> None:
        opened = self._opened()
        reason = self.scene.refusal(refusal, opened.tries + 1)
        message = self._rendered(question, opened.key, repeated=True)
        sent = self.scene.say(replace(message, text=f"{reason}\n\n{message.text}"))
        self._open(replace(opened, tries=opened.tries + 1, message=sent))

    def _rendered(
        self, question: Question, key: str, attachments: Sequence[Attachment] = (), repeated: bool = False
    ) -> Message:
        """The card; `repeated` tells its block that it was shown before, so that it needn't begin from hello."""
        return self.scene.render(question.key, key, {**question.context, "repeated": repeated}, attachments)

    def _open(self, question: Open) -> None:
        self.scene.change(question=question.written(), state="parked" if self.quiet else "waiting")

    def _opened(self) -> Open:
        return Open.read(self.scene.conversation["question"])


def put_off_card(tx: Tx, conversation: str, seconds: float) -> None:
    """Have the conversation's card shown so many seconds from now, and not before."""
    timer = {"id": f"{CARD}-{conversation}", "kind": CARD, "subject": conversation, "data": ""}
    due = {"due": tx.now + round(seconds * 1000), "state": "set"}
    if not tx.insert("timers", {**timer, **due}, once=True):
        tx.change("timers", timer["id"], due)

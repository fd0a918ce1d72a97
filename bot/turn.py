"""One turn: a conversation's steps, carried out inside one transaction."""

from __future__ import annotations

import json
from dataclasses import dataclass
from typing import Any

from bot.asking import Asking
from bot.codec import decode
from bot.replay import Step, Took
from bot.scene import Scene
from bot.steps import Call, Do, Now, Question, Refuse, Say, Speak, Spoken, Tell, WhoTalks
from handlers.chat import Secret
from handlers.message import Message
from signing.errors import SigningError
from signing.ids import new_id
from signing.store.times import moment


@dataclass(slots=True)
class Turn:
    """Performs the steps that the journal does not hold yet."""

    scene: Scene
    asking: Asking

    def perform(self, key: str, step: Step) -> Took | None:
        """The outcome of a step; None where it must be waited for."""
        scene = self.scene
        match step:
            case Question():
                return self.asking.perform(key, step)
            case Do():
                return self._do(step)
            case Call():
                return self._call(key, step)
            case Say(key=block, context=context, attachments=attachments):
                scene.say(scene.render(block, key, context, attachments))
            case Tell(person=person, message=name, context=context, attachments=attachments):
                scene.parts.post.tell(scene.tx, person, name, context, attachments)
            case Now():
                return Took(moment(scene.tx.now))
            case WhoTalks():
                return Took(scene.actor())
            case Spoken():
                return Took(scene.chat["language"])
            case Speak(language=language):
                scene.speak(language)
            case Refuse(refusal=refusal):
                scene.say(Message(scene.refusal(refusal)))
            case _:
                raise TypeError(f"no such step: {type(step).__name__}")
        return Took()

    def _do(self, step: Do) -> Took:
        try:
            arguments = [self._revealed(one) for one in step.arguments]
            took = Took(self.scene.tx.attempt(step.step, self.scene.actor(), *arguments))
        except SigningError as refusal:
            took = Took(error=refusal)
        for argument in step.arguments:
            if isinstance(argument, Secret):
                self.scene.tx.remove("secrets", argument.name)
        return took

    def _revealed(self, argument: Any) -> Any:
        if not isinstance(argument, Secret):
            return argument
        return json.loads(self.scene.reveal(argument.name))

    def _call(self, key: str, call: Call) -> Took | None:
        made = self.scene.tx.find("call_of_step", conversation=self.scene.conversation["id"], key=key)
        if made:
            return decode(call, made[0]["result"]) if made[0]["state"] == "done" else None
        if call.key not in self.scene.parts.works:
            raise LookupError(f"{call.key} is not among the works that bot/app.py lists")
        self._queue(key, call)
        return None

    def _queue(self, key: str, call: Call) -> None:
        scene = self.scene
        scene.tx.insert(
            "calls",
            {
                "id": new_id("k", scene.tx.now),
                "conversation": scene.conversation["id"],
                "key": key,
                "work": call.key,
                "args": json.dumps(call.arguments, ensure_ascii=False),
                "state": "ready",
                "due": scene.tx.now,
                "attempt": 0,
            },
        )
        scene.change(question=None, card=scene.card, **({} if self.asking.quiet else {"state": "running"}))
        if not self.asking.quiet:
            scene.parts.post.working(scene.tx, scene.chat["id"])

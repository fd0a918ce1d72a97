"""Outcomes of steps as JSON, typed by what the step's function says it returns."""

from __future__ import annotations

import json
from collections.abc import Callable
from dataclasses import asdict
from datetime import datetime
from functools import cache
from typing import Any, get_type_hints

from pydantic import TypeAdapter

from bot.replay import Step, Took
from bot.steps import Call, Do, Now, Question, WhoTalks
from handlers.chat import Answer, Secret
from handlers.message import Contact, Upload
from signing.actor import Actor
from signing.errors import SigningError, rebuild


def adapter_of(function: Callable[..., Any]) -> TypeAdapter[Any]:
    """How to write and read what a function returns. Raises TypeError if it does not say."""
    return _adapter(getattr(function, "__func__", function))


@cache
def _adapter(function: Callable[..., Any]) -> TypeAdapter[Any]:
    hints = get_type_hints(function)
    if "return" not in hints:
        raise TypeError(f"{function.__qualname__} does not say what it returns")
    return TypeAdapter(hints["return"])


def encode(step: Step, took: Took) -> str:
    if took.error is not None:
        if not isinstance(took.error, SigningError):
            raise took.error
        return json.dumps({"error": took.error.code, "details": took.error.details}, ensure_ascii=False)
    return json.dumps({"value": _plain(step, took.value)}, ensure_ascii=False)


def decode(step: Step, text: str) -> Took:
    entry = json.loads(text)
    if "error" in entry:
        return Took(error=rebuild(entry["error"], entry["details"]))
    return Took(_typed(step, entry["value"]))


def _plain(step: Step, value: Any) -> Any:
    match step:
        case Do(step=function) | Call(work=function):
            return adapter_of(function).dump_python(value, mode="json")
        case Question():
            return _plain_answer(step, value)
        case Now():
            return value.isoformat()
        case WhoTalks():
            return asdict(value)
    return value


def _typed(step: Step, value: Any) -> Any:
    match step:
        case Do(step=function) | Call(work=function):
            return adapter_of(function).validate_python(value)
        case Question():
            return _typed_answer(step, value)
        case Now():
            return datetime.fromisoformat(value)
        case WhoTalks():
            return Actor(**value)
    return value


def _plain_answer(question: Question, answer: Answer[Any]) -> dict[str, Any]:
    if answer.choice is not None:
        return {"choice": answer.choice}
    if answer.upload is not None:
        return {"upload": asdict(answer.upload)}
    if answer.contact is not None:
        return {"contact": asdict(answer.contact)}
    if question.secret:
        assert isinstance(answer.value, Secret)
        return {"secret": answer.value.name}
    assert question.text is not None
    return {"text": adapter_of(question.text).dump_python(answer.value, mode="json")}


def _typed_answer(question: Question, value: dict[str, Any]) -> Answer[Any]:
    match value:
        case {"choice": choice}:
            return Answer(choice=choice)
        case {"upload": upload}:
            return Answer(upload=Upload(**upload))
        case {"contact": contact}:
            return Answer(contact=Contact(**contact))
        case {"secret": name}:
            return Answer(value=Secret(name))
    assert question.text is not None
    return Answer(value=adapter_of(question.text).validate_python(value["text"]))

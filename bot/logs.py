"""What operators see: one line an event, with its facts by name, for people or as JSON, without secrets."""

from __future__ import annotations

import logging
import sys
from typing import Any, Literal

import structlog

from bot.redaction import redacted

Form = Literal["text", "json"]

QUIET = {
    "httpx": logging.WARNING,
    "httpcore": logging.WARNING,
    "aiogram": logging.WARNING,
    "telegram": logging.CRITICAL,
    "fontTools": logging.WARNING,
    "fpdf": logging.WARNING,
}
"""Libraries whose everyday lines hold whole messages and answers, and from what level on they are heard at all."""


def logger(name: str) -> structlog.stdlib.BoundLogger:
    """A logger of named facts that goes through the standard library's, so that a host program's handlers hear it too."""
    wrapped: structlog.stdlib.BoundLogger = structlog.wrap_logger(
        logging.getLogger(name),
        processors=[structlog.stdlib.render_to_log_kwargs],
        wrapper_class=structlog.stdlib.BoundLogger,
    )
    return wrapped


def set_up_logs(form: Form, level: int) -> None:
    """For a program of our own: the root logger writes to standard error."""
    handler = logging.StreamHandler(sys.stderr)
    handler.setFormatter(formatter(form))
    root = logging.getLogger()
    root.handlers[:] = [handler]
    root.setLevel(level)
    for name, least in QUIET.items():
        logging.getLogger(name).setLevel(least)


def formatter(form: Form) -> structlog.stdlib.ProcessorFormatter:
    """One line a record; whatever is secret in it is starred."""
    last = structlog.processors.JSONRenderer(ensure_ascii=False) if form == "json" else _plain()
    return structlog.stdlib.ProcessorFormatter(
        foreign_pre_chain=[
            structlog.stdlib.add_log_level,
            structlog.stdlib.add_logger_name,
            structlog.stdlib.ExtraAdder(),
            structlog.processors.TimeStamper(fmt="iso", utc=True),
        ],
        processors=[
            structlog.stdlib.ProcessorFormatter.remove_processors_meta,
            structlog.processors.format_exc_info,
            without_secrets,
            last,
        ],
    )


def _plain() -> structlog.dev.ConsoleRenderer:
    return structlog.dev.ConsoleRenderer(colors=sys.stderr.isatty(), pad_event_to=0)


def without_secrets(_: Any, __: str, event: structlog.typing.EventDict) -> structlog.typing.EventDict:
    """Every text of an event, however deep, loses what is secret."""
    return {name: value if name == "timestamp" else _clean(value) for name, value in event.items()}


def _clean(value: Any) -> Any:
    if isinstance(value, str):
        return redacted(value)
    if isinstance(value, dict):
        return {name: _clean(each) for name, each in value.items()}
    if isinstance(value, list | tuple):
        return [_clean(each) for each in value]
    return value if isinstance(value, bool | int | float | None) else redacted(str(value))

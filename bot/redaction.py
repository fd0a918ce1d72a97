"""Logs without secrets: bot tokens (they stand in every address that a library logs), phones, identity numbers."""

from __future__ import annotations

import logging
import re

BOT_TOKEN = re.compile(r"(?<!\d)(\d{5,}):[A-Za-z0-9_-]{30,}")
IDENTITY = re.compile(r"(?<!\d)\d{6}(?:19|20)\d{9}[\dXx](?!\d)")
PHONE = re.compile(r"\+\d{7,15}(?!\d)|(?<!\d)1[3-9]\d{9}(?!\d)")
QUIET = {
    "httpx": logging.WARNING,
    "httpcore": logging.WARNING,
    "aiogram": logging.WARNING,
    "telegram": logging.CRITICAL,
    "fontTools": logging.WARNING,
    "fpdf": logging.WARNING,
}
"""Libraries whose everyday lines hold whole messages and answers, and from what level on they are heard at all."""


class Redacting(logging.Filter):
    """On a handler: each record's text, and its traceback's, lose what is secret. Nothing is held back."""

    def filter(self, record: logging.LogRecord) -> bool:
        record.msg, record.args = redacted(record.getMessage()), ()
        if record.exc_info and not record.exc_text:
            record.exc_text = logging.Formatter().formatException(record.exc_info)
        if record.exc_text:
            record.exc_text = redacted(record.exc_text)
        return True


def redacted(text: str) -> str:
    """The text with stars in place of secrets."""
    return PHONE.sub("***", IDENTITY.sub("***", BOT_TOKEN.sub(r"\1:***", text)))


def redact_logs() -> None:
    """For every handler of the root logger, as it is set up now."""
    for handler in logging.getLogger().handlers:
        handler.addFilter(Redacting())
    for name, level in QUIET.items():
        logging.getLogger(name).setLevel(level)

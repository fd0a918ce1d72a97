"""An open question: what may answer it, and how an answer that came in is read."""

from __future__ import annotations

import json
import unicodedata
from dataclasses import asdict, dataclass

from bot.events import Fetched, Shared, Text, What
from handlers.message import Contact, Message, Upload


@dataclass(frozen=True, slots=True)
class Open:
    """A question as it was asked: the choices and pages on its card, and what else answers it."""

    key: str
    options: tuple[tuple[str, str], ...] = ()
    text: bool = False
    secret: bool = False
    upload: bool = False
    contact: bool = False
    tries: int = 0
    message: str = ""
    pages: tuple[str, ...] = ()

    def written(self) -> str:
        return json.dumps(asdict(self), ensure_ascii=False)

    @classmethod
    def read(cls, text: str) -> Open:
        row = json.loads(text)
        options = tuple((value, label) for value, label in row["options"])
        return cls(**{**row, "options": options, "pages": tuple(row.get("pages", ()))})

    def chosen(self, text: str) -> str | None:
        """The choice that a typed label, its number or its value stands for."""
        typed = folded(text)
        for position, (value, label) in enumerate(self.options, start=1):
            if typed in (folded(label), folded(value)) or (not self.text and typed == str(position)):
                return value
        return _yes_or_no(typed, self.options)

    def takes(self, what: What) -> bool:
        match what:
            case Text(text):
                return (self.text and bool(text.strip())) or self.chosen(text) is not None
            case Fetched(upload=Upload(page=page)) if page:
                return page in self.pages
            case Fetched(refused=reason):
                return self.upload or bool(reason)
            case Shared():
                return self.contact
        return False


YES = {"yes", "y", "ok", "好", "好的", "是", "可以", "同意"}
NO = {"no", "n", "不", "不用", "否"}


def _yes_or_no(typed: str, options: tuple[tuple[str, str], ...]) -> str | None:
    values = [value for value, _ in options]
    if len(values) == 2 and typed in YES | NO:
        return values[0] if typed in YES else values[1]
    return None


def folded(text: str) -> str:
    """Text as it is compared: width, case and outer spaces do not matter."""
    return unicodedata.normalize("NFKC", text).strip().casefold()


@dataclass(frozen=True, slots=True)
class Given:
    """An answer on its way to the question `key`: exactly one part is set."""

    key: str
    choice: str | None = None
    text: str | None = None
    upload: Upload | None = None
    contact: Contact | None = None


def options_of(message: Message, prefix: str) -> tuple[tuple[str, str], ...]:
    """The choices on a card: buttons whose data belongs to the question."""
    found = (button for button in message.buttons if button.data.startswith(prefix))
    return tuple((button.data.removeprefix(prefix), button.label) for button in found)

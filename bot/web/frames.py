"""What the server says over a socket: JSON objects of one word, with HTML that is made here."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from bot.web.hub import (
    Acked,
    Deleted,
    Event,
    Mine,
    Refused,
    Shown,
    Stripped,
    Texted,
    Toasted,
    Working,
)
from bot.web.pages import Pages
from bot.web.panes import Identity, Pane
from signing.store.port import Row

Json = dict[str, Any]


@dataclass(frozen=True, slots=True)
class Frames:
    """Writes the frames of one pane in one visitor's language."""

    pages: Pages
    pane: Pane
    language: str

    def hello(self, identity: Identity, items: list[Shown | Mine], texts: list[Row]) -> Json:
        """The first frame: who this is and all that has been."""
        return {
            "hello": {
                "name": self.pane.name,
                "phone": self.pane.phone,
                "who": self.pages.who(self.language, self.pane, identity),
                "items": [self._item(item) for item in items],
                "texts": [self._text(row) for row in texts],
            }
        }

    def event(self, event: Event) -> Json:
        match event:
            case Shown() | Mine():
                return {"show": self._item(event)}
            case Stripped(key):
                return {"strip": key}
            case Deleted(key):
                return {"delete": key}
            case Toasted(key, text):
                return {"toast": {"id": key, "text": text}}
            case Working():
                return {"typing": True}
            case Texted(row):
                return {"text": self._text(row)}
            case Acked(key):
                return {"ack": key}
            case Refused(key):
                return {"refused": key}

    def _item(self, item: Shown | Mine) -> Json:
        if isinstance(item, Mine):
            html = self.pages.mine(self.language, self.pane.address, item)
            return {"key": item.update.id, "html": html, "mine": True, "silent": True}
        html = self.pages.shown(self.language, self.pane.address, item)
        return {"key": item.key, "html": html, "mine": False, "silent": item.message.silent}

    def _text(self, row: Row) -> Json:
        return {"key": row["id"], "body": row["body"], "html": self.pages.text(self.language, row)}

"""The page on which places are dragged: what it may show of a draft."""

from __future__ import annotations

from bot.web.session_page import Page, Shown
from signing.actor import Actor
from signing.contracts.dragging import MOST_BYTES, shown_page
from signing.store.port import Reading

SAID = ("title", "lead", "edges", "send", "nothing", "size", "new", "remove", "removed", "undo")
KINDS = ("seal", "signature", "date", "text")


def shows(tx: Reading, actor: Actor, argument: str) -> Shown:
    """A page of a draft, for its sender."""
    data, picture, mime = shown_page(tx, actor, argument)
    return Shown(data, {picture: mime})


AREAS = Page("areas", (*SAID, *KINDS), largest=MOST_BYTES, shows=shows)

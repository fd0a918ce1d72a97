"""The room of drafts, put together: documents, parties and their address book, places, and whole drafts."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from bot.ground import Ground
from signing.contracts.address_book import AddressBook
from signing.contracts.areas import Areas
from signing.contracts.copying import Copying
from signing.contracts.drafts import Drafts
from signing.contracts.dragging import Dragging
from signing.contracts.papers import Papers
from signing.contracts.replacing import Replacing
from signing.contracts.succession import Succession


@dataclass(frozen=True, slots=True)
class Drafting:
    """What dialogues use of it, and what the workers run."""

    papers: Papers
    book: AddressBook
    drafts: Drafts
    areas: Areas
    dragging: Dragging
    copying: Copying
    replacing: Replacing
    succession: Succession

    def works(self) -> tuple[Callable[..., Any], ...]:
        return (
            self.papers.take_in,
            self.papers.take_in_photos,
            self.papers.overview,
            self.papers.places,
            self.papers.card,
            self.papers.page,
            self.papers.sheet,
            self.dragging.read,
        )


def open_drafting(ground: Ground) -> Drafting:
    """Put the room together."""
    book, areas = AddressBook(ground.vault), Areas()
    drafts = Drafts(ground.settings.zone, book)
    return Drafting(
        papers=Papers(ground.store, ground.blobs, ground.office),
        book=book,
        drafts=drafts,
        areas=areas,
        dragging=Dragging(ground.blobs, areas),
        copying=Copying(drafts),
        replacing=Replacing(),
        succession=Succession(),
    )

"""The room of what happens around and after signing, put together: questions, once more, voiding, searching, export."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from bot.drafting import Drafting
from bot.ground import Ground
from handlers.notices import Notices
from signing.contracts.foot import Feet
from signing.contracts.questions import Questions
from signing.contracts.search import Searching
from signing.contracts.voiding import Voidings
from signing.evidence.export import Exports


@dataclass(frozen=True, slots=True)
class Afterwards:
    """What dialogues use of it, and what the workers run."""

    questions: Questions
    voidings: Voidings
    searching: Searching
    feet: Feet
    exports: Exports

    def works(self) -> tuple[Callable[..., Any], ...]:
        return (self.voidings.draw, self.searching.read, self.exports.pack, self.feet.has_room)


def open_afterwards(ground: Ground, drafting: Drafting, notices: Notices) -> Afterwards:
    """Put the room together."""
    store, blobs, words, settings = ground.store, ground.blobs, ground.post.words, ground.settings
    papers, drafts = drafting.papers, drafting.drafts
    return Afterwards(
        questions=Questions(ground.vault, notices.asked, notices.answered, notices.time_wanted),
        voidings=Voidings(store, blobs, papers, drafts, words("voiding_paper"), notices.voided),
        searching=Searching(store, blobs, ground.run),
        feet=Feet(store, blobs, ground.run, settings.url),
        exports=Exports(store, blobs, words("export"), settings.zone),
    )

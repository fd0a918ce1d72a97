"""The room of what happens around and after signing, put together: questions, once more, voiding, searching, export."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any
from zoneinfo import ZoneInfo

from bot.identity import words_of
from bot.post import Post
from handlers.notices import Notices
from signing.contracts.drafts import Drafts
from signing.contracts.export import Exports
from signing.contracts.foot import Feet
from signing.contracts.papers import Papers
from signing.contracts.questions import Questions
from signing.contracts.search import Searching
from signing.contracts.voiding import Voidings
from signing.documents.child import Run
from signing.store.blobs import Blobs
from signing.store.port import Store
from signing.store.vault import Vault


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


def open_afterwards(
    store: Store,
    vault: Vault,
    blobs: Blobs,
    papers: Papers,
    drafts: Drafts,
    notices: Notices,
    post: Post,
    run: Run,
    zone: ZoneInfo,
    base_url: str,
) -> Afterwards:
    """Put the room together."""
    return Afterwards(
        questions=Questions(vault, notices.asked, notices.answered, notices.time_wanted),
        voidings=Voidings(
            store,
            blobs,
            papers,
            drafts,
            words_of(post, "voiding_paper"),
            notices.voided,
        ),
        searching=Searching(store, blobs, run),
        feet=Feet(store, blobs, run, base_url),
        exports=Exports(store, blobs, words_of(post, "export"), zone),
    )

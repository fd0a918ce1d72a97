"""The room of what happens around and after signing, put together: questions, once more, voiding."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from bot.identity import plain_words
from bot.post import Post
from handlers.notices import Notices
from signing.contracts.again import Again
from signing.contracts.drafts import Drafts
from signing.contracts.papers import Papers
from signing.contracts.questions import Questions
from signing.contracts.voiding import Voidings
from signing.store.blobs import Blobs
from signing.store.port import Store
from signing.store.vault import Vault


@dataclass(frozen=True, slots=True)
class Afterwards:
    """What dialogues use of it, and what the workers run."""

    questions: Questions
    again: Again
    voidings: Voidings

    def works(self) -> tuple[Callable[..., Any], ...]:
        return (self.voidings.draw,)


def open_afterwards(
    store: Store, vault: Vault, blobs: Blobs, papers: Papers, drafts: Drafts, notices: Notices, post: Post
) -> Afterwards:
    """Put the room together."""
    words = plain_words(post)
    return Afterwards(
        questions=Questions(vault, notices.asked, notices.answered, notices.time_wanted),
        again=Again(drafts),
        voidings=Voidings(
            store,
            blobs,
            papers,
            drafts,
            lambda language, block, context: words(language, f"voiding_paper.{block}", context),
            notices.voided,
        ),
    )

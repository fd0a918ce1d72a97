"""The room of forms, put together: Word files with fields, what is filled in, the starters."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from bot.installation import TEMPLATES
from signing.contracts.drafts import Drafts
from signing.contracts.papers import Papers
from signing.documents.child import Run
from signing.forms.fillings import Fillings
from signing.forms.forms import Forms
from signing.forms.printing import Printing
from signing.forms.rosters import Rosters
from signing.forms.starters import Starters
from signing.store.blobs import Blobs
from signing.store.port import Store
from signing.store.vault import Vault


@dataclass(frozen=True, slots=True)
class FormsRoom:
    """What dialogues use of it, and what the workers run."""

    forms: Forms
    fillings: Fillings
    starters: Starters
    rosters: Rosters

    def works(self) -> tuple[Callable[..., Any], ...]:
        return (
            self.forms.read,
            self.fillings.print,
            self.starters.bring,
            self.rosters.empty,
            self.rosters.read,
        )


def open_forms(
    store: Store, vault: Vault, blobs: Blobs, papers: Papers, drafts: Drafts, run: Run
) -> FormsRoom:
    """Put the room together."""
    forms = Forms(store, blobs, run)
    fillings = Fillings(store, vault, forms, Printing(blobs, papers, run), drafts)
    return FormsRoom(
        forms=forms,
        fillings=fillings,
        rosters=Rosters(store, blobs, fillings, run),
        starters=Starters(TEMPLATES / "contracts", store, blobs, forms),
    )

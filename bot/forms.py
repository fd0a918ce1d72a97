"""The room of forms, put together: Word files with fields, what is filled in, the starters."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from bot.drafting import Drafting
from bot.ground import Ground
from bot.installation import TEMPLATES
from signing.forms.fillings import Fillings
from signing.forms.forms import Forms
from signing.forms.printing import Printing
from signing.forms.rosters import Rosters
from signing.forms.starters import Starters


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


def open_forms(ground: Ground, drafting: Drafting) -> FormsRoom:
    """Put the room together."""
    store, blobs, run = ground.store, ground.blobs, ground.office
    forms = Forms(store, blobs, run)
    printing = Printing(blobs, drafting.papers, run)
    fillings = Fillings(store, ground.vault, forms, printing, drafting.drafts)
    return FormsRoom(
        forms=forms,
        fillings=fillings,
        rosters=Rosters(store, blobs, fillings, run),
        starters=Starters(TEMPLATES / "contracts", store, blobs, forms),
    )

"""What is kept of people: consent before the first identity paper, a list, an export, and erasure."""

from __future__ import annotations

from signing.actor import Actor
from signing.errors import SigningError
from signing.ids import new_id
from signing.store.port import Reading, Tx

PAPERS = "papers"
WORDING = "2026-11"
"""Which words of `privacy.consent` were agreed to; changed when they change."""


class NoConsent(SigningError):
    """The person has not agreed that their papers are looked at."""

    code = "privacy.no-consent"


class Privacy:
    """Consents, and what a person may ask about their own data."""

    def agreed(self, tx: Reading, actor: Actor) -> bool:
        """Whether the person agreed to the present words about identity papers."""
        return has_consent(tx, actor.registered)

    def agree(self, tx: Tx, actor: Actor) -> None:
        row = {"id": new_id("g", tx.now), "person": actor.registered, "purpose": PAPERS, "wording": WORDING}
        tx.insert("consents", {**row, "created": tx.now}, once=True)


def has_consent(tx: Reading, person: str) -> bool:
    return bool(tx.find("consent_of_person", person=person, purpose=PAPERS, wording=WORDING))


def require_consent(tx: Reading, person: str) -> None:
    """Raises NoConsent."""
    if not has_consent(tx, person):
        raise NoConsent

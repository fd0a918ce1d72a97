"""Which tables belong to which aggregate: a write to one of them needs the aggregate's row held.

Whoever adds a table that two people may write at once names its aggregate here.
"""

from __future__ import annotations

from dataclasses import dataclass

from signing.store.port import Row

OWN = "id"


@dataclass(frozen=True, slots=True)
class Aggregate:
    """The aggregate of a table: `table` holds its root row, whose id stands in our column `column`."""

    table: str
    column: str

    def key(self, row: Row) -> tuple[str, str | None]:
        """The root that `row` belongs to, as (table, id)."""
        return self.table, row.get(self.column)


AGGREGATES: dict[str, Aggregate] = {
    "contracts": Aggregate("contracts", OWN),
    "parties": Aggregate("contracts", "contract"),
    "areas": Aggregate("contracts", "contract"),
    "entries": Aggregate("contracts", "contract"),
    "revisions": Aggregate("contracts", "contract"),
    "plans": Aggregate("contracts", "contract"),
    "reminders": Aggregate("contracts", "contract"),
    "questions": Aggregate("contracts", "contract"),
    "voidings": Aggregate("contracts", OWN),
    "status_boards": Aggregate("contracts", "contract"),
    "contract_proofs": Aggregate("contracts", OWN),
    "contract_words": Aggregate("contracts", OWN),
    "audit": Aggregate("contracts", "contract"),
    "enterprises": Aggregate("enterprises", OWN),
    "members": Aggregate("enterprises", "enterprise"),
    "grants": Aggregate("enterprises", "enterprise"),
    "join_requests": Aggregate("enterprises", "enterprise"),
    "enterprise_events": Aggregate("enterprises", "enterprise"),
    "checks": Aggregate("checks", OWN),
    "proofs": Aggregate("checks", "check_id"),
    "askings": Aggregate("checks", "check_id"),
    "waiting_checks": Aggregate("checks", OWN),
    "cases": Aggregate("cases", OWN),
    "case_events": Aggregate("cases", "case_id"),
    "case_cards": Aggregate("cases", "case_id"),
    "seals": Aggregate("seals", OWN),
    "seal_reviews": Aggregate("seals", OWN),
    "seal_review_cards": Aggregate("seals", "seal"),
    "forms": Aggregate("forms", OWN),
    "form_versions": Aggregate("forms", "form"),
}

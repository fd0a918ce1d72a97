"""What happened in an enterprise: who came, went, was given or lost a right, and who decided it."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from signing.actor import Actor
from signing.enterprises import require_admin
from signing.ids import EnterpriseId, PersonId, new_id
from signing.persons import read_person
from signing.store.port import Reading, Row, Tx
from signing.store.times import moment

SHOWN = 20


@dataclass(frozen=True, slots=True)
class Event:
    """`by` decided it, `person` is whom it concerns; `about` is a seal's kind or a role, empty otherwise."""

    kind: str
    by: str
    person: str
    about: str
    at: datetime


def note_event(
    tx: Tx,
    enterprise: EnterpriseId,
    kind: str,
    by: PersonId,
    person: PersonId | None = None,
    about: str = "",
) -> None:
    """Add to the enterprise's record; it must be held."""
    row = {"id": new_id("n", tx.now), "enterprise": enterprise, "kind": kind, "actor": by}
    tx.insert("enterprise_events", {**row, "person": person, "about": about, "at": tx.now})


def history(tx: Reading, actor: Actor, enterprise: EnterpriseId) -> list[Event]:
    """The newest first, for an admin. Raises NotRegistered, NotAMember, NotItsAdmin."""
    require_admin(tx, enterprise, actor.registered)
    return [_event(tx, row) for row in tx.find("events_of_enterprise", enterprise=enterprise, limit=SHOWN)]


def _event(tx: Reading, row: Row) -> Event:
    person = read_person(tx, row["person"]).name if row["person"] else ""
    by = read_person(tx, row["actor"]).name
    return Event(row["kind"], by, person, row["about"], moment(row["at"]))

"""For whom a person acts: one of their companies, or themself. What they begin is begun for it, lists follow it."""

from __future__ import annotations

from dataclasses import dataclass

from signing.actor import Actor
from signing.enterprises import Enterprise, read_enterprise, require_member, role_of
from signing.ids import EnterpriseId, PersonId
from signing.persons import read_person
from signing.store.port import Reading, Tx


@dataclass(frozen=True, slots=True)
class For:
    """On whose behalf: `enterprise` is None for the person's own."""

    principal: str
    name: str
    enterprise: EnterpriseId | None


@dataclass(frozen=True, slots=True)
class Acting:
    """`current` is None where the person has several companies and has not said for which; `choices` are all.

    `said` is whether the person chose: somebody with one company acts for it without a word.
    """

    current: For | None
    choices: tuple[For, ...]
    said: bool

    @property
    def principal(self) -> str:
        """Whom lists are narrowed to; empty where nobody was chosen."""
        return self.current.principal if self.current and self.said else ""


class ActingFor:
    """Keeps the choice with the person, so that it holds in each of their chats."""

    def look(self, tx: Reading, actor: Actor) -> Acting:
        """Raises NotRegistered."""
        person = actor.registered
        return Acting(acting_for(tx, person), choices_of(tx, person), _chosen(tx, person) is not None)

    def choose(self, tx: Tx, actor: Actor, principal: str) -> For:
        """Act for an enterprise or oneself from here on. Raises NotRegistered, NotAMember."""
        person = actor.registered
        if principal != person:
            require_member(tx, EnterpriseId(principal), person)
        tx.change("persons", person, {"acting": principal})
        return _for(tx, principal, person)


def acting_for(tx: Reading, person: PersonId) -> For | None:
    """What was chosen as long as it holds; else the only company, or oneself where there is none."""
    chosen = _chosen(tx, person)
    if chosen is not None:
        return _for(tx, chosen, person)
    choices = choices_of(tx, person)
    return choices[0] if len(choices) <= 2 else None


def choices_of(tx: Reading, person: PersonId) -> tuple[For, ...]:
    """The person's companies, then themself."""
    rows = tx.find("enterprises_of_person", person=person)
    own = For(person, read_person(tx, person).name, None)
    return (*(For(row["id"], row["name"], EnterpriseId(row["id"])) for row in rows), own)


def _chosen(tx: Reading, person: PersonId) -> str | None:
    """The choice as long as the person belongs to it."""
    row = tx.get("persons", person)
    chosen: str | None = row["acting"] if row else None
    return chosen if chosen and (chosen == person or role_of(tx, EnterpriseId(chosen), person)) else None


def _for(tx: Reading, principal: str, person: PersonId) -> For:
    if principal == person:
        return For(person, read_person(tx, person).name, None)
    found: Enterprise = read_enterprise(tx, EnterpriseId(principal))
    return For(found.id, found.name, found.id)

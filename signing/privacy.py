"""What is kept of people: consent before the first identity paper, a list, an export, and erasure."""

from __future__ import annotations

import json
from dataclasses import asdict, dataclass

from signing.actor import Actor
from signing.errors import SigningError
from signing.ids import Digest, PersonId, new_id
from signing.persons import mailbox_of, masked, read_person
from signing.store.blobs import Blobs
from signing.store.port import Reading, Row, Store, Tx
from signing.store.times import moment
from signing.store.vault import Vault

PAPERS = "papers"
WORDING = "2026-11"
"""Which words of `privacy.consent` were agreed to; changed when they change."""
QUESTIONS = {"questions": "questions_asked_by", "answers": "questions_answered_by"}
"""Each part of an export with the statement that finds what the person wrote."""


class NoConsent(SigningError):
    """The person has not agreed that their papers are looked at."""

    code = "privacy.no-consent"


@dataclass(frozen=True, slots=True)
class Held:
    """What is kept of a person, masked: tails of numbers, a mailbox's beginning, and counts."""

    name: str
    phone_tail: str
    mailbox: str
    identity_tail: str
    companies: tuple[str, ...]
    contracts: int
    checks: int
    papers: int
    chats: int
    questions: int


class Privacy:
    """Consents, and what a person may ask about their own data."""

    def __init__(self, store: Store, blobs: Blobs, vault: Vault) -> None:
        self._store = store
        self._blobs = blobs
        self._vault = vault

    def held(self, tx: Reading, actor: Actor) -> Held:
        """Raises NotRegistered."""
        person = read_person(tx, actor.registered)
        return Held(
            name=person.name,
            phone_tail=person.phone[-4:],
            mailbox=masked(mailbox_of(tx, self._vault, person.id)),
            identity_tail=person.identity_tail,
            companies=tuple(row["name"] for row in tx.find("enterprises_of_person", person=person.id)),
            contracts=len(tx.find("contracts_of_person", person=person.id)),
            checks=len(tx.find("checks_of_person", person=person.id)),
            papers=len(tx.find("proofs_of_person", person=person.id)),
            chats=len(tx.find("chats_of_person", person=person.id)),
            questions=sum(len(tx.find(each, person=person.id)) for each in QUESTIONS.values()),
        )

    def export(self, person: PersonId) -> Digest:
        """All of it as JSON, sealed under the person's key; outside any transaction."""
        told = self._store.read(_everything, self._vault, person)
        data = json.dumps(told, ensure_ascii=False, indent=2).encode()
        return Digest(self._store.write(self._blobs.write_sealed, person, data, "application/json"))

    def agreed(self, tx: Reading, actor: Actor) -> bool:
        """Whether the person agreed to the present words about identity papers."""
        return has_consent(tx, actor.registered)

    def agree(self, tx: Tx, actor: Actor) -> None:
        row = {"id": new_id("g", tx.now), "person": actor.registered, "purpose": PAPERS, "wording": WORDING}
        tx.insert("consents", {**row, "created": tx.now}, once=True)


def _everything(tx: Reading, vault: Vault, person: PersonId) -> dict[str, object]:
    return {
        "person": asdict(read_person(tx, person)),
        "mailbox": mailbox_of(tx, vault, person),
        "companies": [_only(row, "name", "code") for row in tx.find("enterprises_of_person", person=person)],
        "checks": [
            _only(row, "kind", "ground", "state", "provider", "verdict", "created", "decided")
            for row in tx.find("checks_of_person", person=person)
        ],
        "consents": [
            _only(row, "purpose", "wording", "created")
            for row in tx.find("consents_of_person", person=person)
        ],
        "contracts": [
            _only(row, "title", "state", "created") for row in tx.find("contracts_of_person", person=person)
        ],
        "chats": [_only(row, "messenger", "address") for row in tx.find("chats_of_person", person=person)],
        **{part: _words(tx, vault, person, query) for part, query in QUESTIONS.items()},
    }


def _words(tx: Reading, vault: Vault, person: PersonId, query: str) -> list[Row]:
    """What the person wrote about contracts, opened with their own key."""
    rows = tx.find(query, person=person)
    opened = [{**row, "words": vault.open(tx, person, row["words"]).decode()} for row in rows]
    return [_only(row, "title", "words", "written") for row in opened]


def _only(row: Row, *columns: str) -> Row:
    return {name: _readable(name, row[name]) for name in columns}


def _readable(name: str, value: object) -> object:
    if name in ("created", "decided", "written") and isinstance(value, int):
        return moment(value).isoformat()
    return value


def has_consent(tx: Reading, person: str) -> bool:
    return bool(tx.find("consent_of_person", person=person, purpose=PAPERS, wording=WORDING))


def require_consent(tx: Reading, person: str) -> None:
    """Raises NoConsent."""
    if not has_consent(tx, person):
        raise NoConsent

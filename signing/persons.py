"""Persons: who has an account, which chats and which mailbox are theirs."""

from __future__ import annotations

from dataclasses import dataclass

from signing.actor import Actor
from signing.ids import PersonId, new_id
from signing.store.port import Reading, Row, Tx
from signing.store.vault import Vault


@dataclass(frozen=True, slots=True)
class Person:
    """`name` is the certified legal name, empty before the check; `phone` is E.164."""

    id: PersonId
    phone: str
    name: str
    identity_tail: str

    @property
    def checked(self) -> bool:
        return bool(self.name)


def read_person(tx: Reading, person: PersonId) -> Person:
    row = tx.get("persons", person)
    assert row is not None
    return _person(row)


def _person(row: Row) -> Person:
    return Person(PersonId(row["id"]), row["phone"] or "", row["name"] or "", row["identity_tail"] or "")


def person_of_phone(tx: Reading, phone: str) -> Person | None:
    """Who has proven this number."""
    found = tx.find("person_of_phone", phone=phone)
    return _person(found[0]) if found else None


class Persons:
    """Registration and what is known of a person."""

    def register(self, tx: Tx, actor: Actor, phone: str) -> PersonId:
        """Bind the chat to the person with this proven number, who is made if new."""
        known = person_of_phone(tx, phone)
        if actor.person and (known is None or known.id == actor.person):
            tx.change("persons", actor.person, {"phone": phone})
            return actor.person
        person = known.id if known else self._make(tx, phone)
        tx.change("chats", actor.chat, {"person": person})
        return person

    def me(self, tx: Reading, actor: Actor) -> Person | None:
        """Who is talking, None before registration."""
        return read_person(tx, actor.person) if actor.person else None

    def _make(self, tx: Tx, phone: str) -> PersonId:
        key = PersonId(new_id("p", tx.now))
        tx.insert("persons", {"id": key, "phone": phone, "created": tx.now})
        return key


def is_reachable(tx: Reading, person: PersonId) -> bool:
    """Whether some chat of theirs is open: they neither blocked the assistant there nor are gone."""
    return any(chat["state"] == "open" for chat in tx.find("chats_of_person", person=person))


def mailbox_of(tx: Reading, vault: Vault, person: str) -> str:
    """A person's proven mailbox; "" where there is none."""
    row = tx.get("persons", person)
    return vault.open(tx, person, row["mailbox"]).decode() if row and row["mailbox"] else ""


def masked(address: str) -> str:
    """As much of an address as its owner needs to know it: "l***@example.com"."""
    name, at, host = address.rpartition("@")
    return f"{name[:1]}***@{host}" if at else ""

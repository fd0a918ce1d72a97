"""A person's address book: whom they had on a contract, sealed under their own key, so that it goes with them."""

from __future__ import annotations

import json
from dataclasses import asdict, dataclass, replace
from typing import Any, NewType

from signing.actor import Actor
from signing.contracts.seating import NewParty
from signing.errors import SigningError
from signing.ids import PersonId, new_id
from signing.store.port import Reading, Row, Tx
from signing.store.vault import Vault

ContactId = NewType("ContactId", str)

MOST = 500
OFFERED = 3
FOLDED = str.maketrans("", "", " ·.,，。（）()")


class NoSuchContact(SigningError):
    """The address book has no such entry."""

    code = "contact.none"


@dataclass(frozen=True, slots=True)
class Contact:
    """A company with its signer, or a person."""

    id: ContactId
    name: str
    code: str
    contact: str
    phone: str

    @property
    def party(self) -> NewParty:
        """As a party of a contract."""
        return NewParty(self.contact, self.phone, self.name if self.code else "", self.code)

    def is_named(self, words: str) -> bool:
        """Whether the words are part of a name, whatever spaces and points."""
        wanted = _folded(words)
        return len(wanted) >= 1 and any(wanted in _folded(each) for each in (self.name, self.contact))


class AddressBook:
    """Each raises NotRegistered; those that name an entry, NoSuchContact."""

    def __init__(self, vault: Vault) -> None:
        self._vault = vault

    def remember(self, tx: Tx, owner: PersonId, party: NewParty) -> None:
        """Whom the owner put on a contract, once each."""
        told = {"name": party.name, "code": party.code, "contact": party.contact, "phone": party.phone}
        for known in self._all(tx, owner):
            if _is_same(known, party):
                tx.change("address_book", known.id, {"used": tx.now})
                return
        row = {"id": new_id("o", tx.now), "owner": owner, "used": tx.now, "created": tx.now}
        tx.insert("address_book", {**row, "sealed": self._sealed(tx, owner, told)})

    def recent(self, tx: Reading, actor: Actor) -> list[Contact]:
        """The three used last."""
        return self._all(tx, actor.registered)[:OFFERED]

    def search(self, tx: Reading, actor: Actor, words: str) -> list[Contact]:
        """Those whose name holds the words, the last used first; all without words."""
        return [each for each in self._all(tx, actor.registered) if not words or each.is_named(words)]

    def view(self, tx: Reading, actor: Actor, contact: ContactId) -> Contact:
        found = next((each for each in self._all(tx, actor.registered) if each.id == contact), None)
        if found is None:
            raise NoSuchContact
        return found

    def change(self, tx: Tx, actor: Actor, contact: ContactId, party: NewParty) -> Contact:
        """Correct an entry. One that then is the same as another one takes its place."""
        before = self.view(tx, actor, contact)
        after = replace(before, name=party.name, code=party.code, contact=party.contact, phone=party.phone)
        for other in self._all(tx, actor.registered):
            if other.id != contact and (other.party == after.party):
                tx.remove("address_book", other.id)
        told = {name: value for name, value in asdict(after).items() if name != "id"}
        tx.change("address_book", contact, {"sealed": self._sealed(tx, actor.registered, told)})
        return after

    def merge(self, tx: Tx, actor: Actor, kept: ContactId, other: ContactId) -> Contact:
        """Two entries are one: what the kept one lacks comes from the other."""
        first, second = self.view(tx, actor, kept), self.view(tx, actor, other)
        names = {name: getattr(first, name) or getattr(second, name) for name in ("contact", "phone")}
        company = first if first.code else second
        tx.remove("address_book", other)
        return self.change(tx, actor, kept, NewParty(**names, name=company.name, code=company.code))

    def delete(self, tx: Tx, actor: Actor, contact: ContactId) -> None:
        tx.remove("address_book", self.view(tx, actor, contact).id)

    def _all(self, tx: Reading, owner: PersonId) -> list[Contact]:
        rows = tx.find("address_book_of", owner=owner, limit=MOST)
        return [self._opened(tx, row) for row in rows]

    def _opened(self, tx: Reading, row: Row) -> Contact:
        told = json.loads(self._vault.open(tx, row["owner"], row["sealed"]))
        return Contact(id=row["id"], **told)

    def _sealed(self, tx: Tx, owner: PersonId, told: dict[str, Any]) -> bytes:
        return self._vault.seal(tx, owner, json.dumps(told, ensure_ascii=False).encode())


def _is_same(known: Contact, party: NewParty) -> bool:
    return known.phone == party.phone and known.code == party.code and known.contact == party.contact


def _folded(words: str) -> str:
    return words.casefold().translate(FOLDED)

"""Asking to be let in: who comes to a company that is registered already asks its admins."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Protocol

from signing.actor import Actor
from signing.chronicle import note_event
from signing.enterprises import Enterprise, enterprise_of_code, read_enterprise, require_admin, role_of
from signing.errors import SigningError
from signing.identity.checks import NotCheckedYet
from signing.identity.elements import credit_code
from signing.ids import EnterpriseId, PersonId, new_id
from signing.membership.joining import AlreadyMember, admit
from signing.membership.members import admins_of
from signing.persons import read_person
from signing.store.port import Reading, Tx
from signing.store.times import DAY

AGAIN_AFTER = DAY


class AskedLately(SigningError):
    """The person asked within the last day and was not let in, or still waits."""

    code = "join.asked-lately"


class JoinAnswered(SigningError):
    """The request is none of this admin's, or was answered before."""

    code = "join.answered"


class NobodyThere(SigningError):
    """No enterprise is registered under this code."""

    code = "join.nobody"


@dataclass(frozen=True, slots=True)
class JoinRequest:
    """A checked person asks to belong to a company; `admins` decide. `phone` is E.164."""

    id: str
    enterprise: EnterpriseId
    company: str
    person: PersonId
    name: str
    phone: str
    admins: tuple[PersonId, ...]


class News(Protocol):
    """Tell whom it concerns, in the transaction that decided it."""

    def asked(self, tx: Tx, request: JoinRequest) -> None: ...

    def answered(self, tx: Tx, request: JoinRequest, admitted: bool) -> None: ...


class JoinRequests:
    """Takes requests and lets admins answer them."""

    def __init__(self, news: News) -> None:
        self._news = news

    def askable(self, tx: Reading, actor: Actor, code: str) -> Enterprise:
        """The enterprise, if this person may ask it now.

        Raises NotRegistered, NotCheckedYet, NotACode, NobodyThere, AlreadyMember, AskedLately.
        """
        person = read_person(tx, actor.registered)
        if not person.checked:
            raise NotCheckedYet
        known = enterprise_of_code(tx, credit_code(code))
        if known is None:
            raise NobodyThere
        if role_of(tx, known.id, person.id):
            raise AlreadyMember(name=known.name)
        last = tx.find("last_join_request", enterprise=known.id, person=person.id)
        if last and last[0]["state"] != "admitted" and tx.now < last[0]["created"] + AGAIN_AFTER:
            raise AskedLately(name=known.name)
        return known

    def ask(self, tx: Tx, actor: Actor, code: str) -> JoinRequest:
        """Ask the admins of the enterprise with this credit code. Raises as `askable`."""
        person = actor.registered
        known = self.askable(tx, actor, code)
        tx.hold("enterprises", known.id)
        key = new_id("i", tx.now)
        row = {"id": key, "enterprise": known.id, "person": person, "state": "open", "created": tx.now}
        tx.insert("join_requests", row)
        note_event(tx, known.id, "asked_to_join", person, person)
        request = self._read(tx, key)
        self._news.asked(tx, request)
        return request

    def view(self, tx: Reading, actor: Actor, request: str) -> JoinRequest:
        """An open request, for an admin. Raises NotRegistered, NotAMember, NotItsAdmin, JoinAnswered."""
        row = tx.get("join_requests", request)
        if row is None:
            raise JoinAnswered
        require_admin(tx, row["enterprise"], actor.registered)
        if row["state"] != "open":
            raise JoinAnswered
        return self._read(tx, request)

    def answer(self, tx: Tx, actor: Actor, request: str, admitted: bool) -> JoinRequest:
        """Let the person in, or not. Raises as `view`."""
        asked = self.view(tx, actor, request)
        tx.hold("enterprises", asked.enterprise)
        decided = {"state": "admitted" if admitted else "declined", "decided": tx.now}
        tx.change("join_requests", request, decided)
        if admitted and not role_of(tx, asked.enterprise, asked.person):
            admit(tx, asked.enterprise, asked.person, actor.registered)
        elif not admitted:
            note_event(tx, asked.enterprise, "join_declined", actor.registered, asked.person)
        self._news.answered(tx, asked, admitted)
        return asked

    def _read(self, tx: Reading, request: str) -> JoinRequest:
        row = tx.get("join_requests", request)
        assert row is not None
        enterprise, person = EnterpriseId(row["enterprise"]), read_person(tx, row["person"])
        company, admins = read_enterprise(tx, enterprise).name, tuple(admins_of(tx, enterprise))
        return JoinRequest(request, enterprise, company, person.id, person.name, person.phone, admins)

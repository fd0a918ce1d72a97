"""How colleagues come to an enterprise: an admin invites them by a link, good once and for 72 hours."""

from __future__ import annotations

import hashlib
import secrets
from dataclasses import dataclass
from typing import Protocol

from signing.actor import Actor
from signing.chronicle import note_event
from signing.contracts.invitations import OtherName, OtherPhone
from signing.enterprises import read_enterprise, require_admin, role_of
from signing.errors import SigningError
from signing.identity.checks import NotCheckedYet
from signing.ids import EnterpriseId, PersonId, new_id
from signing.membership.passes import keep_token, make_pass, open_pass, pass_of_token, use_pass
from signing.persons import person_of_phone, read_person
from signing.store.port import Reading, Row, Tx
from signing.store.times import HOUR
from signing.store.vault import Vault

TOKEN_BYTES = 18
LIFE = 72 * HOUR
MOST_OPEN = 20


class PassUnknown(SigningError):
    """The link is none of ours, was used, has run out, or who made it is no admin any more."""

    code = "join.unknown"


class AlreadyMember(SigningError):
    """The person belongs to the enterprise. `details`: `name` of the enterprise."""

    code = "join.already"


class TooManyInvited(SigningError):
    """So many invitations are open already."""

    code = "join.too-many"


@dataclass(frozen=True, slots=True)
class Welcome:
    """An open invitation: into which company, by whom, and whom it names. `phone_tail` may be empty."""

    id: str
    enterprise: EnterpriseId
    company: str
    inviter: str
    name: str
    phone_tail: str


class News(Protocol):
    """Tell whom it concerns, in the transaction that decided it."""

    def invited(self, tx: Tx, welcome: Welcome, by: PersonId, token: str, phone: str) -> None: ...

    def joined(self, tx: Tx, enterprise: EnterpriseId, person: PersonId) -> None: ...


class Joining:
    """Makes invitations, opens them and takes them up. An invitation names somebody: nobody else can use it."""

    def __init__(self, vault: Vault, news: News) -> None:
        self._vault = vault
        self._news = news

    def invite(self, tx: Tx, actor: Actor, enterprise: EnterpriseId, name: str, phone: str = "") -> Welcome:
        """Invite who has this name (and this phone, E.164). The token leaves by the news alone, 144 random bits.

        Raises NotRegistered, NotAMember, NotItsAdmin, AlreadyMember, TooManyInvited.
        """
        tx.hold("enterprises", enterprise)
        require_admin(tx, enterprise, actor.registered)
        known = person_of_phone(tx, phone) if phone else None
        if known and role_of(tx, enterprise, known.id):
            raise AlreadyMember(name=read_enterprise(tx, enterprise).name)
        if len(tx.find("open_invitations", enterprise=enterprise, now=tx.now)) >= MOST_OPEN:
            raise TooManyInvited
        token = secrets.token_urlsafe(TOKEN_BYTES)
        columns = {"enterprise": enterprise, "name": name, "phone": phone or None}
        key = make_pass(tx, "member", _digest(token), actor.registered, LIFE, **columns)
        note_event(tx, enterprise, "invited", actor.registered)
        welcome = welcome_of(tx, key)
        if phone and known is None:
            keep_token(tx, self._vault, key, token)
        self._news.invited(tx, welcome, actor.registered, token, phone)
        return welcome

    def withdraw(self, tx: Tx, actor: Actor, enterprise: EnterpriseId) -> None:
        """No open invitation of the enterprise works any more. Raises NotAMember, NotItsAdmin."""
        tx.hold("enterprises", enterprise)
        require_admin(tx, enterprise, actor.registered)
        for row in tx.find("open_invitations", enterprise=enterprise, now=tx.now):
            tx.change("passes", row["id"], {"state": "void"})
        note_event(tx, enterprise, "invitations_void", actor.registered)

    def opens(self, tx: Reading, token: str) -> bool:
        """Whether a link's token is one of these."""
        return pass_of_token(tx, "member", _digest(token)) is not None

    def open(self, tx: Tx, actor: Actor, token: str) -> Welcome:
        """What a link's holder is shown; from here on the invitation is this chat's to use. Raises PassUnknown."""
        row = pass_of_token(tx, "member", _digest(token))
        if row is None:
            raise PassUnknown
        tx.change("passes", row["id"], {"chat": actor.chat})
        return _welcome(tx, row)

    def of(self, tx: Reading, actor: Actor, invitation: str) -> Welcome:
        """An invitation that names this person's phone, or was opened in this chat. Raises PassUnknown."""
        return _welcome(tx, self._mine(tx, actor, invitation))

    def accept(self, tx: Tx, actor: Actor, invitation: str) -> Welcome:
        """Become a member, once. Raises PassUnknown, NotRegistered, NotCheckedYet, OtherName, OtherPhone, AlreadyMember."""
        row = self._mine(tx, actor, invitation)
        tx.hold("enterprises", row["enterprise"])
        welcome = _welcome(tx, row)
        person = read_person(tx, actor.registered)
        if not person.checked:
            raise NotCheckedYet
        if person.name != row["name"]:
            raise OtherName(named=row["name"], name=person.name)
        if row["phone"] and person.phone != row["phone"]:
            raise OtherPhone(tail=row["phone"][-4:])
        if not use_pass(tx, invitation):
            raise PassUnknown
        admit(tx, welcome.enterprise, person.id, PersonId(row["person"]))
        self._news.joined(tx, welcome.enterprise, person.id)
        return welcome

    def _mine(self, tx: Reading, actor: Actor, key: str) -> Row:
        row = _row(tx, key)
        phone = read_person(tx, actor.person).phone if actor.person else ""
        if row["chat"] != actor.chat and not (phone and row["phone"] == phone):
            raise PassUnknown
        return row


def welcome_of(tx: Reading, invitation: str) -> Welcome:
    """An open invitation by its id. Raises PassUnknown."""
    return _welcome(tx, _row(tx, invitation))


def _row(tx: Reading, key: str) -> Row:
    row = open_pass(tx, key)
    if row is None or row["kind"] != "member":
        raise PassUnknown
    return row


def _welcome(tx: Reading, row: Row) -> Welcome:
    enterprise = EnterpriseId(row["enterprise"])
    if role_of(tx, enterprise, row["person"]) != "admin":
        raise PassUnknown
    company, inviter = read_enterprise(tx, enterprise).name, read_person(tx, row["person"]).name
    return Welcome(row["id"], enterprise, company, inviter, row["name"], (row["phone"] or "")[-4:])


def admit(tx: Tx, enterprise: EnterpriseId, person: PersonId, by: PersonId) -> None:
    """Make somebody a member of a held enterprise. Raises AlreadyMember."""
    if role_of(tx, enterprise, person):
        raise AlreadyMember(name=read_enterprise(tx, enterprise).name)
    row = {"id": new_id("b", tx.now), "enterprise": enterprise, "person": person, "role": "member"}
    tx.insert("members", {**row, "created": tx.now})
    note_event(tx, enterprise, "member_joined", by, person)


def _digest(token: str) -> str:
    return hashlib.sha256(token.encode()).hexdigest()

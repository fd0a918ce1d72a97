"""The members of an enterprise: who they are, what they are, how their role changes and how they leave."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from typing import Literal, Protocol

from signing.actor import Actor
from signing.chronicle import Event, history, note_event
from signing.enterprises import (
    NotAMember,
    Role,
    read_enterprise,
    require_admin,
    require_member,
)
from signing.errors import SigningError
from signing.ids import ChallengeId, EnterpriseId, PersonId
from signing.membership.leaving import Estate, leave_to
from signing.persons import read_person
from signing.store.port import Reading, Row, Tx
from signing.store.times import moment
from signing.willingness import Binding, Willingness

Purpose = Literal["make-admin", "hand-over"]


class LastAdmin(SigningError):
    """An enterprise keeps at least one admin. `details`: `name` of the enterprise."""

    code = "member.last-admin"


class NoColleague(SigningError):
    """Whom it concerns has no checked name yet, or it is the person who acts."""

    code = "member.no-colleague"


@dataclass(frozen=True, slots=True)
class Member:
    """`phone` is E.164, `seals` how many seals are lent to them; `me` is who asked."""

    person: PersonId
    name: str
    phone: str
    role: Role
    since: datetime
    seals: int
    me: bool


@dataclass(frozen=True, slots=True)
class Staff:
    """An enterprise's members, admins first, as one of them sees it; `invited` names who has not come yet."""

    enterprise: EnterpriseId
    name: str
    admin: bool
    members: tuple[Member, ...]
    invited: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Left:
    """Somebody left: `heir` goes on with what they had begun, `contracts` many."""

    company: str
    person: PersonId
    name: str
    heir: PersonId
    heir_name: str
    contracts: int


class News(Protocol):
    """Tell whom it concerns, in the transaction that decided it. `by` knows already."""

    def role_changed(
        self, tx: Tx, enterprise: EnterpriseId, person: PersonId, role: Role, by: PersonId
    ) -> None: ...

    def left(self, tx: Tx, left: Left, by: Actor, estate: Estate) -> None: ...


class Members:
    """What members see of each other, and what admins decide."""

    def __init__(self, willingness: Willingness, news: News) -> None:
        self._willingness = willingness
        self._news = news

    def staff(self, tx: Reading, actor: Actor, enterprise: EnterpriseId) -> Staff:
        """Raises NotRegistered, NotAMember."""
        role = require_member(tx, enterprise, actor.registered)
        rows = tx.find("staff", enterprise=enterprise, now=tx.now)
        open_ = tx.find("open_invitations", enterprise=enterprise, now=tx.now) if role == "admin" else []
        return Staff(
            enterprise,
            read_enterprise(tx, enterprise).name,
            role == "admin",
            tuple(_member(row, actor.registered) for row in rows),
            tuple(row["name"] for row in open_),
        )

    def view(self, tx: Reading, actor: Actor, enterprise: EnterpriseId, person: PersonId) -> Member:
        """One member, for an admin. Raises NotRegistered, NotAMember, NotItsAdmin."""
        require_admin(tx, enterprise, actor.registered)
        for each in self.staff(tx, actor, enterprise).members:
            if each.person == person:
                return each
        raise NotAMember

    def history(self, tx: Reading, actor: Actor, enterprise: EnterpriseId) -> list[Event]:
        """What happened in the enterprise, the newest first. Raises NotAMember, NotItsAdmin."""
        return history(tx, actor, enterprise)

    def binding(
        self, tx: Reading, actor: Actor, enterprise: EnterpriseId, person: PersonId, purpose: Purpose
    ) -> Binding:
        """What the code for another admin stands for. Raises NotAMember, NotItsAdmin, NoColleague."""
        require_admin(tx, enterprise, actor.registered)
        require_member(tx, enterprise, person)
        if person == actor.registered or not read_person(tx, person).checked:
            raise NoColleague
        return Binding((purpose,), contract=enterprise, party=person)

    def make_admin(
        self, tx: Tx, actor: Actor, enterprise: EnterpriseId, person: PersonId, challenge: ChallengeId
    ) -> Member:
        """Another admin beside this one. Raises as `binding`, NotWilling."""
        tx.hold("enterprises", enterprise)
        self._agreed(tx, actor, enterprise, person, "make-admin", challenge)
        self._set_role(tx, actor, enterprise, person, "admin")
        return self.view(tx, actor, enterprise, person)

    def hand_over(
        self, tx: Tx, actor: Actor, enterprise: EnterpriseId, person: PersonId, challenge: ChallengeId
    ) -> None:
        """Another admin in place of this one, who stays a member. Raises as `binding`, NotWilling."""
        tx.hold("enterprises", enterprise)
        self._agreed(tx, actor, enterprise, person, "hand-over", challenge)
        self._set_role(tx, actor, enterprise, person, "admin")
        self._set_role(tx, actor, enterprise, actor.registered, "member")

    def make_member(self, tx: Tx, actor: Actor, enterprise: EnterpriseId, person: PersonId) -> None:
        """No admin any more. Raises NotAMember, NotItsAdmin, LastAdmin."""
        tx.hold("enterprises", enterprise)
        require_admin(tx, enterprise, actor.registered)
        require_member(tx, enterprise, person)
        self._require_other_admin(tx, enterprise, person)
        self._set_role(tx, actor, enterprise, person, "member")

    def remove(self, tx: Tx, actor: Actor, enterprise: EnterpriseId, person: PersonId) -> Left:
        """Out at once: every right ends in this transaction, and what they had begun is the admin's now.

        Raises NotAMember, NotItsAdmin, LastAdmin.
        """
        tx.hold("enterprises", enterprise)
        require_admin(tx, enterprise, actor.registered)
        if person == actor.registered:
            return self.leave(tx, actor, enterprise)
        return self._leave(tx, actor, enterprise, person, actor.registered)

    def leave(self, tx: Tx, actor: Actor, enterprise: EnterpriseId) -> Left:
        """The person goes; the first of the other admins has what they had begun. Raises NotAMember, LastAdmin."""
        tx.hold("enterprises", enterprise)
        require_member(tx, enterprise, actor.registered)
        others = self._require_other_admin(tx, enterprise, actor.registered)
        return self._leave(tx, actor, enterprise, actor.registered, others[0])

    def _leave(
        self, tx: Tx, actor: Actor, enterprise: EnterpriseId, person: PersonId, heir: PersonId
    ) -> Left:
        require_member(tx, enterprise, person)
        estate = leave_to(tx, enterprise, person, heir)
        note_event(
            tx, enterprise, "left" if person == actor.registered else "removed", actor.registered, person
        )
        names = read_person(tx, person).name, read_person(tx, heir).name
        company = read_enterprise(tx, enterprise).name
        left = Left(company, person, names[0], heir, names[1], estate.contracts)
        self._news.left(tx, left, actor, estate)
        return left

    def _agreed(
        self,
        tx: Tx,
        actor: Actor,
        enterprise: EnterpriseId,
        person: PersonId,
        purpose: Purpose,
        challenge: ChallengeId,
    ) -> None:
        binding = self.binding(tx, actor, enterprise, person, purpose)
        self._willingness.consume(tx, actor, challenge, purpose, binding)

    def _set_role(self, tx: Tx, actor: Actor, enterprise: EnterpriseId, person: PersonId, role: Role) -> None:
        row = tx.find("membership_row", enterprise=enterprise, person=person)[0]
        if row["role"] == role:
            return
        tx.change("members", row["id"], {"role": role})
        note_event(tx, enterprise, "role", actor.registered, person, role)
        self._news.role_changed(tx, enterprise, person, role, actor.registered)

    def _require_other_admin(self, tx: Reading, enterprise: EnterpriseId, person: PersonId) -> list[PersonId]:
        """The admins besides this one. Raises LastAdmin."""
        others = [each for each in admins_of(tx, enterprise) if each != person]
        if not others:
            raise LastAdmin(name=read_enterprise(tx, enterprise).name)
        return others


def admins_of(tx: Reading, enterprise: EnterpriseId) -> list[PersonId]:
    """The admins, the first one first."""
    return [PersonId(row["person"]) for row in tx.find("admins", enterprise=enterprise)]


def _member(row: Row, me: PersonId) -> Member:
    facts = (row["person"], row["name"] or "", row["phone"] or "", row["role"])
    return Member(*facts, moment(row["created"]), row["seals"], row["person"] == me)

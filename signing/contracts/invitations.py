"""Invitations: a link that opens reading for nobody but the named signer, and letting that signer in."""

from __future__ import annotations

import hashlib
import secrets
from dataclasses import dataclass
from typing import Literal

from signing.actor import Actor
from signing.audit import note
from signing.contracts.contract import (
    Contract,
    NoSuchContract,
    NotTheSigner,
    Party,
    State,
    hold_contract,
    read_contract,
    require_open,
    require_sender,
    require_state,
)
from signing.contracts.order import require_turn
from signing.enterprises import enterprise_of_code, require_member, role_of
from signing.errors import SigningError
from signing.ids import ChatId, ContractId, PartyId, PersonId
from signing.persons import read_person
from signing.store.port import Reading, Row, Tx

TOKEN_BYTES = 18
NO_CHAT = ChatId("")

Need = Literal["register", "check", "enterprise", ""]


class InvitationUnknown(SigningError):
    """The link's token is none of ours, or was replaced by a newer one."""

    code = "invitation.unknown"


class OtherPhone(SigningError):
    """The invitation names another phone number; `tail` are its last four digits."""

    code = "invitation.other-phone"


class OtherName(SigningError):
    """The invitation names somebody else than the checked person."""

    code = "invitation.other-name"


@dataclass(frozen=True, slots=True)
class Invitation:
    """What the holder of a link may know before they are let in."""

    contract: ContractId
    party: PartyId
    title: str
    pages: int
    sender: str
    principal: str
    code: str
    contact: str
    phone_tail: str
    state: State


def new_token(tx: Tx, party: PartyId) -> str:
    """A fresh link token for a party, kept as a digest; the one before is void. 144 random bits."""
    row = tx.get("parties", party)
    assert row is not None
    hold_contract(tx, row["contract"])
    token = secrets.token_urlsafe(TOKEN_BYTES)
    tx.change("parties", party, {"token": digest_of(token)})
    return token


def is_token_of(party: Row, token: str) -> bool:
    """Whether a link's token is the party's newest."""
    return bool(token) and party["token"] == digest_of(token)


def link_token(tx: Tx, actor: Actor, contract: ContractId, party: PartyId) -> str:
    """A token for the sender to pass on themself. Raises NoSuchContract, WrongState, NotYourTurn."""
    require_invited(tx, actor, contract, party)
    note(tx, contract, "link_made", actor.registered, party=party)
    return new_token(tx, party)


def require_invited(tx: Tx, actor: Actor, contract: ContractId, party: PartyId) -> Party:
    """A party of the sender's contract, held from here on, that was asked to sign and has not.

    Raises NoSuchContract, WrongState, NotYourTurn.
    """
    held = require_open(tx, require_sender(hold_contract(tx, contract), actor))
    named = next((each for each in held.waiting if each.id == party), None)
    if named is None or named.person == held.sender:
        raise NoSuchContract
    require_turn(held, named)
    return named


class Invitations:
    """Opens links and lets signers in, one requirement after the other."""

    def open(self, tx: Reading, actor: Actor, token: str) -> Invitation:
        """What a link's holder is shown. Raises InvitationUnknown."""
        found = tx.find("party_of_token", token=digest_of(token))
        if not found:
            raise InvitationUnknown
        return self._shown(tx, found[0]["contract"], found[0]["id"])

    def waiting(self, tx: Reading, actor: Actor) -> list[Invitation]:
        """What waits for the person, by themself or by their proved phone; nearest deadline first."""
        person = read_person(tx, actor.registered)
        rows = tx.find("waiting_for_person", person=person.id, phone=person.phone, limit=20)
        shown = []
        for row in rows:
            contract = read_contract(tx, row["id"])
            mine = next(
                each for each in contract.waiting if person.id == each.person or person.phone == each.phone
            )
            shown.append(self._shown(tx, contract.id, mine.id))
        return shown

    def of_party(self, tx: Reading, actor: Actor, party: PartyId) -> Invitation:
        """The invitation of a party that this person may sign for. Raises NoSuchContract, NotTheSigner, NotYourTurn."""
        for each in self.waiting(tx, actor):
            if each.party == party:
                return each
        row = tx.get("parties", party)
        if row is not None and row["person"] == actor.registered:
            contract = read_contract(tx, row["contract"])
            require_signer(tx, actor, contract, party)
            require_turn(require_state(contract, State.SIGNING), contract.party(party))
        raise NoSuchContract

    def sent(self, tx: Reading, actor: Actor, party: PartyId) -> Contract:
        """The contract of a party that the person asked to sign. Raises NoSuchContract, WrongState."""
        contract, _ = _party(tx, party)
        return require_open(tx, require_sender(contract, actor))

    def needs(self, tx: Reading, actor: Actor, party: PartyId) -> Need:
        """What is still required of whoever talks before they may sign for the party.

        Raises OtherPhone, OtherName, NotAMember.
        """
        contract, named = _party(tx, party)
        require_state(contract, State.SIGNING)
        if actor.person is None:
            return "register"
        person = read_person(tx, actor.person)
        if named.person != person.id and person.phone != named.phone:
            raise OtherPhone(tail=named.phone[-4:])
        if not person.checked:
            return "check"
        if person.name != named.contact:
            raise OtherName(named=named.contact, name=person.name)
        if named.kind == "person":
            return ""
        enterprise = enterprise_of_code(tx, named.code)
        if enterprise is None:
            return "enterprise"
        require_member(tx, enterprise.id, person.id)
        return ""

    def is_ready(self, tx: Reading, person: PersonId, party: PartyId) -> bool:
        """Whether nothing but a code is required of a person before they sign for the party."""
        try:
            return not self.needs(tx, Actor(NO_CHAT, person), party)
        except SigningError:
            return False

    def admit(self, tx: Tx, actor: Actor, party: PartyId) -> Contract:
        """Let the signer in: from here on they read and sign. Raises as `needs`, NotTheSigner, NotYourTurn."""
        contract, named = _party(tx, party)
        hold_contract(tx, contract.id)
        if self.needs(tx, actor, party):
            raise NotTheSigner
        require_turn(contract, named)
        enterprise = enterprise_of_code(tx, named.code) if named.code else None
        bound = {"person": actor.registered, "enterprise": enterprise.id if enterprise else None}
        if named.state in ("planned", "invited"):
            tx.change("parties", party, {**bound, "state": "opened"})
            note(tx, contract.id, "opened", actor.registered, party=party)
        return read_contract(tx, contract.id)

    def _shown(self, tx: Reading, contract: ContractId, party: PartyId) -> Invitation:
        read = read_contract(tx, contract)
        named, sender = read.party(party), read.parties[0]
        return Invitation(
            contract=contract,
            party=party,
            title=read.title,
            pages=read.pages,
            sender=sender.name,
            principal=named.name,
            code=named.code,
            contact=named.contact,
            phone_tail=named.phone[-4:],
            state=read.state,
        )


def require_signer(tx: Reading, actor: Actor, contract: Contract, party: PartyId) -> Party:
    """The party, if this person was let in to sign for it and still belongs to its enterprise.

    Raises NotTheSigner, NoSuchContract.
    """
    if party not in [each.id for each in contract.parties]:
        raise NoSuchContract
    named = contract.party(party)
    if named.person != actor.registered or not named.signs:
        raise NotTheSigner
    if named.enterprise and not role_of(tx, named.enterprise, actor.registered):
        raise NotTheSigner
    return named


def _party(tx: Reading, party: PartyId) -> tuple[Contract, Party]:
    row = tx.get("parties", party)
    if row is None:
        raise NoSuchContract
    contract = read_contract(tx, row["contract"])
    return contract, contract.party(party)


def digest_of(token: str) -> str:
    """How a link's token is kept."""
    return hashlib.sha256(token.encode()).hexdigest()

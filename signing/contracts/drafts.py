"""Drafts: everything between a document and a contract that is ready to start. Every change is kept at once."""

from __future__ import annotations

import json
from dataclasses import asdict, dataclass
from datetime import datetime, timedelta
from zoneinfo import ZoneInfo

from signing.actor import Actor
from signing.audit import note
from signing.contracts.address_book import AddressBook
from signing.contracts.changing import changed, open_draft, require_undoable
from signing.contracts.contract import (
    Contract,
    NoSuchContract,
    State,
    hold_contract,
    move,
    read_contract,
    read_proposals,
    require_sender,
)
from signing.contracts.pages import keep_pages
from signing.contracts.plan import Proposals
from signing.contracts.seating import NewParty, party_row, plan_areas, propose_anew, seat, sender_row
from signing.documents.geometry import PageView
from signing.errors import SigningError
from signing.ids import ContractId, Digest, EnterpriseId, PartyId, new_id
from signing.persons import read_person
from signing.store.port import Reading, Row, Tx
from signing.store.times import milliseconds, moment

DAYS = 7
HOUR_OF_DAY = 18
TITLE_LENGTH = 80
MOST_PARTIES = 50


class SenderNotChecked(SigningError):
    """Whoever sends a contract must have passed their real-name check."""

    code = "sender-not-checked"


class DeadlinePast(SigningError):
    """The deadline is not in the future."""

    code = "contract.deadline-past"


class PartyTwice(SigningError):
    """This party is on the contract already."""

    code = "contract.party-twice"


class TooManyParties(SigningError):
    """A contract has at most 50 parties."""

    code = "contract.too-many-parties"


@dataclass(frozen=True, slots=True)
class Document:
    """A file that was let in: what everyone will see, how its pages lie, and where its text says parties sign."""

    digest: Digest
    views: tuple[PageView, ...]
    flattened: tuple[str, ...]
    proposals: Proposals

    @property
    def pages(self) -> int:
        return len(self.views)


class Drafts:
    """The changes that a draft's sender makes. Each raises NotRegistered, NoSuchContract, WrongState."""

    def __init__(self, zone: ZoneInfo, book: AddressBook) -> None:
        self._zone = zone
        self._book = book

    def create(
        self, tx: Tx, actor: Actor, document: Document, title: str, enterprise: EnterpriseId | None
    ) -> ContractId:
        """A draft with the sender as its first party. Raises SenderNotChecked, NotAMember."""
        person = read_person(tx, actor.registered)
        if not person.checked:
            raise SenderNotChecked
        key = ContractId(new_id("t", tx.now))
        row: Row = {
            "id": key,
            "title": clean_title(title),
            "sender": person.id,
            "state": State.DRAFT,
            "document": document.digest,
            "pages": document.pages,
            "deadline": self.usual_deadline(tx.now),
            "plan": 1,
            "current": document.digest,
            "proposals": json.dumps(asdict(document.proposals), ensure_ascii=False),
        }
        keep_pages(tx, document.digest, document.views)
        tx.insert("contracts", {**row, "created": tx.now, "changed": tx.now})
        seat(tx, key, sender_row(tx, person, enterprise))
        note(tx, key, "drafted", person.id, digest=document.digest)
        return key

    def view(self, tx: Reading, actor: Actor, contract: ContractId) -> Contract:
        """The draft or contract as its sender sees it."""
        return require_sender(read_contract(tx, contract), actor)

    def rename(self, tx: Tx, actor: Actor, contract: ContractId, title: str) -> None:
        open_draft(tx, actor, contract)
        changed(tx, contract, title=clean_title(title))

    def set_deadline(self, tx: Tx, actor: Actor, contract: ContractId, deadline: datetime) -> None:
        """Raises DeadlinePast."""
        open_draft(tx, actor, contract)
        if deadline <= moment(tx.now):
            raise DeadlinePast
        changed(tx, contract, deadline=milliseconds(deadline))

    def add_party(self, tx: Tx, actor: Actor, contract: ContractId, party: NewParty) -> None:
        """Raises PartyTwice, TooManyParties."""
        draft = open_draft(tx, actor, contract)
        if any(party.is_same(each) for each in draft.parties):
            raise PartyTwice(name=party.name or party.contact)
        if len(draft.parties) >= MOST_PARTIES:
            raise TooManyParties
        seat(tx, contract, party_row(tx, party))
        self._book.remember(tx, actor.registered, party)
        changed(tx, contract)

    def set_own_part(self, tx: Tx, actor: Actor, contract: ContractId, signs: bool) -> None:
        """Whether the sender is a party themself. The places are proposed anew, since the parties' numbers change."""
        draft = open_draft(tx, actor, contract)
        tx.change("parties", draft.parties[0].id, {"signs": int(signs)})
        propose_anew(tx, contract)
        changed(tx, contract)

    def remove_party(self, tx: Tx, actor: Actor, contract: ContractId, party: PartyId) -> None:
        """Take a party off, other than the sender's own; for a minute it can be put back."""
        draft = open_draft(tx, actor, contract)
        if party not in [each.id for each in draft.parties if each.position > 1]:
            raise NoSuchContract
        tx.change("parties", party, {"removed": tx.now})
        changed(tx, contract)

    def put_back_party(self, tx: Tx, actor: Actor, contract: ContractId, party: PartyId) -> None:
        """Undo `remove_party`. Raises UndoOver."""
        open_draft(tx, actor, contract)
        row = tx.get("parties", party)
        if row is None or row["contract"] != contract or row["removed"] is None:
            raise NoSuchContract
        require_undoable(tx, row["removed"])
        tx.change("parties", party, {"removed": None})
        changed(tx, contract)

    def swap_roles(self, tx: Tx, actor: Actor, contract: ContractId) -> None:
        """Exchange the places of the first two parties."""
        draft = open_draft(tx, actor, contract)
        if len(draft.signers) < 2:
            return
        first, second = draft.signers[:2]
        areas = {each.id: (draft.areas_of(each.id)) for each in (first, second)}
        for giver, taker in ((first, second), (second, first)):
            for area in areas[giver.id]:
                tx.change("areas", area.id, {"party": taker.id})
        changed(tx, contract)

    def place_at_foot(self, tx: Tx, actor: Actor, contract: ContractId) -> None:
        """Put every party's place at the last page's foot. What they fill in stays where it is."""
        draft, proposals = open_draft(tx, actor, contract), read_proposals(tx, contract)
        for number, party in enumerate(draft.signers, start=1):
            for area in draft.areas_of(party.id):
                if area.kind != "text":
                    tx.remove("areas", area.id)
            plan_areas(tx, contract, party.id, proposals.at_foot(number, party.kind))
        changed(tx, contract)

    def discard(self, tx: Tx, actor: Actor, contract: ContractId) -> None:
        """For a minute it can be taken back."""
        move(tx, open_draft(tx, actor, contract), State.DISCARDED, actor.registered)

    def restore(self, tx: Tx, actor: Actor, contract: ContractId) -> None:
        """Undo `discard`. Raises UndoOver."""
        discarded = require_sender(hold_contract(tx, contract), actor, State.DISCARDED)
        row = tx.get("contracts", contract)
        assert row is not None
        require_undoable(tx, row["changed"])
        move(tx, discarded, State.DRAFT, actor.registered)

    def open_drafts(self, tx: Reading, actor: Actor) -> list[Contract]:
        """The person's drafts, the last changed first."""
        found = tx.find("drafts_of_sender", sender=actor.registered, limit=20)
        return [read_contract(tx, row["id"]) for row in found]

    def started(self, tx: Reading, actor: Actor) -> list[Contract]:
        """The contracts that the person started, the last changed first."""
        found = tx.find("started_by_sender", sender=actor.registered, limit=5)
        return [read_contract(tx, row["id"]) for row in found]

    def recent_parties(self, tx: Reading, actor: Actor) -> list[NewParty]:
        """The last three that the person put on a contract."""
        return [each.party for each in self._book.recent(tx, actor)]

    def usual_deadline(self, now: int, days: int = DAYS) -> int:
        """At 18:00 so many days from now, in milliseconds UTC."""
        local = moment(now).astimezone(self._zone) + timedelta(days=days)
        return milliseconds(local.replace(hour=HOUR_OF_DAY, minute=0, second=0, microsecond=0))


def clean_title(name: str) -> str:
    """A contract's title from a file's name or from what was typed: no extension, one line, at most 80."""
    title = " ".join(name.split())
    stem, dot, extension = title.rpartition(".")
    if dot and stem and extension.lower() in ("pdf", "doc", "docx", "odt", "rtf", "jpg", "jpeg", "png"):
        title = stem
    printable = "".join(letter for letter in title if letter.isprintable())
    return printable.replace("_", " ").strip()[:TITLE_LENGTH] or "Contract"

"""A contract made after another one: a draft copied, or the parties and places of last time."""

from __future__ import annotations

from collections.abc import Iterable

from signing.actor import Actor
from signing.audit import note
from signing.contracts.changing import changed, open_draft
from signing.contracts.contract import Contract, Party, State, read_contract, read_proposals, require_sender
from signing.contracts.drafts import Drafts, SenderNotChecked
from signing.contracts.pages import read_pages
from signing.contracts.plan import Proposals
from signing.contracts.seating import copy_areas, propose_anew
from signing.documents.geometry import points
from signing.ids import ContractId, PartyId, new_id
from signing.persons import read_person
from signing.store.port import Reading, Row, Tx
from signing.store.times import DAY

LOOK_BACK = 20
NEAR_MM = 8.0
FRESH: Row = {
    "state": "planned", "token": None, "handed": None, "seal": None, "certificate": None, "signed": None, "removed": None,
}  # fmt: skip


class Copying:
    """Each raises NotRegistered, NoSuchContract."""

    def __init__(self, drafts: Drafts) -> None:
        self._drafts = drafts

    def copy(self, tx: Tx, actor: Actor, contract: ContractId, title: str) -> ContractId:
        """A new draft like this draft or contract of the sender's. Raises SenderNotChecked."""
        source = require_sender(read_contract(tx, contract), actor)
        if not read_person(tx, actor.registered).checked:
            raise SenderNotChecked
        row = tx.get("contracts", contract)
        assert row is not None
        key = ContractId(new_id("t", tx.now))
        kept = {name: row[name] for name in ("sender", "document", "pages", "proposals")}
        dates = {"deadline": self._drafts.usual_deadline(tx.now), "created": tx.now, "changed": tx.now}
        state = {"state": State.DRAFT, "plan": 1, "current": source.document}
        tx.insert("contracts", {"id": key, "title": title, **kept, **dates, **state})
        parties = _copied(tx, key, source.parties)
        copy_areas(tx, source.areas, key, parties)
        note(tx, key, "drafted", actor.registered, digest=source.document)
        return key

    def last(self, tx: Reading, actor: Actor, contract: ContractId) -> Contract | None:
        """What the sender last started for the same party as they make this draft for; None if nothing."""
        draft = require_sender(read_contract(tx, contract), actor)
        for row in tx.find("started_by_sender", sender=actor.registered, limit=LOOK_BACK):
            found = read_contract(tx, row["id"])
            if found.parties[0].enterprise == draft.parties[0].enterprise:
                return found
        return None

    def same_as_last(self, tx: Tx, actor: Actor, contract: ContractId) -> None:
        """The parties, the places, the seal and the length of the deadline of last time, in place of the draft's own.

        Where the text asks for seals elsewhere than last time, the places are proposed from the text.
        """
        draft, source = open_draft(tx, actor, contract), self.last(tx, actor, contract)
        if source is None:
            return
        for party in draft.parties[1:]:
            tx.change("parties", party.id, {"removed": tx.now})
        own, before = draft.parties[0], source.parties[0]
        tx.change("parties", own.id, {name: _row(tx, before)[name] for name in ("signs", "straddle", "seal")})
        parties = {**_copied(tx, contract, source.parties[1:]), before.id: own.id}
        if _alike(tx, draft, source):
            for area in draft.areas:
                tx.remove("areas", area.id)
            copy_areas(tx, source.areas, contract, parties)
        else:
            propose_anew(tx, contract)
        row = tx.get("contracts", source.id)
        assert row is not None
        days = max(1, round((row["deadline"] - row["created"]) / DAY))
        changed(tx, contract, deadline=self._drafts.usual_deadline(tx.now, days))


def _copied(tx: Tx, contract: ContractId, parties: Iterable[Party]) -> dict[PartyId, PartyId]:
    """The same parties on another draft, as if they had never heard of it; old to new."""
    made = {}
    for party in parties:
        row = _row(tx, party)
        taken = [each["position"] for each in tx.find("positions_of_contract", contract=contract)]
        key = PartyId(new_id("y", tx.now))
        own = {"seal": row["seal"], "person": row["person"]} if party.position == 1 else {"person": None}
        place = {"id": key, "contract": contract, "position": max(taken, default=0) + 1}
        tx.insert("parties", {**row, **FRESH, **own, **place})
        made[party.id] = key
    return made


def _row(tx: Reading, party: Party) -> Row:
    row = tx.get("parties", party.id)
    assert row is not None
    return row


def _alike(tx: Reading, one: Contract, other: Contract) -> bool:
    """Whether two documents have pages of the same sizes and ask for seals and signatures at the same places."""
    if read_pages(tx, one.document) != read_pages(tx, other.document):
        return False
    here, there = (_asked(read_proposals(tx, each.id)) for each in (one, other))
    return len(here) == len(there) and all(_near(a, b) for a, b in zip(here, there, strict=True))


def _asked(proposals: Proposals) -> list[tuple[str, int, float, float]]:
    return [(each["kind"], each["page"], each["box"][0], each["box"][1]) for each in proposals.anchors]


def _near(a: tuple[str, int, float, float], b: tuple[str, int, float, float]) -> bool:
    return a[:2] == b[:2] and abs(a[2] - b[2]) < points(NEAR_MM) and abs(a[3] - b[3]) < points(NEAR_MM)

"""A contract that ended unsigned, once more: an end stays an end, so it is a new draft with the same plan."""

from __future__ import annotations

from signing.actor import Actor
from signing.audit import note
from signing.contracts.contract import Contract, State, read_contract, require_sender
from signing.contracts.drafts import Drafts
from signing.ids import AreaId, ContractId, PartyId, new_id
from signing.persons import read_person
from signing.store.port import Row, Tx

UNSIGNED = (State.EXPIRED, State.REFUSED, State.WITHDRAWN)
NAMED = ("kind", "name", "code", "contact", "phone", "email", "turn", "enterprise", "signs", "straddle")
PLACED = ("kind", "page", "x0", "y0", "x1", "y1", "anchor", "field")


class Again:
    """Copies contracts."""

    def __init__(self, drafts: Drafts) -> None:
        self._drafts = drafts

    def copy(self, tx: Tx, actor: Actor, contract: ContractId) -> ContractId:
        """A draft with the same document, parties, places and order. Raises NoSuchContract, WrongState."""
        old = require_sender(read_contract(tx, contract), actor, *UNSIGNED)
        row = tx.get("contracts", contract)
        assert row is not None
        key = ContractId(new_id("t", tx.now))
        kept = {name: row[name] for name in ("title", "sender", "document", "pages", "proposals")}
        fresh = {"id": key, "state": State.DRAFT, "plan": 1, "current": old.document}
        times = {"deadline": self._drafts.usual_deadline(tx.now), "created": tx.now, "changed": tx.now}
        tx.insert("contracts", {**kept, **fresh, **times})
        for party in tx.find("parties_of_contract", contract=contract):
            self._copy_party(tx, old, key, party)
        note(tx, key, "drafted", actor.registered, digest=old.document, again=contract)
        return key

    def _copy_party(self, tx: Tx, old: Contract, key: ContractId, party: Row) -> None:
        sends = party["position"] == 1
        new = PartyId(new_id("y", tx.now))
        row = {"id": new, "contract": key, "position": party["position"], "state": "planned"}
        tx.insert(
            "parties", {**row, **{name: party[name] for name in NAMED}, **self._sending(tx, old, sends)}
        )
        for area in tx.find("areas_of_contract", contract=old.id):
            if area["party"] == party["id"]:
                placed = {name: area[name] for name in PLACED}
                tx.insert(
                    "areas", {**placed, "id": AreaId(new_id("a", tx.now)), "contract": key, "party": new}
                )

    def _sending(self, tx: Tx, old: Contract, sends: bool) -> Row:
        """Who sends it now signs for the first party, also where a colleague did before."""
        if not sends:
            return {"person": None}
        person = read_person(tx, old.sender)
        return {"person": person.id, "contact": person.name, "phone": person.phone}

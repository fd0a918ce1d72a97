"""The facts that a contract's evidence rests on, read from the store in one snapshot."""

from __future__ import annotations

import json
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from signing.audit import Event, events, line_of
from signing.contracts.contract import Contract, Party, read_contract
from signing.ids import ContractId, Digest
from signing.persons import masked
from signing.seals.keeping import Seal, read_seal
from signing.store.port import Reading, Row
from signing.store.times import moment

STRENGTH = {"sms": "possession", "email": "possession", "chat": "willingness", "totp": "possession"}
"""What a code proves by its channel: that the phone or mailbox was at hand, or only that somebody in the chat agreed."""


FINISHED = ("completed", "prolonged")


@dataclass(frozen=True, slots=True)
class Checked:
    """A real-name check that was passed: of a person or an enterprise, by whom, under which reference."""

    kind: str
    provider: str
    reference: str
    at: datetime


@dataclass(frozen=True, slots=True)
class Agreed:
    """A willingness check: the code's channel, the phone's last digits or the masked mailbox, when it was sent and accepted."""

    channel: str
    strength: str
    tail: str
    purposes: tuple[str, ...]
    sent: datetime
    accepted: datetime
    wrong_tries: int


@dataclass(frozen=True, slots=True)
class Signed:
    """A party's signature: its certificate (PEM), the seal it bears, and what stands behind it."""

    party: Party
    serial: str
    fingerprint: str
    pem: str
    seal: Seal
    checks: tuple[Checked, ...]
    agreed: Agreed
    digest: Digest


@dataclass(frozen=True, slots=True)
class Facts:
    """Everything about one completed contract. `trail` are the audit events as the chain digests them, a line each;
    `earlier` the finished files that a renewed timestamp has followed, oldest first."""

    contract: Contract
    number: str
    signed: tuple[Signed, ...]
    revisions: tuple[str, ...]
    events: tuple[Event, ...]
    trail: tuple[str, ...]
    head: str
    at: datetime
    earlier: tuple[str, ...] = ()


def read_facts(tx: Reading, contract: ContractId, number: str) -> Facts:
    read = read_contract(tx, contract)
    rows = tx.find("events_of_contract", contract=contract)
    facts = {e["party"]: e for e in (json.loads(row["facts"]) for row in rows if row["kind"] == "signed")}
    return Facts(
        contract=read,
        number=number,
        signed=tuple(_signed(tx, party, facts[party.id]) for party in read.signers),
        revisions=tuple(row["digest"] for row in tx.find("revisions_of_contract", contract=contract)),
        events=tuple(events(tx, contract)),
        trail=tuple(line_of(row) for row in rows),
        head=rows[-1]["digest"],
        at=moment(tx.now),
        earlier=_earlier(rows),
    )


def _earlier(rows: list[Row]) -> tuple[str, ...]:
    finished = [json.loads(row["facts"])["digest"] for row in rows if row["kind"] in FINISHED]
    return tuple(finished[:-1])


def _signed(tx: Reading, party: Party, facts: dict[str, Any]) -> Signed:
    certificate = tx.get("certificates", facts["certificate"])
    challenge = tx.get("challenges", facts["challenge"])
    assert certificate is not None and challenge is not None
    kinds = ("person", "enterprise") if party.kind == "enterprise" else ("person",)
    found = [row for kind in kinds for row in tx.find("passed_check", person=party.person, kind=kind)]
    return Signed(
        party=party,
        serial=certificate["id"],
        fingerprint=certificate["fingerprint"],
        pem=certificate["pem"],
        seal=read_seal(tx, facts["seal"]),
        checks=tuple(_checked(row) for row in found),
        agreed=_agreed(challenge),
        digest=facts["digest"],
    )


def _checked(row: Row) -> Checked:
    return Checked(row["kind"], row["provider"], row["reference"] or "", moment(row["decided"]))


def _agreed(row: Row) -> Agreed:
    return Agreed(
        channel=row["channel"],
        strength=STRENGTH.get(row["channel"], "willingness"),
        tail=masked(row["phone"]) if row["channel"] == "email" else row["phone"][-4:],
        purposes=tuple(json.loads(row["purposes"])),
        sent=moment(row["created"]),
        accepted=moment(row["accepted"]),
        wrong_tries=row["tries"],
    )


def as_json(facts: Facts) -> dict[str, Any]:
    """The facts for machines; names of parties, the last digits of phones, masked mailboxes, no national number."""
    contract = facts.contract
    return {
        "number": facts.number,
        "contract": {
            "id": contract.id,
            "title": contract.title,
            "state": contract.state,
            "pages": contract.pages,
        },
        "digests": {
            "document": contract.document,
            "prepared": contract.prepared,
            "final": contract.current,
            "earlier": list(facts.earlier),
        },
        "revisions": list(facts.revisions),
        "parties": [_party_as_json(each) for each in facts.signed],
        "trail": {"events": len(facts.trail), "head": facts.head, "file": "trail.txt"},
        "made": facts.at.isoformat(),
    }


def _party_as_json(signed: Signed) -> dict[str, Any]:
    party, agreed = signed.party, signed.agreed
    return {
        "position": party.position,
        "turn": party.turn,
        "kind": party.kind,
        "name": party.name,
        "code": party.code,
        "signer": party.contact,
        "signed": party.signed.isoformat() if party.signed else None,
        "revision": signed.digest,
        "certificate": {"serial": signed.serial, "sha256": signed.fingerprint},
        "seal": {"kind": signed.seal.kind, "sha256": signed.seal.picture},
        "checks": [
            {"of": e.kind, "provider": e.provider, "reference": e.reference, "passed": e.at.isoformat()}
            for e in signed.checks
        ],
        "willingness": {
            "channel": agreed.channel,
            "strength": agreed.strength,
            "sent_to": agreed.tail,
            "purposes": list(agreed.purposes),
            "sent": agreed.sent.isoformat(),
            "accepted": agreed.accepted.isoformat(),
            "wrong_tries": agreed.wrong_tries,
        },
    }

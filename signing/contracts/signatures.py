"""Signatures: computed outside a transaction on revision n, committed only if the contract is still at n."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from zoneinfo import ZoneInfo

from signing.actor import Actor
from signing.audit import note
from signing.certificates import Certificates
from signing.contracts.bindings import (
    SEAL,
    Entry,
    batch_binding,
    batch_purpose,
    sign_binding,
    start_binding,
    start_list_binding,
)
from signing.contracts.completion import Completion
from signing.contracts.contract import Contract, Party, hold_contract, read_contract, require_open
from signing.contracts.entries import Entries
from signing.contracts.fields import date_fields, field_name, straddles
from signing.contracts.invitations import require_signer
from signing.contracts.order import Announce, invite_due, require_turn
from signing.contracts.revisions import add_revision
from signing.errors import SigningError
from signing.ids import ChallengeId, ChatId, ContractId, Digest, PartyId, PersonId, SealId
from signing.later import later
from signing.pdf.sign import Signature, sign
from signing.pki.cms import Signer
from signing.seals.keeping import Seal, Seals
from signing.store.blobs import Blobs
from signing.store.port import Reading, Store, Tx
from signing.store.times import moment
from signing.willingness import Binding, NotWilling, Willingness


class Overtaken(SigningError):
    """Another party signed in the meantime: compute the signature again on the newer revision."""

    code = "signature.overtaken"


class SignedAlready(SigningError):
    """The party has signed."""

    code = "signature.done"


@dataclass(frozen=True, slots=True)
class Made:
    """A signed revision that waits to be committed on top of revision `base`."""

    base: int
    digest: Digest
    certificate: str


@dataclass(frozen=True, slots=True)
class _Ready:
    contract: Contract
    seal: Seal
    certificate: str
    signer: Signer
    texts: dict[str, str]
    now: datetime


class Signatures:
    """Makes a party's signature, in two steps around the arithmetic. `announce` asks who is next."""

    def __init__(
        self,
        store: Store,
        blobs: Blobs,
        certificates: Certificates,
        seals: Seals,
        willingness: Willingness,
        completion: Completion,
        entries: Entries,
        announce: Announce,
        zone: ZoneInfo,
    ) -> None:
        self._store = store
        self._blobs = blobs
        self._certificates = certificates
        self._seals = seals
        self._willingness = willingness
        self._completion = completion
        self._entries = entries
        self._announce = announce
        self._zone = zone

    def binding(
        self, tx: Reading, actor: Actor, contract: ContractId, party: PartyId, seal: SealId
    ) -> Binding:
        """What a signer's code will stand for. Raises everything that would stop the signature."""
        read = require_open(tx, read_contract(tx, contract))
        self._require(tx, actor, read, party, seal)
        return sign_binding(read, party, seal, self._entries.agreed(tx, read, read.party(party)))

    def compute(
        self,
        contract: ContractId,
        party: PartyId,
        seal: SealId,
        challenge: ChallengeId,
        chat: ChatId,
        person: PersonId,
        batch: Sequence[Entry] = (),
    ) -> Made:
        """The signed revision; outside any transaction. The key is touched only for an accepted challenge.

        `batch` is the whole list where one code stands for several contracts.
        """
        actor = Actor(chat, person)
        ready = self._store.read(self._ready, actor, contract, party, seal, challenge, batch)
        named = ready.contract.party(party)
        signed = sign(
            self._blobs.read(ready.contract.current),
            Signature(
                field=field_name(named),
                signer=ready.signer,
                time=ready.now,
                seal=self._seals.prepared(ready.seal),
                name=named.name,
                certify=ready.contract.revision == 1,
                timestamper=self._certificates.timestamper(lambda: ready.now),
                texts={**self._dates(ready, named), **ready.texts},
            ),
        )
        return Made(ready.contract.revision, Digest(self._blobs.write(signed)), ready.certificate)

    def commit(
        self,
        tx: Tx,
        actor: Actor,
        contract: ContractId,
        party: PartyId,
        seal: SealId,
        challenge: ChallengeId,
        made: Made,
        batch: Sequence[Entry] = (),
    ) -> Contract:
        """Make the signature count. Raises Overtaken, NotWilling, and everything that `binding` raises."""
        held = require_open(tx, hold_contract(tx, contract))
        self._require(tx, actor, held, party, seal)
        if held.revision != made.base:
            raise Overtaken
        self._certificates.require_valid(tx, made.certificate)
        purpose, binding = self._agreed(tx, held, party, seal, challenge, batch)
        self._willingness.consume(tx, actor, challenge, purpose, binding)
        self._seals.used(tx, actor, str(held.party(party).principal), seal, contract)
        number = held.revision + 1
        add_revision(tx, self._blobs, contract, number, made.digest, party)
        changed = {"revision": number, "current": made.digest, "changed": tx.now}
        tx.change("contracts", contract, changed)
        done = {"state": "signed", "signed": tx.now, "seal": seal, "certificate": made.certificate}
        tx.change("parties", party, done)
        facts = {"digest": made.digest, "certificate": made.certificate, "challenge": challenge, "seal": seal}
        edges = {"straddle": held.pages} if straddles(held, held.party(party)) else {}
        note(tx, contract, "signed", actor.registered, party=party, **facts, **edges)
        after = read_contract(tx, contract)
        if not after.waiting:
            later(tx, self._completion.finish, contract)
        elif invited := invite_due(tx, after, actor.registered):
            after = read_contract(tx, contract)
            self._announce(tx, after, invited)
        return after

    def _ready(
        self,
        tx: Reading,
        actor: Actor,
        contract: ContractId,
        party: PartyId,
        seal: SealId,
        challenge: ChallengeId,
        batch: Sequence[Entry],
    ) -> _Ready:
        read = require_open(tx, read_contract(tx, contract))
        used = self._require(tx, actor, read, party, seal)
        purpose, binding = self._agreed(tx, read, party, seal, challenge, batch)
        self._willingness.require(tx, actor, challenge, purpose, binding)
        certificate = self._certificates.current(tx, str(read.party(party).principal))
        signer = self._certificates.signer(tx, certificate)
        texts = self._entries.texts(tx, read, read.party(party))
        return _Ready(read, used, certificate, signer, texts, moment(tx.now))

    def _require(self, tx: Reading, actor: Actor, contract: Contract, party: PartyId, seal: SealId) -> Seal:
        named = require_signer(tx, actor, contract, party)
        if named.state == "signed":
            raise SignedAlready
        require_turn(contract, named)
        principal = str(named.principal)
        self._certificates.current(tx, principal)
        return self._seals.require_usable(tx, actor, principal, seal, contract.id)

    def _agreed(
        self,
        tx: Reading,
        contract: Contract,
        party: PartyId,
        seal: SealId,
        challenge: ChallengeId,
        batch: Sequence[Entry],
    ) -> tuple[str, Binding]:
        """The purpose and binding that the challenge must have: for this signature alone, for a list that it
        stands in, or, of the sender, for starting and sealing at once. Raises NotWilling."""
        assert contract.prepared is not None
        if batch:
            if [contract.id, party, contract.prepared, seal] not in batch:
                raise NotWilling
            row, with_start = tx.get("challenges", challenge), start_list_binding(batch)
            started = row is not None and row["binding"] == with_start.hashed()
            return batch_purpose(contract.id), with_start if started else batch_binding(batch)
        row = tx.get("challenges", challenge)
        entries = self._entries.agreed(tx, contract, contract.party(party))
        with_start = start_binding(contract, contract.prepared, seal, entries)
        is_start = (
            row is not None and row["binding"] == with_start.hashed() and party == contract.parties[0].id
        )
        return SEAL, with_start if is_start else sign_binding(contract, party, seal, entries)

    def _dates(self, ready: _Ready, party: Party) -> dict[str, str]:
        """Today, where the party's signature writes the date."""
        today = f"{ready.now.astimezone(self._zone):%Y-%m-%d}"
        return dict.fromkeys(date_fields(ready.contract, party), today)

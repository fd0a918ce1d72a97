"""Contracts without a chat: everything that `signing` needs to start, sign and end them, with made-up people."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import timedelta
from functools import cache
from io import BytesIO
from pathlib import Path
from zoneinfo import ZoneInfo

from fpdf import FPDF
from PIL import Image

from signing.actor import Actor
from signing.certificates import Certificates, open_authority
from signing.checking import Checking
from signing.contracts.address_book import AddressBook
from signing.contracts.bindings import start_binding
from signing.contracts.calendar import Calendar
from signing.contracts.completion import Completion
from signing.contracts.contract import Contract, Party, read_contract
from signing.contracts.drafts import Document, Drafts
from signing.contracts.endings import Endings
from signing.contracts.entries import Entries
from signing.contracts.foot import Feet
from signing.contracts.initiate import Initiating
from signing.contracts.invitations import Invitations
from signing.contracts.plan import Proposals
from signing.contracts.seating import NewParty
from signing.contracts.signatures import Signatures
from signing.documents.geometry import PageView
from signing.ids import ChallengeId, ContractId, Digest, PartyId, PersonId, SealId
from signing.persons import Persons
from signing.pki.keys import Keys
from signing.pki.subjects import Subject
from signing.seals.keeping import Drawn, Seals
from signing.seals.records import SealRecords
from signing.store.blobs import Blobs
from signing.store.port import Tx
from signing.store.vault import KeyEncryptionKey, Vault
from signing.willingness import Binding, Verdict, Willingness
from tests.clock import ManualClock
from tests.here import here
from tests.remembered import migrated

A4 = PageView((0.0, 0.0, 595.28, 841.89))
NAMES = ("林海清", "苏青窑", "陈晓舟", "王一帆", "赵可心", "周明远")


class Ticking(ManualClock):
    """A millisecond passes with every look at it."""

    def __call__(self):  # type: ignore[no-untyped-def]
        self.advance(milliseconds=1)
        return self.moment


@dataclass(frozen=True, slots=True)
class Someone:
    """A checked person with a signature to sign with."""

    actor: Actor
    person: PersonId
    name: str
    phone: str
    seal: SealId


@cache
def paper() -> bytes:
    pdf = FPDF()
    pdf.add_page()
    pdf.set_font("helvetica", size=12)
    pdf.cell(0, 8, "An agreement of a few.")
    return bytes(pdf.output())


@cache
def scribble() -> bytes:
    data = BytesIO()
    Image.new("RGBA", (60, 20), (20, 20, 90, 200)).save(data, "PNG")
    return data.getvalue()


@dataclass
class World:
    """One installation in a folder. `heard` is who was told of which end, `called` who was asked to sign."""

    folder: Path
    clock: Ticking = field(default_factory=Ticking)
    heard: list[tuple[PersonId, str]] = field(default_factory=list)
    called: list[str] = field(default_factory=list)

    def __post_init__(self) -> None:
        self.folder.mkdir(exist_ok=True)
        self.store = migrated(self.folder / "store.db", self.clock)
        self.vault = Vault(KeyEncryptionKey.generate())
        self.blobs = Blobs(self.folder / "blobs", self.vault)
        authority = open_authority(self.store, Keys(self.vault), "trial", self.clock(), "")
        self.certificates = Certificates(authority)
        self.willingness = Willingness(self.vault)
        self.seals = Seals(self.store, self.blobs, SealRecords(self.certificates), "")
        self.completion = Completion(self.store, self.blobs, self.certificates, self.announce)
        zone = ZoneInfo("Asia/Shanghai")
        self.drafts, self.invitations = Drafts(zone, AddressBook(self.vault)), Invitations()
        self.calendar = Calendar(zone)
        self.entries = Entries(self.store, self.blobs, self.vault, here)
        feet = Feet(self.store, self.blobs, here, "https://sign.example")
        self.initiating = Initiating(
            self.store, self.blobs, self.willingness, self.calendar, self.entries, feet, self.call
        )
        self.signatures = Signatures(
            self.store,
            self.blobs,
            self.certificates,
            self.seals,
            self.willingness,
            self.completion,
            self.entries,
            self.call,
            zone,
        )
        self.endings = Endings(self.announce)
        self.checking = Checking(self.store, self.blobs, self.certificates, here)

    def announce(self, tx: Tx, contract: Contract, by: PersonId | None = None) -> None:
        for party in contract.parties:
            known = tx.find("person_of_phone", phone=party.phone)[0]["id"]
            if known != by:
                self.heard.append((known, contract.state))

    def call(self, tx: Tx, contract: Contract, parties: Sequence[Party]) -> None:
        self.called += [each.contact for each in parties]

    def someone(self, number: int) -> Someone:
        """A person, checked and with a signature."""
        round_, at = divmod(number, len(NAMES))
        name, phone = NAMES[at] + "二三四五"[:round_], f"+861380013{4400 + number}"
        picture = Digest(self.blobs.write(scribble()))

        def make(tx: Tx) -> Someone:
            chat = {"id": f"h{number}", "messenger": "test", "address": name, "person": None}
            tx.insert("chats", {**chat, "language": "zh", "state": "open", "created": tx.now})
            person = Persons().register(tx, Actor(chat["id"]), phone)  # type: ignore[arg-type]
            tx.change("persons", person, {"name": name})
            self.certificates.issue(tx, person, Subject.person(name, f"digest-{number}"))
            actor = Actor(chat["id"], person)  # type: ignore[arg-type]
            seal = self.seals.keep(tx, actor, person, "signature", Drawn(picture, 30.0, 10.0), "online")
            return Someone(actor, person, name, phone, seal.id)

        return self.store.write(make)

    def draft(self, sender: Someone, *others: Someone) -> Contract:
        digest = Digest(self.blobs.write(paper()))
        feet = [
            {
                "party": "",
                "kind": "signature",
                "page": 0,
                "box": [60, 60 + 60 * n, 200, 100 + 60 * n],
                "anchor": "",
            }
            for n in range(1 + len(others))
        ]

        def make(tx: Tx) -> Contract:
            self.blobs.register(tx, digest, "application/pdf")
            key = self.drafts.create(
                tx,
                sender.actor,
                Document(digest, (A4,), (), Proposals([], feet)),
                "Agreement",
                None,
            )
            for other in others:
                self.drafts.add_party(tx, sender.actor, key, NewParty(other.name, other.phone))
            return read_contract(tx, key)

        return self.store.write(make)

    def started(self, sender: Someone, *others: Someone) -> Contract:
        draft = self.draft(sender, *others)
        prepared = self.initiating.prepare(draft.id, draft.plan)
        challenge = self.agree(sender, start_binding(draft, prepared, ""))
        return self.store.write(
            self.initiating.initiate, sender.actor, draft.id, draft.plan, prepared, challenge, ""
        )

    def admit(self, who: Someone, party: PartyId) -> Contract:
        return self.store.write(self.invitations.admit, who.actor, party)

    def agree(self, who: Someone, binding: Binding) -> ChallengeId:
        """Ask for a code and type it, later than every code before."""
        self.clock.advance(minutes=6)
        return self.agree_now(who, binding)

    def agree_now(self, who: Someone, binding: Binding) -> ChallengeId:
        """Ask for a code and type it."""
        asked = self.store.write(self.willingness.ask, who.actor, binding, who.phone)
        assert self.type(who, asked.id).accepted
        return asked.id

    def type(self, who: Someone, challenge: ChallengeId) -> Verdict:
        code = self.store.read(self.willingness.reveal, challenge).code
        return self.store.write(self.willingness.answer, who.actor, challenge, code)

    def agreed(self, who: Someone, contract: ContractId, party: PartyId) -> ChallengeId:
        binding = self.store.read(self.signatures.binding, who.actor, contract, party, who.seal)
        return self.agree(who, binding)

    def agreed_now(self, who: Someone, contract: ContractId, party: PartyId) -> ChallengeId:
        return self.agree_now(
            who, self.store.read(self.signatures.binding, who.actor, contract, party, who.seal)
        )

    def put(self, who: Someone, contract: ContractId, party: PartyId, challenge: ChallengeId) -> Contract:
        """Compute and commit a signature."""
        made = self.signatures.compute(
            contract, party, who.seal, challenge, who.actor.chat, who.actor.registered
        )
        return self.store.write(self.signatures.commit, who.actor, contract, party, who.seal, challenge, made)

    def sign(self, who: Someone, contract: ContractId, party: PartyId) -> Contract:
        """Everything from the code to the signature, and the finish if it was the last."""
        signed = self.put(who, contract, party, self.agreed(who, contract, party))
        if not signed.waiting:
            self.completion.finish(contract)
        return self.read(contract)

    def read(self, contract: ContractId) -> Contract:
        return self.store.read(read_contract, contract)

    def valid_signatures(self, contract: ContractId) -> int:
        """How many signatures of parties in the file as it stands are good."""
        report = self.checking.check(self.blobs.read(self.read(contract).current), self.clock())
        good = [each for each in report.signatures if each.trusted and not each.reasons]
        assert len(good) == len(report.signatures)
        return len(good)

    def pass_deadline(self, contract: Contract) -> None:
        self.clock.moment = max(self.clock.moment, contract.deadline + timedelta(seconds=1))

    def close(self) -> None:
        self.store.close()

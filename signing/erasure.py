"""Erasing a person: keys first, so that what they sealed is unreadable everywhere; then every row that names them.

What the other parties of a contract have a right to stays: the signed PDF, digests and the trail, without phone and name.
"""

from __future__ import annotations

from signing.actor import Actor
from signing.certificates import Certificates
from signing.contracts.contract import State, hold_contract, move
from signing.errors import SigningError
from signing.identity.cases import CLEAR
from signing.identity.proofs import Proofs
from signing.ids import ContractId, EnterpriseId, PersonId
from signing.later import later, set_standing_timer, set_timer
from signing.membership.leaving import drop_member
from signing.persons import read_person
from signing.pki.revocation import Reason
from signing.store.port import Row, Store, Tx
from signing.store.times import DAY, HOUR
from signing.store.vault import Vault

BLANK = '{"text":"","rows":[],"attachments":[],"silent":false}'
RETENTION = "retention"
KEPT_AFTER_DECISION = 48 * HOUR
KEPT_LYING = 30 * DAY
AT_ONCE = 100


class LogInUse(Exception):
    """Somebody was reading; the work is run again."""


class StillSigning(SigningError):
    """A contract of the person's is being signed: it ends first. `details`: `title`."""

    code = "privacy.still-signing"


class HandOverFirst(SigningError):
    """The person is the only admin of a company with other members. `details`: `name`."""

    code = "privacy.hand-over-first"


class Erasure:
    """Lets go of people's data, on request and by the clock."""

    def __init__(self, store: Store, vault: Vault, certificates: Certificates, proofs: Proofs) -> None:
        self._store = store
        self._vault = vault
        self._certificates = certificates
        self._proofs = proofs

    def erase(self, tx: Tx, actor: Actor) -> None:
        """Erase the person who talks. Raises NotRegistered, StillSigning, HandOverFirst."""
        person = read_person(tx, actor.registered)
        self._contracts(tx, actor, person.id, person.phone)
        for member in tx.find("memberships_of_person", person=person.id):
            self._leave(tx, member)
        self._certificates.revoke(tx, person.id, Reason.CESSATION_OF_OPERATION)
        self._keys(tx, person.id)
        self._signatures(tx, person.id)
        self._checks(tx, person.id)
        self._chats(tx, person.id)
        tx.run("forget_challenges_of_person", person=person.id, phone=person.phone)
        tx.run("forget_texts_of_phone", person=person.id, phone=person.phone)
        tx.run("forget_consents_of_person", person=person.id)
        tx.run("forget_fillings_of_person", person=person.id)
        tx.run("void_passes_of_person", person=person.id, phone=person.phone)
        unknown = {"phone": None, "name": None, "identity": None, "identity_tail": None, "mailbox": None}
        tx.change("persons", person.id, unknown)
        later(tx, self.flush)

    def retain(self, tx: Tx, timer: Row) -> None:
        """The retention alarm, once a day: papers of decided and of abandoned checks, and of none, are let go."""
        bounds = {"decided_before": tx.now - KEPT_AFTER_DECISION, "left_before": tx.now - KEPT_LYING}
        for row in tx.find("stale_checks", **bounds, limit=AT_ONCE):
            self._forget_papers(tx, row["id"])
        for paper in tx.find("papers_of_no_check", before=tx.now - KEPT_AFTER_DECISION, limit=AT_ONCE):
            self._shred(tx, paper["id"])
        tx.change("timers", timer["id"], {"state": "set", "due": tx.now + DAY})

    def flush(self) -> None:
        """Nothing of what was erased stays in the store's log. Outside any transaction; runs again if it must."""
        if not self._store.forget_overwritten():
            raise LogInUse

    def _contracts(self, tx: Tx, actor: Actor, person: PersonId, phone: str) -> None:
        for row in tx.find("contracts_of_person", person=person):
            if row["state"] == State.SIGNING:
                raise StillSigning(title=row["title"])
            if row["state"] == State.DRAFT:
                move(tx, hold_contract(tx, ContractId(row["id"])), State.DISCARDED, actor.registered)
        for party in tx.find("parties_held_by_person", person=person, phone=phone):
            hold_contract(tx, party["contract"])
            named = {"name": ""} if party["kind"] == "person" else {}
            tx.change("parties", party["id"], {"contact": "", "phone": "", "email": None, **named})

    def _leave(self, tx: Tx, member: Row) -> None:
        """Out of a company; one that nobody is left in is suspended."""
        enterprise = tx.hold("enterprises", member["enterprise"])
        others = [
            each
            for each in tx.find("members_of_enterprise", enterprise=enterprise["id"])
            if each["id"] != member["id"]
        ]
        if others and member["role"] == "admin" and not any(each["role"] == "admin" for each in others):
            raise HandOverFirst(name=enterprise["name"])
        drop_member(tx, EnterpriseId(enterprise["id"]), PersonId(member["person"]))
        if not others:
            tx.change("enterprises", enterprise["id"], {"state": "suspended"})
            self._certificates.revoke(tx, EnterpriseId(enterprise["id"]), Reason.CESSATION_OF_OPERATION)

    def _keys(self, tx: Tx, person: PersonId) -> None:
        """Private keys go; a certificate stays where something was signed with it."""
        for row in tx.find("certificates_of_principal", principal=person):
            signed = bool(tx.find("signed_with_certificate", certificate=row["id"]))
            tx.change("certificates", row["id"], {"key": b"", **({} if signed else {"pem": ""})})

    def _signatures(self, tx: Tx, person: PersonId) -> None:
        """The person's own signatures: their pictures, and the records that name whose they are."""
        for seal in tx.find("seals_owned_by", owner=person):
            tx.hold("seals", seal["id"])
            tx.change("seals", seal["id"], {"state": "retired"})
            tx.remove("seal_records", seal["id"])
            if not tx.find("seals_of_others_with_picture", picture=seal["picture"], owner=person):
                self._shred(tx, seal["picture"])

    def _checks(self, tx: Tx, person: PersonId) -> None:
        for check in tx.find("checks_of_person", person=person):
            self._forget_papers(tx, check["id"])
        for blob in tx.find("sealed_blobs_of", subject=person):
            self._shred(tx, blob["id"])
        self._forget_subject(tx, person)

    def _forget_papers(self, tx: Tx, check: str) -> None:
        """What was collected for a check; a case that waits for it is closed."""
        row = tx.hold("checks", check)
        state = row["state"] if row["state"] in ("passed", "failed") else "failed"
        tx.change("checks", check, {"elements": None, "state": state, "decided": row["decided"] or tx.now})
        for case in tx.find("case_of_check", check_id=check):
            tx.hold("cases", case["id"])
            tx.change("cases", case["id"], {"state": "closed"})
            set_timer(tx, CLEAR, case["id"], tx.now)
        for proof in tx.find("proofs_of_check", check_id=check):
            tx.change("proofs", proof["id"], {"state": "forgotten"})
            self._shred(tx, proof["digest"])

    def _shred(self, tx: Tx, digest: str) -> None:
        tx.remove("blobs", digest)
        later(tx, self._proofs.shred, digest)

    def _chats(self, tx: Tx, person: PersonId) -> None:
        for chat in tx.find("chats_of_person", person=person):
            for statement in ("forget_inbox_of_chat", "forget_outbox_of_chat", "forget_other_conversations"):
                tx.run(statement, chat=chat["id"])
            tx.run("forget_messages_of_chat", chat=chat["id"], payload=BLANK)
            self._forget_subject(tx, chat["id"])
            tx.change("chats", chat["id"], {"person": None, "profile": None})

    def _forget_subject(self, tx: Tx, subject: str) -> None:
        tx.run("forget_secrets_of_subject", subject=subject)
        self._vault.erase(tx, subject)


def begin_retention(tx: Tx) -> None:
    """Set the clock for it, at the first start of an installation."""
    set_standing_timer(tx, RETENTION)
